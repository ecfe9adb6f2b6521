"""One publisher's connection: handshake, commands, then pictures and sound, until either side ends it."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import Any, Protocol

from svoi.media.refusals import StreamBroken, StreamRefused
from svoi.media.rtmp import handshake
from svoi.media.rtmp.amf import AmfFault, decode
from svoi.media.rtmp.chunks import (
    AGGREGATE,
    AMF3_COMMAND,
    AMF3_DATA,
    AUDIO,
    COMMAND,
    DATA,
    MEDIA_BYTES_MAX,
    USER_CONTROL,
    VIDEO,
    WINDOW_SIZE,
    ChunkFault,
    ChunkReader,
    Message,
)  # fmt: skip
from svoi.media.rtmp.commands import Commands
from svoi.media.rtmp.replies import Replies

READ_BYTES = 64 << 10
TICK_S = 1.0
GREETING_S = 20.0
IDLE_S = 10.0
LINGER_S = 2.0

log = logging.getLogger(__name__)


class Sink(Protocol):
    """Where an admitted publisher's messages go; any of these may raise StreamRefused."""

    def video(self, timestamp_ms: int, body: bytes) -> None: ...

    def audio(self, timestamp_ms: int, body: bytes) -> None: ...

    def metadata(self, values: list[Any]) -> None: ...

    def tick(self) -> None: ...

    def close(self, reason: str) -> None: ...


class Door(Protocol):
    """Decides who may publish."""

    async def admit(self, key: str, session: Session) -> Sink:
        """Raises StreamRefused."""


class Silent(Exception):
    """Nothing came for too long."""


class Session:
    """Reads the connection; `dismiss` may be called from outside at any moment."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, door: Door) -> None:
        self.peer = str((writer.get_extra_info("peername") or ("?",))[0])
        self.sink: Sink | None = None
        self._reader = reader
        self._replies = Replies(writer)
        self._chunks = ChunkReader()
        self._commands = Commands(self, self._replies, door)
        self._dismissal: StreamRefused | None = None

    async def run(self) -> None:
        """Until the end, whatever ends it; says farewell, closes the connection and never raises for bad input."""
        try:
            self._leave(await self._until_end())
        except StreamRefused as refusal:
            log.info("publisher %s refused: %s", self.peer, refusal)
            self._leave(refusal.code)
            await self._farewell(refusal)
        except (ChunkFault, AmfFault, handshake.HandshakeFault) as fault:
            log.info("publisher %s sent garbage: %s", self.peer, fault)
            self._leave(StreamBroken.code)
        finally:
            self._leave("lost")
            self._replies.close()

    def dismiss(self, refusal: StreamRefused) -> None:
        """End this publisher with a word; seen at the next message or within a tick."""
        self._dismissal = refusal

    def admitted(self, sink: Sink) -> None:
        self.sink = sink
        self._chunks.message_bytes_max = MEDIA_BYTES_MAX

    async def _until_end(self) -> str:
        try:
            async with asyncio.timeout(GREETING_S):
                await handshake.accept(self._reader, self._replies.writer)
                while self.sink is None and not self._commands.is_over:
                    await self._step(await self._reader.read(READ_BYTES))
            while not self._commands.is_over:
                await self._step(await self._read())
        except (TimeoutError, Silent):
            return "silent"
        except (EOFError, ConnectionError):
            return "lost"
        return "closed"

    async def _step(self, data: bytes) -> None:
        if not data:
            raise EOFError
        for message in self._chunks.feed(data):
            if self._dismissal is not None:
                raise self._dismissal
            await self._take(message)
            if self._commands.is_over:
                return
        self._replies.acknowledge(len(data))

    async def _take(self, message: Message) -> None:
        kind = message.kind
        if kind in (VIDEO, AUDIO, AGGREGATE):
            self._media(message)
        elif kind in (COMMAND, AMF3_COMMAND):
            await self._commands.take(decode(message.body[kind == AMF3_COMMAND :]), message.stream_id)
        elif kind in (DATA, AMF3_DATA):
            self._metadata(message.body[kind == AMF3_DATA :])
        elif kind in (WINDOW_SIZE, USER_CONTROL):
            self._replies.control(message)

    def _metadata(self, body: bytes) -> None:
        """Encoders put all sorts of values there, and none of them matters enough to end a show."""
        if self.sink is not None:
            with suppress(AmfFault):
                self.sink.metadata(decode(body))

    def _media(self, message: Message) -> None:
        if self.sink is None or not message.body:
            return
        if message.kind == VIDEO:
            self.sink.video(message.timestamp_ms, message.body)
        elif message.kind == AUDIO:
            self.sink.audio(message.timestamp_ms, message.body)
        else:
            for part in _unpack(message):
                self._media(part)

    async def _read(self) -> bytes:
        """The next bytes; while waiting, looks every tick whether somebody ended this session."""
        waited_s = 0.0
        while True:
            if self._dismissal is not None:
                raise self._dismissal
            if self.sink is not None:
                self.sink.tick()
            try:
                async with asyncio.timeout(TICK_S):
                    return await self._reader.read(READ_BYTES)
            except TimeoutError:
                waited_s += TICK_S
                if waited_s >= IDLE_S:
                    raise Silent from None

    def _leave(self, reason: str) -> None:
        sink, self.sink = self.sink, None
        if sink is not None:
            sink.close(reason)

    async def _farewell(self, refusal: StreamRefused) -> None:
        """Say why, then read on for a moment: closing on unread bytes would reset the connection and lose the words."""
        try:
            async with asyncio.timeout(LINGER_S):
                await self._commands.refuse(refusal)
                while await self._reader.read(READ_BYTES):
                    pass
        except (TimeoutError, ConnectionError):
            pass


def _unpack(message: Message) -> list[Message]:
    """The messages inside an aggregate; their times count from the first one's."""
    found: list[Message] = []
    body, at, first_ms = message.body, 0, None
    while at + 11 <= len(body):
        length = int.from_bytes(body[at + 1 : at + 4])
        told_ms = int.from_bytes(body[at + 4 : at + 7]) | body[at + 7] << 24
        first_ms = told_ms if first_ms is None else first_ms
        inner = body[at + 11 : at + 11 + length]
        if body[at] in (AUDIO, VIDEO) and len(inner) == length:
            moment_ms = (message.timestamp_ms + told_ms - first_ms) & 0xFFFFFFFF
            found.append(Message(body[at], moment_ms, message.stream_id, inner))
        at += 11 + length + 4
    return found
