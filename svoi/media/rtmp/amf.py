"""AMF0, the values inside RTMP commands (Adobe, "AMF 0", 2007), bounded in depth and number."""

from __future__ import annotations

import struct
from typing import Any

DEPTH_MAX = 6
VALUES_MAX = 1000

NUMBER, BOOLEAN, STRING, OBJECT, NULL, UNDEFINED = 0, 1, 2, 3, 5, 6
ECMA_ARRAY, STRICT_ARRAY, DATE, LONG_STRING = 8, 10, 11, 12
_OBJECT_END = b"\x00\x00\x09"


class AmfFault(ValueError):
    """The bytes are no AMF0 that we accept."""


def decode(data: bytes) -> list[Any]:
    """All values in `data`; objects become dicts, null and undefined become None. Raises AmfFault."""
    reader = _Reader(data)
    values = []
    try:
        while reader.at < len(data):
            values.append(reader.value(DEPTH_MAX))
    except (struct.error, IndexError):
        raise AmfFault("cut short") from None
    return values


def encode(*values: Any) -> bytes:
    """The values one after another; dicts become objects, lists strict arrays."""
    return b"".join(_encoded(value) for value in values)


class _Reader:
    """A cursor over the bytes that counts what it has read."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.left = VALUES_MAX

    def value(self, depth: int) -> Any:
        self.left -= 1
        if self.left < 0 or depth == 0:
            raise AmfFault("too many values or too deep")
        marker = self._number("B", 1)
        if marker in (OBJECT, ECMA_ARRAY):
            if marker == ECMA_ARRAY:
                self.at += 4  # the announced length is a hint only; the end marker decides
            return self._pairs(depth - 1)
        if marker == STRICT_ARRAY:
            return self._list(self._number(">I", 4), depth - 1)
        return self._plain(marker)

    def _plain(self, marker: int) -> Any:
        if marker == NUMBER:
            return self._number(">d", 8)
        if marker == BOOLEAN:
            return bool(self._number("B", 1))
        if marker == STRING:
            return self._text(self._number(">H", 2))
        if marker == LONG_STRING:
            return self._text(self._number(">I", 4))
        if marker in (NULL, UNDEFINED):
            return None
        if marker == DATE:
            moment = self._number(">d", 8)
            self.at += 2  # the time zone, reserved and always zero
            return moment
        raise AmfFault(f"marker {marker}")

    def _pairs(self, depth: int) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        while self.data[self.at : self.at + 3] != _OBJECT_END:
            name = self._text(self._number(">H", 2))
            pairs[name] = self.value(depth)
        self.at += 3
        return pairs

    def _list(self, length: int, depth: int) -> list[Any]:
        if length > self.left:
            raise AmfFault("array too long")
        return [self.value(depth) for _ in range(length)]

    def _text(self, length: int) -> str:
        raw = self.data[self.at : self.at + length]
        if len(raw) < length:
            raise AmfFault("cut short")
        self.at += length
        return raw.decode("utf-8", "replace")

    def _number(self, layout: str, size: int) -> Any:
        (number,) = struct.unpack_from(layout, self.data, self.at)
        self.at += size
        return number


def _encoded(value: Any) -> bytes:
    if value is None:
        return bytes([NULL])
    if isinstance(value, bool):
        return bytes([BOOLEAN, value])
    if isinstance(value, (int, float)):
        return struct.pack(">Bd", NUMBER, value)
    if isinstance(value, str):
        return _encoded_text(value)
    if isinstance(value, dict):
        pairs = b"".join(_name(name) + _encoded(inner) for name, inner in value.items())
        return bytes([OBJECT]) + pairs + _OBJECT_END
    if isinstance(value, (list, tuple)):
        return struct.pack(">BI", STRICT_ARRAY, len(value)) + encode(*value)
    raise TypeError(f"AMF0 has no {type(value).__name__}")


def _encoded_text(text: str) -> bytes:
    raw = text.encode()
    if len(raw) > 0xFFFF:
        return struct.pack(">BI", LONG_STRING, len(raw)) + raw
    return struct.pack(">BH", STRING, len(raw)) + raw


def _name(name: str) -> bytes:
    raw = name.encode()
    return struct.pack(">H", len(raw)) + raw
