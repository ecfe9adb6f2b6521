"""What is told again to a reader who missed some of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svoi.gateway import timeline
from svoi.gateway.frames import Cursor
from svoi.gateway.timeline import Forgotten, Stale, Timeline
from svoi.gateway.wire import Frame, chat_frame, fact_frame, hidden_frame
from tests.gateway.people import fact, said

BEGINNING = Cursor(0, 0)


def told(order: str, start: Cursor = BEGINNING) -> tuple[Timeline, list[Frame]]:
    """A timeline of facts and messages in the order of the letters f and c."""
    facts, chat = start
    frames = []
    for letter in order:
        if letter == "f":
            facts += 1
            frames.append(fact_frame(fact(facts)))
        else:
            chat += 1
            frames.append(chat_frame(said(chat)))
    line = Timeline(start)
    line.extend(frames)
    return line, frames


@settings(deadline=None)
@given(st.text("fc", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_the_rest_is_told_in_the_same_order_and_once(order: str, facts: int, chat: int) -> None:
    line, frames = told(order, Cursor(10, 20))
    cursor = Cursor(10 + facts, 20 + chat)
    assert line.since(cursor) == [f for f in frames if f.n > getattr(cursor, f.sequence)]


def test_memory_that_does_not_reach_back_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "KEPT_FRAMES_MAX", 4)
    line, frames = told("cfccfc")
    assert (line.floor, line.end) == (Cursor(1, 1), Cursor(2, 4))
    assert line.since(Cursor(1, 1)) == frames[2:]
    with pytest.raises(Forgotten):
        line.since(Cursor(0, 1))


def test_too_much_or_from_another_world_is_stale() -> None:
    line, _ = told("c" * 20)
    with pytest.raises(Stale):
        line.since(Cursor(0, 20 + timeline.AHEAD_MAX + 1))
    line, _ = told("c" * (timeline.MISSED_FRAMES_MAX + 1))
    with pytest.raises(Stale):
        line.since(Cursor(0, 0))


def test_a_page_a_little_ahead_of_the_room_misses_nothing() -> None:
    line, frames = told("fcc")
    assert line.since(Cursor(3, 1)) == [frames[2]]


def test_the_words_of_a_hidden_message_are_forgotten() -> None:
    line, frames = told("ccc")
    line.hide(1002)
    assert line.since(Cursor(0, 0)) == [frames[0], hidden_frame(2, 1002), frames[2]]
