"""RTMP chunk streams without sockets: bytes in, messages out, and back (Adobe RTMP 1.0, section 5.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

CHUNK_BYTES_DEFAULT = 128
STREAMS_MAX = 32
COMMAND_BYTES_MAX = 64 << 10
MEDIA_BYTES_MAX = 4 << 20
EXTENDED = 0xFFFFFF

SET_CHUNK_SIZE, ABORT, ACKNOWLEDGEMENT, USER_CONTROL, WINDOW_SIZE, PEER_BANDWIDTH = range(1, 7)
AUDIO, VIDEO = 8, 9
AMF3_DATA, AMF3_COMMAND, DATA, COMMAND, AGGREGATE = 15, 17, 18, 20, 22

_HEADER_BYTES = (11, 7, 3, 0)


class ChunkFault(ValueError):
    """The bytes are no RTMP that we accept."""


@dataclass(slots=True, frozen=True)
class Message:
    """One RTMP message, put together from its chunks."""

    kind: int
    timestamp_ms: int
    stream_id: int
    body: bytes


@dataclass(slots=True)
class _Stream:
    """What later chunks of one chunk stream leave out."""

    timestamp_ms: int = 0
    delta_ms: int = 0
    length: int = 0
    kind: int = 0
    stream_id: int = 0
    extended: bytes = b""
    body: bytearray = field(default_factory=bytearray)


class ChunkReader:
    """Puts messages together; every length is checked before a byte of it is kept."""

    def __init__(self) -> None:
        self.message_bytes_max = COMMAND_BYTES_MAX
        self._chunk_bytes = CHUNK_BYTES_DEFAULT
        self._streams: dict[int, _Stream] = {}
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Message]:
        """Messages completed by `data`, lazily: a limit raised by one counts for the next. Raises ChunkFault."""
        self._buffer += data
        at = 0
        try:
            while (end := self._chunk(at)) is not None:
                at, message = end
                if message is not None:
                    yield message
        finally:
            del self._buffer[:at]

    def _chunk(self, at: int) -> tuple[int, Message | None] | None:
        """Take the chunk that begins at `at`; None until all of it has arrived."""
        basic = self._basic_header(at)
        if basic is None:
            return None
        layout, number, head = basic
        body = head + _HEADER_BYTES[layout]
        header = bytes(self._buffer[head:body])
        stream = self._streams.get(number) or _Stream()
        extended = self._extended(layout, header, stream, body)
        if len(header) < _HEADER_BYTES[layout] or extended is None:
            return None
        body += len(extended)
        length = int.from_bytes(header[3:6]) if layout < 2 else stream.length
        self._check(number, stream, layout, length)
        size = min(self._chunk_bytes, length - len(stream.body))
        if len(self._buffer) < body + size:
            return None
        self._streams[number] = stream
        self._read_header(stream, layout, header, extended)
        return body + size, self._append(stream, body, size)

    def _extended(self, layout: int, header: bytes, stream: _Stream, at: int) -> bytes | None:
        """The extended timestamp at `at`, empty if there is none, None until it is clear."""
        found = bytes(self._buffer[at : at + 4])
        if layout < 3:
            if header[:3] != b"\xff\xff\xff":
                return b""
            return found if len(found) == 4 else None
        # The specification repeats the extended timestamp in type 3 chunks; some encoders do not.
        if not stream.extended or not stream.extended.startswith(found):
            return b""
        return found if len(found) == 4 else None

    def _basic_header(self, at: int) -> tuple[int, int, int] | None:
        buffer = self._buffer
        if at >= len(buffer):
            return None
        layout, number = buffer[at] >> 6, buffer[at] & 63
        if number > 1:
            return layout, number, at + 1
        if len(buffer) < at + 2 + number:
            return None
        if number == 0:
            return layout, 64 + buffer[at + 1], at + 2
        return layout, 64 + buffer[at + 1] + 256 * buffer[at + 2], at + 3

    def _check(self, number: int, stream: _Stream, layout: int, length: int) -> None:
        if number not in self._streams and (layout == 3 or len(self._streams) >= STREAMS_MAX):
            raise ChunkFault("a chunk stream without a beginning, or too many of them")
        if layout < 3 and stream.body:
            raise ChunkFault("a new message inside an unfinished one")
        if length > self.message_bytes_max:
            raise ChunkFault(f"a message of {length} bytes")

    def _read_header(self, stream: _Stream, layout: int, header: bytes, extended: bytes) -> None:
        if layout == 3:
            if not stream.body:
                stream.timestamp_ms = (stream.timestamp_ms + stream.delta_ms) & 0xFFFFFFFF
            return
        moment = int.from_bytes(extended or header[:3])
        stream.extended = extended
        if layout < 2:
            stream.length, stream.kind = int.from_bytes(header[3:6]), header[6]
        if layout == 0:
            # A type 3 message right after a type 0 one repeats its moment, as the common servers read it. The
            # specification adds the absolute time once more, which throws real publishers hours ahead.
            stream.stream_id = int.from_bytes(header[7:11], "little")
            stream.timestamp_ms, stream.delta_ms = moment, 0
        else:
            stream.delta_ms = moment
            stream.timestamp_ms = (stream.timestamp_ms + moment) & 0xFFFFFFFF

    def _append(self, stream: _Stream, at: int, size: int) -> Message | None:
        stream.body += self._buffer[at : at + size]
        if len(stream.body) < stream.length:
            self._check_total()
            return None
        message = Message(stream.kind, stream.timestamp_ms, stream.stream_id, bytes(stream.body))
        stream.body.clear()
        self._obey(message)
        return message

    def _check_total(self) -> None:
        if sum(len(stream.body) for stream in self._streams.values()) > 2 * self.message_bytes_max:
            raise ChunkFault("too many unfinished messages")

    def _obey(self, message: Message) -> None:
        if message.kind not in (SET_CHUNK_SIZE, ABORT):
            return
        if len(message.body) != 4:
            raise ChunkFault("a control message of the wrong length")
        number = int.from_bytes(message.body)
        if message.kind == ABORT:
            if number in self._streams:
                self._streams[number].body.clear()
        elif not CHUNK_BYTES_DEFAULT <= number <= 0x7FFFFFFF:
            raise ChunkFault(f"a chunk size of {number}")
        else:
            self._chunk_bytes = min(number, 0xFFFFFF)


class ChunkWriter:
    """Cuts messages into chunks, always with a full header: plain, and eleven bytes a message are nothing."""

    def __init__(self) -> None:
        self.chunk_bytes = CHUNK_BYTES_DEFAULT

    def chunks(self, message: Message, *, number: int) -> bytes:
        moment = message.timestamp_ms & 0xFFFFFFFF
        extended = moment.to_bytes(4) if moment >= EXTENDED else b""
        head = min(moment, EXTENDED).to_bytes(3) + len(message.body).to_bytes(3) + bytes([message.kind])
        pieces = [bytes([number]), head, message.stream_id.to_bytes(4, "little"), extended]
        for at in range(0, len(message.body) or 1, self.chunk_bytes):
            if at:
                pieces += [bytes([0xC0 | number]), extended]
            pieces.append(message.body[at : at + self.chunk_bytes])
        return b"".join(pieces)
