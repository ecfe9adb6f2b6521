"""A publisher of our own: the other end of the session, for the demo camera and for tests."""

from __future__ import annotations

import asyncio
import struct
from typing import Any
from urllib.parse import urlsplit

from svoi.media.rtmp import handshake
from svoi.media.rtmp.amf import decode as decode_amf
from svoi.media.rtmp.amf import encode
from svoi.media.rtmp.chunks import (
    AUDIO,
    COMMAND,
    DATA,
    SET_CHUNK_SIZE,
    VIDEO,
    ChunkReader,
    ChunkWriter,
    Message,
)

PORT = 1935
CHUNK_BYTES = 4096
GREETING_S = 15.0
_NUMBERS = {VIDEO: 6, AUDIO: 4, DATA: 4}
_COMMAND_NUMBER = 3
_READ_BYTES = 16 << 10


class PublishRefused(Exception):
    """The server said no, with its code and sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence


class PublishingClient:
    """`open`, then `send`, then `close`; each raises PublishRefused, or ConnectionError when the server is gone."""

    def __init__(self) -> None:
        self._chunks = ChunkReader()
        self._packer = ChunkWriter()
        self._stream_id = 0
        self._replies: asyncio.Queue[list[Any]] = asyncio.Queue()
        self._refusal: Exception | None = None

    async def open(self, url: str, key: str) -> None:
        parts = urlsplit(url)
        application = parts.path.strip("/")
        async with asyncio.timeout(GREETING_S):
            self._reader, self._writer = await asyncio.open_connection(parts.hostname, parts.port or PORT)
            await handshake.offer(self._reader, self._writer)
            self._listening = asyncio.create_task(self._listen())
            self._write(2, SET_CHUNK_SIZE, struct.pack(">I", CHUNK_BYTES))
            self._packer.chunk_bytes = CHUNK_BYTES
            self._command("connect", 1, {"app": application, "type": "nonprivate", "tcUrl": url, "fpad": False})
            await self._answer("_result")
            self._command("releaseStream", 2, None, key)
            self._command("FCPublish", 3, None, key)
            self._command("createStream", 4, None)
            while (created := await self._answer("_result"))[1] != 4:
                pass
            self._stream_id = int(created[3])
            self._command("publish", 5, None, key, application)
            await self._answer("onStatus")

    async def send(self, kind: int, timestamp_ms: int, body: bytes) -> None:
        if self._refusal is not None:
            raise self._refusal
        self._write(_NUMBERS[kind], kind, body, timestamp_ms)
        await self._writer.drain()

    async def close(self) -> None:
        """Say goodbye if anybody listens. Never raises."""
        if not hasattr(self, "_listening"):
            return
        try:
            async with asyncio.timeout(1):
                self._command("FCUnpublish", 6, None)
                self._command("deleteStream", 7, None, self._stream_id)
                await self._writer.drain()
        except (OSError, TimeoutError):
            pass
        self._listening.cancel()
        self._writer.close()

    async def _listen(self) -> None:
        """Reads for as long as the connection lives, so that a refusal in the middle is seen."""
        try:
            while data := await self._reader.read(_READ_BYTES):
                for message in self._chunks.feed(data):
                    if message.kind == COMMAND:
                        self._take(decode_amf(message.body))
            self._refusal = self._refusal or ConnectionResetError("the server closed the connection")
        except (ValueError, OSError) as fault:
            self._refusal = self._refusal or ConnectionResetError(str(fault))
        self._replies.put_nowait([])

    def _take(self, values: list[Any]) -> None:
        told = values[3] if len(values) > 3 and isinstance(values[3], dict) else {}
        if told.get("level") == "error":
            self._refusal = PublishRefused(str(told.get("code")), str(told.get("description")))
        self._replies.put_nowait(values)

    async def _answer(self, name: str) -> list[Any]:
        while True:
            values = await self._replies.get()
            if self._refusal is not None:
                raise self._refusal
            if values and values[0] == name:
                return values

    def _command(self, *values: Any) -> None:
        self._write(_COMMAND_NUMBER, COMMAND, encode(*values))

    def _write(self, number: int, kind: int, body: bytes, timestamp_ms: int = 0) -> None:
        self._writer.write(self._packer.chunks(Message(kind, timestamp_ms, self._stream_id, body), number=number))
