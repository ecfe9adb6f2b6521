"""All shows this process knows: those on the wire, those lately watched, and the rest on disk."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

from svoi.media.clock import wall_ms
from svoi.media.hls.recording import Recording, has_recording
from svoi.media.hls.restore import RecordingUnreadable
from svoi.media.refusals import StorageFull
from svoi.media.show import Show

IDLE_SHOWS_MAX = 64
FORGOTTEN_AFTER_MS = 24 * 3600_000

log = logging.getLogger(__name__)


class Shows:
    """Opens recordings once, however many ask at the same time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shows: OrderedDict[int, Show] = OrderedDict()
        self._locks: dict[int, asyncio.Lock] = {}

    def __iter__(self) -> Iterator[Show]:
        return iter(list(self._shows.values()))

    async def find(self, show_id: int) -> Show | None:
        """The show if it has a recording. A recording that cannot be read is logged and counts as none."""
        show = self._shows.get(show_id)
        if show is None and has_recording(self._path(show_id)):
            async with self._lock(show_id):
                show = self._shows.get(show_id) or await self._load(show_id)
        if show is not None:
            self._shows.move_to_end(show_id)
        return show

    async def open(self, show_id: int) -> Show:
        """The show, made when it is new. Raises StorageFull."""
        show = await self.find(show_id)
        if show is None:
            try:
                self._set_aside(show_id)
                recording = Recording.create(self._path(show_id), epoch_ms=wall_ms())
            except OSError as fault:
                raise StorageFull(fault=str(fault)) from fault
            show = self._keep(Show(show_id, recording))
        return show

    async def unfinished(self) -> list[Show]:
        """Shows of the last day that have not ended: a crash may have left the web process believing they are live."""
        numbers = sorted(int(path.name) for path in self._folder.iterdir() if path.name.isdigit())
        young = [number for number in numbers if self._is_young(number)]
        found = [show for number in young if (show := await self.find(number)) is not None]
        return [show for show in found if not show.timeline.is_ended]

    def close(self) -> None:
        for show in self:
            show.recording.close()

    def _set_aside(self, show_id: int) -> None:
        """A recording nobody can read is kept for whoever repairs it; the show goes on in a new one."""
        path = self._path(show_id)
        if has_recording(path):
            path.rename(path.with_name(f"{show_id}.unreadable-{wall_ms()}"))

    async def _load(self, show_id: int) -> Show | None:
        try:
            recording = await asyncio.to_thread(Recording.load, self._path(show_id))
        except (RecordingUnreadable, OSError) as fault:
            log.error("the recording of show %s cannot be read: %s", show_id, fault)
            return None
        return self._keep(Show(show_id, recording))

    def _keep(self, show: Show) -> Show:
        self._shows[show.show_id] = show
        idle = [each for each in self if each.publisher is None and each is not show]
        for forgotten in idle[: max(0, len(idle) - IDLE_SHOWS_MAX)]:
            del self._shows[forgotten.show_id]
            forgotten.recording.close()
        return show

    def _path(self, show_id: int) -> Path:
        return self._folder / str(show_id)

    def _lock(self, show_id: int) -> asyncio.Lock:
        if len(self._locks) > 4 * IDLE_SHOWS_MAX:
            self._locks = {number: lock for number, lock in self._locks.items() if lock.locked()}
        return self._locks.setdefault(show_id, asyncio.Lock())

    def _is_young(self, show_id: int) -> bool:
        changed_ms = (self._path(show_id) / "journal.jsonl").stat().st_mtime * 1000
        return wall_ms() - changed_ms < FORGOTTEN_AFTER_MS
