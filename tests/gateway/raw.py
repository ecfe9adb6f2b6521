"""A peer that writes bytes as it likes: for what no browser would send."""

from __future__ import annotations

import asyncio
import os
import socket
from typing import Self

from svoi.gateway.tickets import Pass
from tests.gateway.stage import ORIGIN, PATIENCE_S, ticket

TEXT, CONTINUATION, BINARY, CLOSE, PING, PONG = 0x1, 0x0, 0x2, 0x8, 0x9, 0xA


def frame(opcode: int, payload: bytes, *, fin: bool = True, length: int | None = None) -> bytes:
    """A masked client frame; `length` may lie."""
    size = len(payload) if length is None else length
    head = bytes([(0x80 if fin else 0) | opcode])
    if size < 126:
        head += bytes([0x80 | size])
    elif size < 65536:
        head += b"\xfe" + size.to_bytes(2, "big")
    else:
        head += b"\xff" + size.to_bytes(8, "big")
    mask = os.urandom(4)
    return head + mask + bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload))


class RawPeer:
    """A TCP connection; `upgraded` has shaken hands."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.reader: asyncio.StreamReader
        self.writer: asyncio.StreamWriter

    async def __aenter__(self) -> Self:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.writer.transport.abort()

    async def send(self, *frames: bytes) -> None:
        self.writer.write(b"".join(frames))
        await self.writer.drain()

    async def ask(self, target: str, **headers: str) -> int:
        """Ask for an upgrade; the status of the answer."""
        told = {
            "Host": "svoi.test",
            "Origin": ORIGIN,
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        lines = [f"GET {target} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items() if value)]
        await self.send("\r\n".join(lines).encode() + b"\r\n\r\n")
        answer = await self.reader.readuntil(b"\r\n\r\n")
        return int(answer.split(b" ", 2)[1])

    async def come_in(self, who: Pass) -> Self:
        assert await self.ask(f"/rooms/{who.show_id}?ticket={ticket(who)}") == 101
        return self

    async def close_code(self) -> int | None:
        """Read until the server hangs up; the code of its close frame, None when it just cut the wire."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                try:
                    first, second = await self.reader.readexactly(2)
                    size = second & 0x7F
                    if size >= 126:
                        size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8), "big")
                    payload = await self.reader.readexactly(size)
                except (asyncio.IncompleteReadError, ConnectionResetError):
                    return None
                if first & 0xF == CLOSE:
                    return int.from_bytes(payload[:2], "big")

    def read_nothing(self) -> None:
        """Become a phone in a tunnel: connected, with a small window, reading nothing."""
        self.writer.transport.pause_reading()  # type: ignore[attr-defined]


async def narrow_peer(port: int, who: Pass) -> RawPeer:
    """A peer whose kernel keeps little for it, so that a stall is felt soon."""
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    narrow.setblocking(False)
    await asyncio.get_running_loop().sock_connect(narrow, ("127.0.0.1", port))
    peer = RawPeer(port)
    peer.reader, peer.writer = await asyncio.open_connection(sock=narrow, limit=2048)
    return await peer.come_in(who)
