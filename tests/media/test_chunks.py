"""RTMP chunks: every header layout, extended timestamps, interleaving, any cutting of the bytes, and garbage."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svoi.media.rtmp.chunks import (
    COMMAND_BYTES_MAX,
    SET_CHUNK_SIZE,
    STREAMS_MAX,
    ChunkFault,
    ChunkReader,
    ChunkWriter,
    Message,
)

messages = st.builds(
    Message,
    kind=st.sampled_from([8, 9, 18, 20]),
    timestamp_ms=st.integers(0, 0xFFFFFFFF),
    stream_id=st.integers(0, 3),
    body=st.binary(max_size=900),
)


class ThriftyWriter:
    """A peer that leaves out of each header whatever it may, and repeats extended timestamps when told to."""

    def __init__(self, *, repeats: bool) -> None:
        self.repeats = repeats
        self.latest: dict[int, tuple[Message, int | None]] = {}

    def pieces(self, number: int, message: Message) -> list[bytes]:
        layout, moment = self._layout(number, message)
        self.latest[number] = (message, None if layout == 0 else moment)
        extended = moment.to_bytes(4) if moment >= 0xFFFFFF else b""
        header = min(moment, 0xFFFFFF).to_bytes(3) + len(message.body).to_bytes(3) + bytes([message.kind])
        header += message.stream_id.to_bytes(4, "little")
        header = header[: (11, 7, 3, 0)[layout]]
        first = self._basic(layout, number) + header + (extended if layout < 3 or self.repeats else b"")
        cut = [message.body[at : at + 128] for at in range(0, len(message.body), 128)] or [b""]
        rest = self._basic(3, number) + (extended if self.repeats else b"")
        return [first + cut[0]] + [rest + piece for piece in cut[1:]]

    def _layout(self, number: int, message: Message) -> tuple[int, int]:
        known, delta = self.latest.get(number, (None, None))
        if known is None or known.stream_id != message.stream_id or message.timestamp_ms < known.timestamp_ms:
            return 0, message.timestamp_ms
        step = message.timestamp_ms - known.timestamp_ms
        if (known.kind, len(known.body)) != (message.kind, len(message.body)):
            return 1, step
        return (3 if step == delta else 2), step

    def _basic(self, layout: int, number: int) -> bytes:
        if number < 64:
            return bytes([layout << 6 | number])
        if number < 320:
            return bytes([layout << 6, number - 64])
        return bytes([layout << 6 | 1, (number - 64) % 256, (number - 64) // 256])


def read_all(reader: ChunkReader, raw: bytes, sizes: list[int]) -> list[Message]:
    found, at = [], 0
    for size in itertools.chain(sizes, itertools.repeat(len(raw) or 1)):
        if at >= len(raw):
            return found
        found += reader.feed(raw[at : at + size])
        at += size
    return found


@settings(max_examples=150)
@given(
    st.lists(st.tuples(st.sampled_from([2, 3, 63, 64, 319, 320, 65599]), messages), max_size=12),
    st.lists(st.integers(1, 400), max_size=20),
    st.booleans(),
)
def test_whatever_a_thrifty_peer_leaves_out_is_put_together(
    told: list[tuple[int, Message]], sizes: list[int], repeats: bool
) -> None:
    if not repeats:
        # Without the repetition a payload may begin with the very bytes of the timestamp; nobody can tell them apart.
        told = [(number, replace(message, timestamp_ms=message.timestamp_ms % 0xFFFFFF)) for number, message in told]
    writer = ThriftyWriter(repeats=repeats)
    raw = b"".join(piece for number, message in told for piece in writer.pieces(number, message))
    assert read_all(ChunkReader(), raw, sizes) == [message for _, message in told]


@given(messages, messages, st.lists(st.integers(1, 200), max_size=20))
def test_chunks_of_two_streams_may_alternate(first: Message, second: Message, sizes: list[int]) -> None:
    writer = ThriftyWriter(repeats=True)
    pairs = itertools.zip_longest(writer.pieces(4, first), writer.pieces(5, second), fillvalue=b"")
    found = read_all(ChunkReader(), b"".join(itertools.chain.from_iterable(pairs)), sizes)
    assert sorted(found, key=repr) == sorted([first, second], key=repr)


@given(st.lists(messages, max_size=6), st.integers(128, 5000))
def test_our_own_writer_is_understood(told: list[Message], chunk_bytes: int) -> None:
    writer, reader = ChunkWriter(), ChunkReader()
    size = Message(SET_CHUNK_SIZE, 0, 0, chunk_bytes.to_bytes(4))
    raw = writer.chunks(size, number=2)
    writer.chunk_bytes = chunk_bytes
    raw += b"".join(writer.chunks(message, number=6) for message in told)
    assert list(reader.feed(raw)) == [size, *told]


def test_an_extended_timestamp_that_is_not_repeated_is_understood() -> None:
    message = Message(9, 0x1000000, 1, b"v" * 300)
    raw = b"".join(ThriftyWriter(repeats=False).pieces(6, message))
    assert list(ChunkReader().feed(raw)) == [message]


def test_type_3_after_type_0_repeats_the_moment() -> None:
    message = Message(9, 3_600_000, 1, b"frame")
    raw = ChunkWriter().chunks(message, number=6)
    assert list(ChunkReader().feed(raw + b"\xc6" + b"again")) == [message, Message(9, 3_600_000, 1, b"again")]


def test_abort_forgets_the_unfinished_message() -> None:
    torn = ChunkWriter().chunks(Message(9, 0, 1, b"v" * 300), number=6)[:140]
    abort = ChunkWriter().chunks(Message(2, 0, 0, (6).to_bytes(4)), number=2)
    whole = Message(9, 1, 1, b"next")
    assert list(ChunkReader().feed(torn + abort + ChunkWriter().chunks(whole, number=6)))[1:] == [whole]


@given(st.binary(max_size=5000))
def test_garbage_is_refused_or_waited_for_and_never_hoarded(garbage: bytes) -> None:
    reader = ChunkReader()
    try:
        for _ in reader.feed(garbage):
            pass
    except ChunkFault:
        pass
    assert len(reader._buffer) <= len(garbage)


@pytest.mark.parametrize(
    "bad",
    [
        b"\xc3",
        b"\x03" + bytes(3) + (COMMAND_BYTES_MAX + 1).to_bytes(3) + b"\x14" + bytes(4),
        ChunkWriter().chunks(Message(SET_CHUNK_SIZE, 0, 0, bytes(4)), number=2),
        ChunkWriter().chunks(Message(SET_CHUNK_SIZE, 0, 0, (1 << 31).to_bytes(4)), number=2),
        ChunkWriter().chunks(Message(SET_CHUNK_SIZE, 0, 0, b"\0"), number=2),
        b"".join(ChunkWriter().chunks(Message(20, 0, 0, b""), number=number) for number in range(2, STREAMS_MAX + 3)),
        b"\x03" + bytes(3) + (1000).to_bytes(3) + b"\x14" + bytes(4) + bytes(128) + b"\x03" + bytes(11),
    ],
    ids=[
        "no beginning",
        "too long",
        "size 0",
        "size 2^31",
        "short control",
        "too many streams",
        "new inside unfinished",
    ],
)
def test_hostile_chunks_are_refused(bad: bytes) -> None:
    with pytest.raises(ChunkFault):
        list(ChunkReader().feed(bad))


def test_many_unfinished_messages_together_are_refused() -> None:
    head = (COMMAND_BYTES_MAX).to_bytes(3) + b"\x14" + bytes(4)
    torn = [bytes([number]) + bytes(3) + head + bytes(128) for number in range(2, 22)]
    reader = ChunkReader()
    with pytest.raises(ChunkFault):
        for _ in range(600):
            list(reader.feed(b"".join(torn)))
            torn = [bytes([0xC0 | number]) + bytes(128) for number in range(2, 22)]
