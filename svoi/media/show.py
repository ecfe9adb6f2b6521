"""One show in this process: its recording, those who wait for its next part, and who publishes it."""

from __future__ import annotations

import asyncio
import gzip
import os
from collections.abc import Callable
from typing import Any, Protocol

from svoi.media.cmaf.packager import Cut, PartCut, SegmentOpened
from svoi.media.hls.playlist import PlaylistWriter
from svoi.media.hls.reader import SegmentReader
from svoi.media.hls.recording import Recording, run_path, sync_and_close
from svoi.media.hls.timeline import Part, Segment, Timeline
from svoi.media.refusals import Replaced, ShowIsOver, StreamRefused

WAITING_MAX = 5000
GZIP_FROM_BYTES = 4096
DISK_FREE_BYTES_LOW = 1 << 30


class WaitingFull(Exception):
    """Too many requests wait for this show already."""


class Publisher(Protocol):
    """Whoever feeds the show; `dismiss` ends that connection with a word to the host."""

    def dismiss(self, refusal: StreamRefused) -> None: ...

    def signal(self) -> dict[str, Any]: ...


class Show:
    """Everything that viewers and one publisher share."""

    def __init__(self, show_id: int, recording: Recording) -> None:
        self.show_id = show_id
        self.recording = recording
        self.publisher: Publisher | None = None
        self.refused_code = ""
        self._writer = PlaylistWriter(recording.timeline)
        self._playlists: dict[bool, tuple[int, bytes, bytes]] = {}
        self._changed = asyncio.Event()
        self._waiting = 0
        self._is_dirty = False

    @property
    def timeline(self) -> Timeline:
        return self.recording.timeline

    def take_over(self, publisher: Publisher) -> None:
        """The newest publisher wins: a phone that lost its network comes back before we notice. Raises ShowIsOver."""
        if self.timeline.is_ended:
            raise ShowIsOver
        if self.publisher is not None:
            self.publisher.dismiss(Replaced())
        self.publisher = publisher

    def leave(self, publisher: Publisher) -> None:
        if self.publisher is publisher:
            self.publisher = None

    def apply(self, cuts: list[Cut], *, lead_ms: int = 0) -> None:
        """`lead_ms` is how far the publisher's timeline is ahead of the wall clock, which the playlist tells."""
        for cut in cuts:
            if isinstance(cut, SegmentOpened):
                self.recording.open_segment(cut.start_ms, lead_ms=lead_ms)
            elif isinstance(cut, PartCut):
                self.recording.add_part(Part(cut.duration_ms, cut.is_independent, cut.payload))
        if cuts:
            self._tell()

    def close_segment(self) -> None:
        self.recording.close_segment()
        self._tell()

    def end(self) -> None:
        self.recording.end()
        self._tell()

    def playlist(self, *, may_skip: bool) -> tuple[bytes, bytes]:
        """The playlist, plain and compressed (empty when not worth it); rendered once a version for all viewers."""
        version = self.timeline.version
        kept = self._playlists.get(may_skip)
        if kept is None or kept[0] != version:
            plain = self._writer.render(may_skip=may_skip).encode()
            packed = gzip.compress(plain, 1, mtime=0) if len(plain) >= GZIP_FROM_BYTES else b""
            kept = self._playlists[may_skip] = (version, plain, packed)
        return kept[1], kept[2]

    async def wait_until(self, holds: Callable[[], bool], *, timeout_s: float) -> bool:
        """Whether `holds` within the time, or the show ended meanwhile. Raises WaitingFull."""
        if holds() or self.timeline.is_ended:
            return True
        if self._waiting >= WAITING_MAX:
            raise WaitingFull
        self._waiting += 1
        try:
            async with asyncio.timeout(timeout_s):
                while not holds() and not self.timeline.is_ended:
                    await self._changed.wait()
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1
        return True

    async def payload(self, segment: Segment, reader: SegmentReader) -> bytes:
        """A complete segment's bytes. Raises OSError or ReadsBusy."""
        if segment.payload is not None:
            return segment.payload
        return await reader.read(run_path(self.recording.folder, segment.run.number), segment.offset, segment.length)

    async def sync(self) -> None:
        """What was written since the last call goes to the disk for good, in a thread."""
        if self._is_dirty:
            self._is_dirty = False
            await asyncio.get_running_loop().run_in_executor(None, sync_and_close, self.recording.duplicates())

    def signal(self) -> dict[str, Any]:
        """How the publisher comes in, for the console."""
        told: dict[str, Any] = {"state": "offline", "warnings": []}
        if self.timeline.is_ended:
            told["state"] = "ended"
        elif self.publisher is not None:
            told = self.publisher.signal()
            told["state"] = "online" if told.pop("is_shown") else "checking"
        if self.recording.is_failing:
            told["warnings"].append("recording_failing")
        if self._disk_free_bytes() < DISK_FREE_BYTES_LOW:
            told["warnings"].append("disk_low")
        return {**told, "refused": self.refused_code, "recorded_ms": self.timeline.end_ms, "waiting": self._waiting}

    def _disk_free_bytes(self) -> int:
        room = os.statvfs(self.recording.folder)
        return room.f_bavail * room.f_frsize

    def _tell(self) -> None:
        self._is_dirty = True
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
