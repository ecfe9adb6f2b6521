"""What an entry cannot be is refused; what is reversed is gone, and comes back when the reversal is reversed."""

from __future__ import annotations

from typing import Any

import pytest

from svoi.engines.standing.entries import reversal, standing_entries
from svoi.engines.standing.units import DAY_S, DELTA_MAX, Axis, Kind, half_life
from tests.engines.standing.given import TODAY, entry

UNDO = {"rule": "ruling", "version": 1, "at": TODAY}


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"delta": 0}, "an amount"),
        ({"delta": DELTA_MAX + 1}, "an amount"),
        ({"delta": -1}, "a credit gives"),
        ({"kind": Kind.PENALTY}, "a credit gives"),
        ({"kind": Kind.GRAVE}, "a credit gives"),
        ({"kind": Kind.REVERSAL}, "a reversal names"),
        ({"reverses": 1}, "a reversal names"),
        ({"number": 3, "kind": Kind.REVERSAL, "reverses": 3}, "a reversal names"),
        ({"counterparty": 1}, "her own counterparty"),
        ({"counterparty": None, "group": 4}, "a group is"),
        ({"number": 0}, "numbers begin"),
        ({"rule": ""}, "have names"),
        ({"cause": ""}, "have names"),
    ],
)
def test_what_cannot_be_is_refused(said: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        entry(**said)


def test_a_reversal_takes_away_and_its_reversal_brings_back() -> None:
    first = entry(1)
    second = reversal(first, number=2, cause="case", **UNDO)
    third = reversal(second, number=3, cause="appeal", **UNDO)
    assert (second.delta, third.delta) == (-first.delta, first.delta)
    assert standing_entries([first], TODAY) == [first]
    assert standing_entries([second, first], TODAY) == []
    assert standing_entries([third, first, second], TODAY) == [first]


def test_an_entry_reversed_twice_is_gone_until_both_are_reversed() -> None:
    first = entry(1)
    twice = [first, *(reversal(first, number=number, cause="case", **UNDO) for number in (2, 3))]
    assert standing_entries(twice, TODAY) == []
    appealed = [*twice, reversal(twice[1], number=4, cause="appeal", **UNDO)]
    assert standing_entries(appealed, TODAY) == []
    assert standing_entries([*appealed, reversal(twice[2], number=5, cause="appeal", **UNDO)], TODAY) == [first]


def test_before_a_reversal_was_recorded_its_entry_stands() -> None:
    first = entry(1, at=TODAY - 9 * DAY_S)
    undone = [first, reversal(first, number=2, cause="case", **UNDO)]
    assert standing_entries(undone, TODAY - 1) == [first]
    assert standing_entries(undone, TODAY) == []


def test_an_entry_counts_from_its_moment_until_it_expires() -> None:
    one = entry(at=TODAY, expires_at=TODAY + 5)
    assert [standing_entries([one], TODAY + later) for later in (-1, 0, 4, 5)] == [[], [one], [one], []]


def test_a_reversal_that_matches_nothing_is_refused() -> None:
    undo = reversal(entry(1), number=3, cause="case", **UNDO)
    for wrong in ([undo], [entry(1, delta=5), undo]):
        with pytest.raises(ValueError, match="does not reverse entry 1"):
            standing_entries(wrong, TODAY)


def test_half_lives() -> None:
    assert [half_life(axis, Kind.CREDIT) for axis in Axis] == [180, 90, 180, 180, 90]
    assert {half_life(axis, Kind.PENALTY) for axis in Axis} == {90}
    assert {half_life(axis, Kind.GRAVE) for axis in Axis} == {365}
