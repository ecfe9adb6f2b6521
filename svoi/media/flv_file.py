"""FLV files: reading a short clip whole, and writing one (Adobe, "Video File Format", version 10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

AUDIO, VIDEO, SCRIPT = 8, 9, 18
FILE_BYTES_MAX = 64 << 20
_HEADER = b"FLV\x01\x05\x00\x00\x00\x09\x00\x00\x00\x00"


class NotFlv(ValueError):
    """The file is no FLV, or too long to be played from memory."""


@dataclass(slots=True, frozen=True)
class Tag:
    """One packet of the file."""

    kind: int
    timestamp_ms: int
    body: bytes

    @property
    def is_config(self) -> bool:
        return self.kind == SCRIPT or self.body[1:2] == b"\0"


def read_flv(path: Path) -> list[Tag]:
    """All tags in order. Raises NotFlv or OSError."""
    if path.stat().st_size > FILE_BYTES_MAX:
        raise NotFlv(f"{path.name} is larger than {FILE_BYTES_MAX >> 20} MB")
    raw = path.read_bytes()
    if raw[:3] != b"FLV" or len(raw) < len(_HEADER):
        raise NotFlv(f"{path.name} is not an FLV file")
    tags, at = [], len(_HEADER)
    while at + 11 <= len(raw):
        length = int.from_bytes(raw[at + 1 : at + 4])
        body = raw[at + 11 : at + 11 + length]
        if len(body) < length:
            break
        tags.append(Tag(raw[at], int.from_bytes(raw[at + 4 : at + 7]) | raw[at + 7] << 24, body))
        at += 11 + length + 4
    return tags


def write_flv(path: Path, tags: Iterable[Tag]) -> None:
    with path.open("wb") as file:
        file.write(_HEADER)
        for tag in tags:
            moment = tag.timestamp_ms & 0xFFFFFFFF
            head = bytes([tag.kind]) + len(tag.body).to_bytes(3) + (moment & 0xFFFFFF).to_bytes(3)
            packed = head + bytes([moment >> 24]) + bytes(3) + tag.body
            file.write(packed + len(packed).to_bytes(4))
