"""What a room was told lately, so that a reader who missed some of it is told the rest in the same order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from svoi.gateway.frames import Cursor
from svoi.gateway.wire import Frame, hidden_frame

KEPT_FRAMES_MAX = 2_000
MISSED_FRAMES_MAX = 500  # a reader who missed more fetches the page anew
AHEAD_MAX = 200  # a page rendered from the database may be this far ahead of the room


class Stale(Exception):
    """Too much was missed to tell it again; the reader must fetch the room anew."""


class Forgotten(Exception):
    """Part of what was missed is no longer kept in memory."""


class Timeline:
    """The last frames in the order they were told; `end` is how far the room is told."""

    def __init__(self, start: Cursor) -> None:
        self.floor = start
        self.end = start
        self._frames: deque[Frame] = deque()

    def extend(self, frames: Iterable[Frame]) -> None:
        """Remember frames that were told just now; each continues its sequence."""
        told = list(frames)
        self.end = reached(self.end, told)
        self._frames.extend(told)
        beyond = max(0, len(self._frames) - KEPT_FRAMES_MAX)
        self.floor = reached(self.floor, [self._frames.popleft() for _ in range(beyond)])

    def since(self, cursor: Cursor) -> list[Frame]:
        """What came after `cursor`, in order. Raises `Stale`, or `Forgotten` when memory does not reach back."""
        if cursor.facts > self.end.facts + AHEAD_MAX or cursor.chat > self.end.chat + AHEAD_MAX:
            raise Stale
        if self.end.facts - cursor.facts + self.end.chat - cursor.chat > MISSED_FRAMES_MAX:
            raise Stale
        if cursor.facts < self.floor.facts or cursor.chat < self.floor.chat:
            raise Forgotten
        missing = max(0, self.end.facts - cursor.facts) + max(0, self.end.chat - cursor.chat)
        found: list[Frame] = []
        for frame in reversed(self._frames):
            if len(found) == missing:
                break
            if frame.n > getattr(cursor, frame.sequence):
                found.append(frame)
        found.reverse()
        return found

    def hide(self, message_id: int) -> None:
        """Forget the words of a message that was hidden, so that nobody is told them later."""
        for place, frame in enumerate(self._frames):
            if frame.message_id == message_id:
                self._frames[place] = hidden_frame(frame.n, message_id)
                return


def reached(cursor: Cursor, frames: Iterable[Frame]) -> Cursor:
    """How far a reader has come after these frames too; each continues its sequence."""
    facts, chat = cursor
    for frame in frames:
        if frame.sequence == "chat":
            assert frame.n > chat, (frame, cursor)
            chat = frame.n
        else:
            assert frame.n > facts, (frame, cursor)
            facts = frame.n
    return Cursor(facts, chat)
