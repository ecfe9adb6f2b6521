"""Measures of a show, the robust score, and what is judged: pure decisions."""

from __future__ import annotations

from dataclasses import replace
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.replays.rules import MEASURES, average_viewers, judge, measured, robust_score
from tests.replays.facts import FACTS


def test_measures_follow_the_house_formulas() -> None:
    told = measured(FACTS)
    assert told["average_watch_s"] == 600
    assert told["gpm_minor"] == 16_000_000
    assert told["net_minor"] == 1_500_000
    assert told["conversion"] == 0.15
    assert told["pay_rate"] == 15 / 18
    assert told["return_rate"] == 0.0625
    assert told["chat_rate"] == 300 / 60 * 100 / (60_000 / 3600)
    assert (told["ctr"], told["ctor"]) == (None, None)


def test_average_viewers_times_length_is_average_watch_times_viewers() -> None:
    told = measured(FACTS)
    assert average_viewers(FACTS) * FACTS.length_s == pytest.approx(told["average_watch_s"] * FACTS.viewers_counted)


def test_what_was_not_measured_is_not_nought() -> None:
    bare = replace(FACTS, viewers_raw=None, viewers_counted=None, watch_s=None)
    told = measured(bare)
    silent = {name for name, value in told.items() if value is None}
    assert silent == {
        "viewers_raw", "viewers_counted", "average_watch_s", "interaction_rate", "chat_rate", "ctr", "ctor",
        "conversion", "gpm_minor",
    }  # fmt: skip


def test_the_robust_score_by_hand() -> None:
    others = [10.0, 11, 12, 13, 14]
    assert robust_score(12, others) == 0
    assert robust_score(10, others) == pytest.approx(-2 * 0.6745)
    assert robust_score(5, [7.0] * 4 + [9.0]) == pytest.approx(-2 / (1.253314 * 0.4))
    assert (robust_score(5, [7.0] * 5), robust_score(9, [7.0] * 5)) == (-10, 10)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20), st.floats(-1e6, 1e6))
def test_the_score_has_the_sign_of_the_difference_and_bounds(others, value) -> None:
    score = robust_score(value, others)
    assert -10 <= score <= 10
    assert score * (value - median(others)) >= 0


def before(*nets: int) -> list[dict[str, float | None]]:
    return [measured(replace(FACTS, paid_minor=net + 100_000)) for net in nets]


def test_too_few_shows_are_said_not_judged() -> None:
    told = judge(measured(FACTS), before(1, 2, 3, 4))
    assert (told.worst, told.shows, told.is_told) == ((), 4, False)


def test_the_worst_measures_know_which_way_is_bad() -> None:
    usual = [measured(replace(FACTS, late_s=10 * n, returned_minor=90_000 + 5_000 * n)) for n in range(5)]
    late = judge(measured(replace(FACTS, late_s=900, returned_minor=100_000)), usual)
    assert [one.name for one in late.worst] == ["late_s"]
    assert (late.worst[0].value, late.worst[0].usual, late.worst[0].shows) == (900, 20, 5)
    early = judge(measured(replace(FACTS, late_s=-900, returned_minor=100_000)), usual)
    assert early.worst == ()
    assert early.is_told


def test_reach_is_never_judged() -> None:
    usual = [measured(replace(FACTS, viewers_raw=1000 + n, peak_counted=900 + n)) for n in range(6)]
    assert judge(measured(replace(FACTS, viewers_raw=1, peak_counted=1)), usual).worst == ()
    assert {one.name for one in MEASURES if one.better == 0} >= {"viewers_raw", "viewers_counted", "peak_counted"}


def test_no_more_than_three_are_told_the_worst_first() -> None:
    usual = [
        measured(replace(FACTS, late_s=n, watch_s=60_000 + n, interacting=25 + n, messages=300 + n)) for n in range(6)
    ]
    told = judge(measured(replace(FACTS, late_s=99, watch_s=1, interacting=0, messages=0)), usual)
    assert len(told.worst) == 3
    assert [one.score for one in told.worst] == sorted(one.score for one in told.worst)
