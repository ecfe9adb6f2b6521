"""Tells batches to everybody, a few hundred sockets at a time, so that one large room does not stop the others."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator

from svoi.gateway.frames import Cursor
from svoi.gateway.room import Batch
from svoi.gateway.viewer import Codec, Viewer

CHUNK_VIEWERS = 500

logger = logging.getLogger(__name__)


class Fanout:
    """The audiences of one room, and the batch that is on its way to them.

    Viewers come in and catch up only between two batches, so each batch reaches a viewer either live or in
    what she is told that she missed, never both.
    """

    def __init__(
        self,
        *,
        later: Callable[[Callable[[], None]], object],
        told: Callable[[Batch], None],
        catch_up: Callable[[Viewer], None],
        idle: Callable[[], None],
        broke: Callable[[], None],
    ) -> None:
        self._broke = broke
        self._later = later
        self._told = told
        self._catch_up = catch_up
        self._idle = idle
        self._audiences: dict[tuple[Codec, bool], set[Viewer]] = {}
        self._queue: deque[Batch] = deque()
        self._returning: list[Viewer] = []
        self._work: Iterator[None] | None = None

    def __len__(self) -> int:
        return sum(map(len, self._audiences.values()))

    def __iter__(self) -> Iterator[Viewer]:
        for audience in self._audiences.values():
            yield from audience

    @property
    def is_busy(self) -> bool:
        return self._work is not None

    def add(self, viewer: Viewer) -> None:
        self._audiences.setdefault((viewer.codec, viewer.holder.is_crew), set()).add(viewer)
        self.bring_up(viewer)

    def remove(self, viewer: Viewer) -> None:
        viewer.left = viewer.lagging = True
        self._audiences.get((viewer.codec, viewer.holder.is_crew), set()).discard(viewer)

    def bring_up(self, viewer: Viewer) -> None:
        """Catch a viewer up now, or after the batch that is on its way."""
        if self._work is None:
            self._catch_up(viewer)
        else:
            self._returning.append(viewer)

    def submit(self, batch: Batch) -> None:
        self._queue.append(batch)
        if self._work is None:
            self._work = self._deliver_queue()
            self._advance()

    def _advance(self) -> None:
        assert self._work is not None
        try:
            for _ in self._work:
                self._later(self._advance)
                return
        except Exception:
            logger.exception("a batch could not be told")
            self._broke()
            return
        self._work = None
        self._idle()

    def _deliver_queue(self) -> Iterator[None]:
        while self._queue:
            batch = self._queue.popleft()
            for data, audience in self._addressed(batch):
                for start in range(0, len(audience), CHUNK_VIEWERS):
                    if start:
                        yield
                    _deliver(audience[start : start + CHUNK_VIEWERS], data, batch.before)
            self._told(batch)
            returning, self._returning = self._returning, []
            for viewer in returning:
                if not viewer.left:
                    self._catch_up(viewer)

    def _addressed(self, batch: Batch) -> Iterator[tuple[bytes, list[Viewer]]]:
        for (codec, crew), audience in list(self._audiences.items()):
            general = list(audience)
            if batch.personal and not crew:
                named = [viewer for viewer in general if viewer.holder.member_id in batch.personal]
                for viewer in named:
                    yield codec(batch.personal[viewer.holder.member_id], batch.after), [viewer]
                general = [viewer for viewer in general if viewer.holder.member_id not in batch.personal]
            words = batch.crew if crew else batch.public
            if words and general:
                yield codec(words, batch.after), general


def _deliver(viewers: list[Viewer], data: bytes, before: Cursor) -> None:
    """The hot loop of the gateway: one attribute and one write for each viewer."""
    for viewer in viewers:
        if viewer.lagging:
            if viewer.cursor is None:
                viewer.cursor = before
            continue
        try:
            viewer.write(data)
        except Exception:  # her socket is closed, which we hear of a moment later; the others must not wait for her
            viewer.lagging = True
