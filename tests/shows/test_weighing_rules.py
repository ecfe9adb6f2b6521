"""Scales: whatever comes, a weight is 1, ½ or 0 with reasons where it is less, and counted never exceeds raw."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as some

from svoi.engines.integrity.live import VERDICTS, Reason
from svoi.shows.rules.weighing import (
    BITS,
    HALVES,
    Scales,
    Traces,
    counted,
    mode_of,
    people_by_reason,
    reasons_of,
    shown_reasons,
)

NOON_S = 1.795e9
deeds = some.lists(
    some.tuples(
        some.sampled_from(["watch", "say", "react"]),
        some.integers(0, 12),
        some.integers(-1, 2),
        some.integers(-1, 1),
        some.floats(0, 20),
    ),
    max_size=120,
)


@given(deeds)
def test_every_weight_is_a_whole_number_of_halves_and_less_than_full_has_reasons(told):
    scales, people, at_s = Scales(7), Counter[int](), NOON_S
    for deed, viewer, device, network, pause_s in told:
        at_s += pause_s
        traces = Traces(device, network)
        if deed == "watch":
            seen = scales.watch(f"v{viewer}", traces, at_s=at_s, counts=True)
        else:
            seen = getattr(scales, deed)(f"v{viewer}", traces, at_s=at_s)
        people[seen] += 1
        assert (HALVES[seen] < 2) is bool(reasons_of(seen))
        assert seen == sum(BITS[reason] for reason in reasons_of(seen))
    assert 0 <= counted(people) <= people.total()


def test_heartbeats_like_a_clock_are_how_heartbeats_are():
    scales = Scales(7)
    seen = {scales.watch("v1", Traces(1, 2), at_s=NOON_S + number * 10.0, counts=True) for number in range(200)}
    assert seen == {0}


def test_two_independent_reasons_take_the_weight_away():
    scales = Scales(7)
    for viewer in range(9):
        scales.watch(f"v{viewer}", Traces(1), at_s=NOON_S + viewer, counts=True)
    taps = [scales.react("v8", Traces(1), at_s=NOON_S + 100 + number * 7.0) for number in range(12)]
    assert [HALVES[seen] for seen in (taps[0], taps[-1])] == [1, 0]
    assert reasons_of(taps[-1]) == (Reason.SHARED_DEVICE, Reason.METRONOME)


def test_reasons_are_told_by_how_many_people_they_are_said_of():
    device, both = BITS[Reason.SHARED_DEVICE], BITS[Reason.SHARED_DEVICE] | BITS[Reason.SURGE]
    people = {0: 90, device: 3, both: 5}
    assert people_by_reason(people) == {"shared_device": 8, "surge": 5}
    assert list(people_by_reason(people)) == ["shared_device", "surge"]
    assert counted(people) == 90 + 3 // 2
    everything = dict(enumerate([1] * len(VERDICTS)))
    assert len(shown_reasons(everything)) == 5


@pytest.mark.parametrize("told", [None, "", "on", 1, {}])
def test_a_mode_that_is_not_known_is_the_shadow(told):
    assert mode_of(told) == "shadow"


def test_everybody_known_is_bounded(monkeypatch):
    monkeypatch.setattr("svoi.shows.rules.weighing.KNOWN_MAX", 10)
    scales = Scales(7)
    for viewer in range(50):
        scales.watch(f"v{viewer}", Traces(), at_s=NOON_S + viewer, counts=True)
    assert len(scales._known) == 10
