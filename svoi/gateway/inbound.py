"""What a browser may send: read strictly, refused plainly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

import msgspec

FRAME_BYTES_MAX = 4_096
FRAMES_PER_SECOND = 8.0
FRAMES_BURST = 24.0
MALFORMED_MAX = 3  # a browser of ours sends none; three are no accident
_MediaMs = Annotated[float, msgspec.Meta(ge=0, lt=2**43)]  # until the year 2248


class Malformed(Exception):
    """Not a message of this protocol."""


@dataclass(frozen=True, slots=True)
class Say:
    """Somebody wants to say something; the key makes a retry the same message."""

    key: str
    text: str
    media_ms: int | None


@dataclass(frozen=True, slots=True)
class Beat:
    """A player says it is still watched, and returns the token it was given."""

    token: str
    media_ms: int | None
    playing: bool
    visible: bool


@dataclass(frozen=True, slots=True)
class React:
    """Somebody sends a heart to the show."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Somebody reaches for a scarce thing; the key makes a retry the same claim."""

    key: str
    kind: str
    thing_id: int
    quantity: int


class _Say(msgspec.Struct, tag_field="t", tag="say"):
    k: UUID
    text: str
    media: _MediaMs | None = None


class _Beat(msgspec.Struct, tag_field="t", tag="beat"):
    token: str
    playing: bool
    visible: bool
    media: _MediaMs | None = None


class _React(msgspec.Struct, tag_field="t", tag="react"):
    pass


class _Claim(msgspec.Struct, tag_field="t", tag="claim"):
    k: UUID
    kind: Literal["envelope", "flash"]
    id: Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]
    quantity: Annotated[int, msgspec.Meta(ge=1, le=1_000)] = 1


_decoder = msgspec.json.Decoder(_Say | _Beat | _Claim | _React)


def read_message(payload: bytes) -> Say | Beat | Reach | React:
    """Understand one message, or raise `Malformed`."""
    try:
        told = _decoder.decode(payload)
    except (ValueError, RecursionError) as reason:
        raise Malformed(str(reason)) from None
    if isinstance(told, _Claim):
        return Reach(str(told.k), told.kind, told.id, told.quantity)
    if isinstance(told, _React):
        return React()
    media_ms = None if told.media is None else int(told.media)
    if isinstance(told, _Say):
        return Say(str(told.k), told.text, media_ms)
    return Beat(told.token, media_ms, told.playing, told.visible)


class Allowance:
    """How much may still be sent, frames of a connection if nothing else is said: a bucket that fills with time."""

    __slots__ = ("_burst", "_filled_at", "_left", "_per_second")

    def __init__(self, at: float, *, per_second: float = FRAMES_PER_SECOND, burst: float = FRAMES_BURST) -> None:
        self._per_second = per_second
        self._burst = self._left = burst
        self._filled_at = at

    def take(self, at: float) -> bool:
        """Spend one frame; False when there is none."""
        self._left = min(self._burst, self._left + (at - self._filled_at) * self._per_second)
        self._filled_at = at
        if self._left < 1.0:
            return False
        self._left -= 1.0
        return True
