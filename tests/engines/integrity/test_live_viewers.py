"""Counted viewers: never more than connected, never fewer without a habit, and a farm of phones shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.engines.integrity.live import RoomHabit, ViewerCount, counted_viewers, learn_habit

HABIT = RoomHabit(low=0.05, stretches=200)
NUMBERS = st.integers(0, 100_000)


def test_an_honest_room_is_counted_whole():
    seen = counted_viewers(connected=450, visible=400, acted=40, led_here=0, habit=HABIT)
    assert seen == ViewerCount(connected=450, visible=400, counted=400, excess=0)


def test_a_farm_of_phones_is_the_excess():
    seen = counted_viewers(connected=5_450, visible=5_400, acted=40, led_here=0, habit=HABIT)
    assert seen.counted == int((40 + 3 * 41**0.5) / 0.05)
    assert seen.excess == 5_400 - seen.counted


def test_people_led_by_a_push_owe_the_habit_nothing():
    seen = counted_viewers(connected=5_450, visible=5_400, acted=40, led_here=5_000, habit=HABIT)
    assert seen.excess == 0


def test_a_young_room_is_believed():
    young = learn_habit([(100, 9)] * 9)
    assert counted_viewers(connected=900, visible=900, acted=0, led_here=0, habit=young).counted == 900
    assert counted_viewers(connected=900, visible=900, acted=0, led_here=0, habit=learn_habit([])).counted == 900


def test_a_quiet_room_is_believed():
    lecture = learn_habit([(100, 0)] * 50 + [(100, 30)] * 50)
    assert counted_viewers(connected=900, visible=900, acted=0, led_here=0, habit=lecture).counted == 900


def test_the_habit_is_that_of_quiet_stretches():
    assert learn_habit([(100, acted) for acted in range(1, 101)] + [(0, 5)]) == RoomHabit(low=0.05, stretches=100)


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.floats(0, 1), st.integers(0, 500))
def test_counted_and_excess_are_the_visible(connected, visible, acted, led_here, low, stretches):
    habit = RoomHabit(low, stretches)
    seen = counted_viewers(connected=connected, visible=visible, acted=acted, led_here=led_here, habit=habit)
    assert seen.counted + seen.excess == seen.visible <= seen.connected
    more = counted_viewers(connected=connected, visible=visible, acted=acted + 1, led_here=led_here, habit=habit)
    assert more.counted >= seen.counted


def test_counts_below_nought_are_refused():
    with pytest.raises(ValueError, match="below nought"):
        counted_viewers(connected=-1, visible=0, acted=0, led_here=0, habit=HABIT)
