"""What the server says to a publisher."""

from __future__ import annotations

import asyncio
import struct
from typing import Any

from svoi.media.rtmp.amf import encode
from svoi.media.rtmp.chunks import (
    ACKNOWLEDGEMENT,
    COMMAND,
    PEER_BANDWIDTH,
    SET_CHUNK_SIZE,
    USER_CONTROL,
    WINDOW_SIZE,
    ChunkWriter,
    Message,
)  # fmt: skip

WINDOW_BYTES = 2_500_000
WINDOW_BYTES_MIN = 64 << 10
CHUNK_BYTES = 4096
DRAIN_S = 5.0

_CONTROL_STREAM, _COMMAND_STREAM, _STATUS_STREAM = 2, 3, 5
_STREAM_BEGIN, _PING, _PONG = 0, 6, 7


class Replies:
    """Writes to the connection, and acknowledges what came in as the publisher's window asks."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self.writer = writer
        self._chunks = ChunkWriter()
        self._window_bytes = WINDOW_BYTES
        self._received = 0
        self._acknowledged = 0

    def acknowledge(self, octets: int) -> None:
        self._received += octets
        if self._received - self._acknowledged >= self._window_bytes:
            self._acknowledged = self._received
            self._send(_CONTROL_STREAM, ACKNOWLEDGEMENT, struct.pack(">I", self._received & 0xFFFFFFFF))

    def control(self, message: Message) -> None:
        """Obey a window size, answer a ping."""
        body = message.body
        if message.kind == WINDOW_SIZE and len(body) >= 4:
            self._window_bytes = min(max(int.from_bytes(body[:4]), WINDOW_BYTES_MIN), WINDOW_BYTES)
        elif message.kind == USER_CONTROL and len(body) >= 6 and int.from_bytes(body[:2]) == _PING:
            self._send(_CONTROL_STREAM, USER_CONTROL, struct.pack(">H", _PONG) + body[2:6])

    def connected(self, transaction: float) -> None:
        self._send(_CONTROL_STREAM, WINDOW_SIZE, struct.pack(">I", WINDOW_BYTES))
        self._send(_CONTROL_STREAM, PEER_BANDWIDTH, struct.pack(">IB", WINDOW_BYTES, 2))
        self._send(_CONTROL_STREAM, SET_CHUNK_SIZE, struct.pack(">I", CHUNK_BYTES))
        self._chunks.chunk_bytes = CHUNK_BYTES
        server = {"fmsVer": "FMS/3,0,1,123", "capabilities": 31, "fourCcList": ["avc1"]}
        status = {"level": "status", "code": "NetConnection.Connect.Success", "description": "ok", "objectEncoding": 0}
        self.result(transaction, server, status)

    def result(self, transaction: float, *values: Any) -> None:
        self._send(_COMMAND_STREAM, COMMAND, encode("_result", transaction, *values))

    def error(self, transaction: float, code: str, description: str) -> None:
        told = {"level": "error", "code": code, "description": description}
        self._send(_COMMAND_STREAM, COMMAND, encode("_error", transaction, None, told))

    def stream_begins(self, stream_id: int) -> None:
        self._send(_CONTROL_STREAM, USER_CONTROL, struct.pack(">HI", _STREAM_BEGIN, stream_id))

    def status(self, stream_id: int, level: str, code: str, description: str) -> None:
        told = {"level": level, "code": code, "description": description}
        self._send(_STATUS_STREAM, COMMAND, encode("onStatus", 0, None, told), stream_id)

    async def drain(self) -> None:
        """Wait for a publisher who does not read. Raises TimeoutError."""
        async with asyncio.timeout(DRAIN_S):
            await self.writer.drain()

    def close(self) -> None:
        self.writer.close()

    def _send(self, number: int, kind: int, body: bytes, stream_id: int = 0) -> None:
        self.writer.write(self._chunks.chunks(Message(kind, 0, stream_id, body), number=number))
