"""When a room flushes, by a clock that the test moves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svoi.gateway.cadence import WRITES_PER_SECOND_MAX, Cadence, window_s


@pytest.mark.parametrize(
    ("viewers", "pause"), [(0, 0.05), (5_000, 0.05), (5_001, 0.1), (10_000, 0.1), (20_000, 0.2), (40_000, 0.4)]
)
def test_the_window_grows_with_the_audience(viewers: int, pause: float) -> None:
    assert window_s(viewers, 0) == pause


@pytest.mark.parametrize(("talk", "pause"), [(0, 0.05), (115, 0.05), (230, 0.1), (300, 0.13), (3_000, 0.13)])
def test_the_window_grows_with_the_talk_as_far_as_nobody_sees_it(talk: float, pause: float) -> None:
    assert window_s(1_000, talk) == pytest.approx(pause)
    assert window_s(20_000, talk) == 0.2


@settings(deadline=None)
@given(st.integers(1, 1_000_000))
def test_no_audience_asks_for_more_writes_than_a_core_has(viewers: int) -> None:
    assert round(viewers / window_s(viewers, 0)) <= WRITES_PER_SECOND_MAX


def test_an_idle_room_flushes_at_once_and_a_busy_one_collects() -> None:
    cadence = Cadence()
    assert cadence.due_at(100.0, viewers=10, urgent=False) == 100.0
    cadence.flushed(100.0, 1)
    assert cadence.due_at(100.01, viewers=10, urgent=False) == 100.05
    assert cadence.due_at(100.05, viewers=10, urgent=False) == 100.05
    assert cadence.due_at(101.0, viewers=10, urgent=False) == 101.0


def test_a_pin_does_not_wait() -> None:
    cadence = Cadence()
    cadence.flushed(100.0, 1)
    assert cadence.due_at(100.01, viewers=20_000, urgent=True) == 100.01


def test_a_burst_of_talk_is_forgotten_when_it_is_over() -> None:
    cadence = Cadence()
    at = 100.0
    for _ in range(40):
        cadence.flushed(at, 39)
        at += 0.13
    assert cadence.due_at(at - 0.12, viewers=1_000, urgent=False) == pytest.approx(at)
    cadence.flushed(at + 5, 1)
    assert cadence.due_at(at + 5.01, viewers=1_000, urgent=False) == pytest.approx(at + 5.05)


def test_talk_is_what_was_said_in_a_second_however_often_it_is_flushed() -> None:
    rare, often = Cadence(lambda _, talk: talk), Cadence(lambda _, talk: talk)
    for step in range(100):
        rare.flushed(step * 0.1, 10)
        for part in range(10):
            often.flushed(step * 0.1 + part * 0.01, 1)
    assert rare.due_at(0, viewers=1, urgent=False) - 9.9 == pytest.approx(100, rel=0.06)
    assert often.due_at(0, viewers=1, urgent=False) - 9.99 == pytest.approx(100, rel=0.06)
