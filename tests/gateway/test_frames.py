"""Frames as bytes: what a WebSocket client, an EventSource and a resuming page read out of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from svoi.gateway.frames import Cursor, read_cursor, sse_event, websocket_frame


@settings(deadline=None)
@given(st.sampled_from([0, 1, 125, 126, 127, 65_535, 65_536, 70_000]))
def test_a_frame_is_what_a_client_reads(size: int) -> None:
    reader = StreamReader()
    reader.feed_data(websocket_frame(b"x" * size, Cursor(1, 2)))
    parsing = Frame.parse(reader.read_exact, mask=False)
    with pytest.raises(StopIteration) as read:
        next(parsing)
    assert (read.value.value.opcode, len(read.value.value.data)) == (Opcode.TEXT, size)


def test_an_event_carries_the_cursor_and_every_line() -> None:
    event = sse_event(b'{"t":"a"}\n{"t":"b"}', Cursor(12, 345))
    assert event == b'id: 12-345\ndata: {"t":"a"}\ndata: {"t":"b"}\n\n'


@pytest.mark.parametrize(
    ("facts", "chat", "cursor"),
    [(None, None, None), ("", "", None), ("3", None, Cursor(3, 0)), ("3", "14", Cursor(3, 14))],
)
def test_a_cursor_is_read(facts: str | None, chat: str | None, cursor: Cursor | None) -> None:
    assert read_cursor(facts, chat) == cursor


@pytest.mark.parametrize("text", ["-1", "1e3", "٣", "9" * 19, "x"])
def test_what_is_no_count_is_no_cursor(text: str) -> None:
    with pytest.raises(ValueError, match="not a count"):
        read_cursor(text, None)
