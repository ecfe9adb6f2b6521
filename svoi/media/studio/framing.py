"""The binary frames of a browser studio, and the order their times must keep.

    octet 0      version, 1
    octet 1      kind
    octet 2      flags; the lowest bit marks a key frame
    octet 3      zero
    octets 4-7   milliseconds since the page began to film, big-endian
    the rest     payload

One WebSocket message is one frame. What the page says besides is text in JSON; see docs/reference/browser-studio.md.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

from svoi.media.refusals import AHEAD_MS_MAX, RunsAhead

VERSION = 1
HEAD = struct.Struct(">BBBBI")
FRAME_BYTES_MAX = 2 << 20
JUMP_MS_MAX = 15_000
_KEY = 1


class Kind(IntEnum):
    """What a frame carries."""

    PICTURE_CONFIG = 1  # AVCDecoderConfigurationRecord
    PICTURE = 2  # one H.264 picture, its units preceded by their lengths
    AAC_CONFIG = 3  # AudioSpecificConfig
    AAC = 4
    OPUS_CONFIG = 5  # OpusHead (RFC 7845), or nothing
    OPUS = 6
    NO_SOUND = 7  # there is no microphone
    LOAD = 8  # bytes of a speed test


PAYLOAD_BYTES_MAX = {
    Kind.PICTURE_CONFIG: 4096,
    Kind.PICTURE: FRAME_BYTES_MAX - HEAD.size,
    Kind.AAC_CONFIG: 64,
    Kind.AAC: 8192,
    Kind.OPUS_CONFIG: 64,
    Kind.OPUS: 8192,
    Kind.NO_SOUND: 0,
    Kind.LOAD: 64 << 10,
}
_MAY_BE_EMPTY = {Kind.OPUS_CONFIG, Kind.NO_SOUND}


class FrameFault(ValueError):
    """The frame is none of ours; the sentence says why."""


@dataclass(slots=True, frozen=True)
class Frame:
    """One message of a page."""

    kind: Kind
    timestamp_ms: int
    is_key: bool
    payload: bytes


def parse_frame(message: bytes) -> Frame:
    """Raises FrameFault."""
    if len(message) < HEAD.size:
        raise FrameFault("a frame without its head")
    version, kind_number, flags, zero, timestamp_ms = HEAD.unpack_from(message)
    if version != VERSION:
        raise FrameFault(f"version {version}")
    if flags & ~_KEY or zero:
        raise FrameFault("flags nobody knows")
    try:
        kind = Kind(kind_number)
    except ValueError:
        raise FrameFault(f"kind {kind_number}") from None
    payload = message[HEAD.size :]
    if len(payload) > PAYLOAD_BYTES_MAX[kind]:
        raise FrameFault(f"{kind.name} of {len(payload)} bytes")
    if not payload and kind not in _MAY_BE_EMPTY:
        raise FrameFault(f"{kind.name} without a payload")
    if kind is Kind.PICTURE and not has_whole_units(payload):
        raise FrameFault("a picture whose units do not add up")
    return Frame(kind, timestamp_ms, bool(flags & _KEY), payload)


def pack_frame(kind: Kind, timestamp_ms: int, payload: bytes, *, is_key: bool = False) -> bytes:
    """The same the other way round, for publishers of our own."""
    return HEAD.pack(VERSION, kind, _KEY if is_key else 0, 0, timestamp_ms) + payload


def has_whole_units(picture: bytes) -> bool:
    """Whether the lengths before the units of an H.264 picture (four octets each) lead exactly to its end."""
    at = 0
    while at + 4 < len(picture):
        length = int.from_bytes(picture[at : at + 4])
        if not length:
            return False
        at += 4 + length
    return at == len(picture)


class Times:
    """The order that times keep: each track goes forward, without leaps, and never far ahead of our own clock."""

    def __init__(self) -> None:
        self._latest_ms: dict[bool, int] = {}
        self._lead_ms: int | None = None

    def sound_begins_anew(self) -> None:
        """Another microphone, or the same one after a while without."""
        self._latest_ms.pop(False, None)

    def check(self, frame: Frame, *, now_ms: int) -> None:
        """Raises FrameFault, or RunsAhead when more than `AHEAD_MS_MAX` came before its time."""
        is_picture = frame.kind is Kind.PICTURE
        latest_ms = self._latest_ms.get(is_picture)
        if latest_ms is not None:
            if frame.timestamp_ms <= latest_ms:
                raise FrameFault("time went back")
            if frame.timestamp_ms - latest_ms > JUMP_MS_MAX:
                raise FrameFault("time leapt forward")
        self._latest_ms[is_picture] = frame.timestamp_ms
        lead_ms = frame.timestamp_ms - now_ms
        self._lead_ms = lead_ms if self._lead_ms is None else min(self._lead_ms, lead_ms)
        if lead_ms - self._lead_ms > AHEAD_MS_MAX:
            raise RunsAhead(ahead_ms=lead_ms - self._lead_ms)
