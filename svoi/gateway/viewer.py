"""A reader of a room, whatever carries her: how to write to her, and how far she has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from svoi.gateway.frames import Cursor
from svoi.gateway.presence import Watch
from svoi.gateway.tickets import Pass

if TYPE_CHECKING:
    from svoi.gateway.live_room import LiveRoom

CLOSE_OK = 1000
CLOSE_GOING_AWAY = 1001
CLOSE_INVALID_TEXT = 1007
CLOSE_POLICY = 1008
CLOSE_TOO_BIG = 1009
CLOSE_TRY_LATER = 1013

Codec = Callable[[bytes, Cursor], bytes]


@dataclass(slots=True, eq=False)
class Viewer:
    """One connection.

    She is `lagging` while her socket is full or while she waits to be caught up; then nothing is written
    to her, and `cursor` says where her reading stopped.
    """

    holder: Pass
    codec: Codec
    write: Callable[[bytes], None]
    close: Callable[[int], None]
    abort: Callable[[], None]
    ping: Callable[[], None]
    cursor: Cursor | None
    heard_at: float
    lagging: bool = True
    greeted: bool = False
    left: bool = False
    stalled_at: float | None = None
    watch: Watch | None = None
    room: LiveRoom | None = None

    def tell(self, words: bytes, cursor: Cursor) -> None:
        """Write one payload to her alone; that her socket is closed already is heard of a moment later."""
        try:
            self.write(self.codec(words, cursor))
        except Exception:  # each kind of transport has an error of its own for it
            self.lagging = True

    def answer(self, words: bytes) -> None:
        """Write what has no place in any sequence; one whose socket is full asks again by herself."""
        if self.stalled_at is None and not self.left:
            self.tell(words, self.cursor or Cursor(0, 0))

    def stall(self, at: float) -> None:
        """Her socket takes no more."""
        self.lagging = True
        self.stalled_at = at

    def recover(self) -> None:
        """Her socket is empty again; she is caught up between two batches."""
        self.stalled_at = None
        if self.room is not None and not self.left:
            self.room.bring_up(self)
