"""The plain RTMP handshake, both sides (Adobe RTMP 1.0, section 5.2)."""

from __future__ import annotations

import asyncio
import os

VERSION = b"\x03"
HELLO_BYTES = 1536


class HandshakeFault(ValueError):
    """The other side does not speak RTMP."""


async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer a publisher. Raises HandshakeFault, or what the reader raises; the caller sets the deadline."""
    if await reader.readexactly(1) != VERSION:
        raise HandshakeFault("not RTMP version 3")
    hello = await reader.readexactly(HELLO_BYTES)
    writer.write(VERSION + _hello() + hello)
    await writer.drain()
    await reader.readexactly(HELLO_BYTES)


async def offer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Greet a server. Raises HandshakeFault, or what the reader raises."""
    writer.write(VERSION + _hello())
    answer = await reader.readexactly(1 + HELLO_BYTES)
    if answer[:1] != VERSION:
        raise HandshakeFault("not RTMP version 3")
    writer.write(answer[1:])
    await reader.readexactly(HELLO_BYTES)


def _hello() -> bytes:
    # Time and version are zero: a nonzero version would promise the digest handshake of Flash players.
    return bytes(8) + os.urandom(HELLO_BYTES - 8)
