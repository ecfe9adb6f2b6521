"""What the house needs from whatever carries its video.

The built-in backend is this process. A shop that outgrows it puts a server such as MediaMTX or nginx-rtmp in front and
writes the same few verbs for it:

- a key is checked before the first frame (`hooks.WebHooks`; MediaMTX: `authHTTPAddress`, nginx-rtmp: `on_publish`);
- web hears of online, offline and refused (`notices.Notices`; MediaMTX: `runOnReady`, nginx-rtmp: `on_publish_done`);
- segments carry EXT-X-PROGRAM-DATE-TIME by the server's clock, because pins and danmaku are placed by it;
- the verbs below, called under /control/ by the web process.
"""

from __future__ import annotations

import asyncio
from typing import Any, Protocol
from uuid import UUID

from svoi.media.clips.cutting import Cut, cut_clip, made_before
from svoi.media.clips.stretch import segments_of
from svoi.media.hls.recording import run_path
from svoi.media.refusals import Kicked, ShowIsOver
from svoi.media.shows import Shows


class MediaBackend(Protocol):
    """All verbs are idempotent: the web process repeats them when it is not sure."""

    async def end(self, show_id: int) -> None:
        """Send the publisher away and finish the recording; nobody can publish there again."""

    async def kick(self, show_id: int) -> None:
        """Send the publisher away; she may come back with a valid key."""

    async def signal(self, show_id: int) -> dict[str, Any]:
        """How the stream comes in."""

    async def cut_clip(self, show_id: int, reference: UUID, *, begin_ms: int, end_ms: int) -> Cut | None:
        """A stretch of the recording (Unix milliseconds) as a file; the same reference is the same file.

        None when there is no recording. Raises ClipRefused, or OSError when the disk will not have it.
        """


class OwnBackend:
    """The shows of this process."""

    def __init__(self, shows: Shows) -> None:
        self._shows = shows
        self._cutting = asyncio.Lock()  # one clip at a time: viewers read from the same disk

    async def end(self, show_id: int) -> None:
        show = await self._shows.find(show_id)
        if show is not None and not show.timeline.is_ended:
            if show.publisher is not None:
                show.publisher.dismiss(ShowIsOver())
            show.end()
            await show.sync()

    async def kick(self, show_id: int) -> None:
        show = await self._shows.find(show_id)
        if show is not None and show.publisher is not None:
            show.publisher.dismiss(Kicked())

    async def signal(self, show_id: int) -> dict[str, Any]:
        show = await self._shows.find(show_id)
        return show.signal() if show is not None else {"state": "offline", "warnings": [], "refused": ""}

    async def cut_clip(self, show_id: int, reference: UUID, *, begin_ms: int, end_ms: int) -> Cut | None:
        show = await self._shows.find(show_id)
        if show is None:
            return None
        recording, timeline = show.recording, show.timeline
        async with self._cutting:
            if (known := await asyncio.to_thread(made_before, recording.folder, reference)) is not None:
                return known
            segments = segments_of(timeline, begin_ms, end_ms)
            run = segments[0].run
            return await asyncio.to_thread(
                cut_clip,
                recording.folder,
                reference,
                run_file=run_path(recording.folder, run.number),
                init=recording.inits[run.init],
                segments=segments,
                epoch_ms=timeline.epoch_ms,
                end_ms=end_ms,
            )
