"""MP4 boxes: writing them, and walking through them again."""

from __future__ import annotations

import struct
from collections.abc import Iterator


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full_box(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def walk(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The boxes of `data`, one level, as (kind, body). Raises ValueError when they do not add up."""
    at = 0
    while at < len(data):
        if len(data) - at < 8:
            raise ValueError("a box is cut short")
        size, kind = struct.unpack_from(">I4s", data, at)
        if size < 8 or at + size > len(data):
            raise ValueError(f"box {kind!r} has a wrong size")
        yield kind, data[at + 8 : at + size]
        at += size
