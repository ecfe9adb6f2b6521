"""How bytes travel: JSON lines, in a WebSocket frame or in a server-sent event, encoded once for everybody."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

_encoder = msgspec.json.Encoder()


class Cursor(NamedTuple):
    """How far a reader has come: the numbers of the last fact and of the last message."""

    facts: int
    chat: int


def line(message: dict[str, Any]) -> bytes:
    """One message as a line of JSON, without the line end."""
    return _encoder.encode(message)


def websocket_frame(payload: bytes, cursor: Cursor) -> bytes:
    """An unmasked text frame, as a server sends it (RFC 6455, section 5.2)."""
    length = len(payload)
    if length < 126:
        return bytes((0x81, length)) + payload
    if length < 65536:
        return b"\x81\x7e" + length.to_bytes(2, "big") + payload
    return b"\x81\x7f" + length.to_bytes(8, "big") + payload


def sse_event(payload: bytes, cursor: Cursor) -> bytes:
    """A server-sent event whose id is the cursor."""
    return b"id: %d-%d\ndata: %b\n\n" % (cursor.facts, cursor.chat, payload.replace(b"\n", b"\ndata: "))


def read_cursor(facts: str | None, chat: str | None) -> Cursor | None:
    """The numbers a browser resumes by; None when it has none. Raises ValueError for what is not a number."""
    if not facts and not chat:
        return None
    return Cursor(_count(facts or "0"), _count(chat or "0"))


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise ValueError(f"not a count: {text[:40]!r}")
    return int(text)
