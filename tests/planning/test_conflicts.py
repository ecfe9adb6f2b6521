"""The rule of conflicts: each kind by its border, symmetric in the pair, silent far away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from svoi.planning.rules.conflicts import (
    House,
    Plan,
    PlanDoubtful,
    PlanImpossible,
    Work,
    admit_plan,
    conflicts_of,
)
from svoi.planning.rules.moving import carried, moved, recast

# A busy machine is slow, and says nothing about the rule.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
HOUSE = House(crew=frozenset({1, 2, 3}), samples={7: 3}, rest_min=60, day_max_min=240, week_max_min=600)


def plan(number: int, begin_min: int = 0, length_min: int = 60, *, host: int = 1, studio: int = 1, **more) -> Plan:
    begins_at = MONDAY + timedelta(minutes=begin_min)
    ends_at = begins_at + timedelta(minutes=length_min)
    told = {"turn_around_min": 30, "community_id": 1, "studio_community_id": 1, **more}
    work = told.pop("work", (Work(member_id=host, begins_at=begins_at, ends_at=ends_at),))
    return Plan(slot_id=number, studio_id=studio, begins_at=begins_at, ends_at=ends_at, work=work, **told)


def kinds(one: Plan, *others: Plan, house: House = HOUSE) -> list[tuple[str, tuple[int, ...]]]:
    return [(found.kind, found.others) for found in conflicts_of(one, others, house)]


def test_nothing_stands_in_the_way_of_a_show_by_itself():
    assert kinds(plan(1)) == []
    assert kinds(plan(1), plan(1)) == []


@pytest.mark.parametrize(
    ("begin_min", "expected"),
    [(59, ["studio_taken"]), (60, ["turn_around"]), (89, ["turn_around"]), (90, []), (-60, ["turn_around"]), (-90, [])],
)
def test_a_studio_holds_one_show_and_then_its_turn_around(begin_min: int, expected: list[str]):
    assert [kind for kind, _ in kinds(plan(1), plan(2, begin_min, host=2))] == expected


def test_the_longer_turn_around_of_two_plans_is_asked():
    assert kinds(plan(1), plan(2, 100, host=2, turn_around_min=45)) == [("turn_around", (2,))]


@pytest.mark.parametrize(
    ("begin_min", "expected"), [(59, ["host_taken"]), (60, ["host_rest"]), (119, ["host_rest"]), (120, [])]
)
def test_a_host_stands_in_one_studio_and_rests(begin_min: int, expected: list[str]):
    assert [kind for kind, _ in kinds(plan(1), plan(2, begin_min, studio=2))] == expected


def test_other_work_at_the_same_time_is_a_warning():
    helping = plan(
        2, 30, studio=2, work=(Work(member_id=1, begins_at=MONDAY, ends_at=MONDAY + timedelta(hours=1), is_host=False),)
    )
    assert kinds(plan(1), helping) == [("crew_busy", (2,))]
    assert kinds(helping, plan(1)) == [("crew_busy", (1,))]


def test_hours_of_a_day_are_those_of_the_zone():
    late = plan(2, 12 * 60, 200, studio=2)  # begins at midnight in Moscow: the next day there
    early = replace(late, begins_at=late.begins_at - timedelta(minutes=1), work=(
        replace(late.work[0], begins_at=late.begins_at - timedelta(minutes=1)),
    ))  # fmt: skip
    assert kinds(plan(1), late) == []
    assert [(one.kind, one.amount, one.limit) for one in conflicts_of(plan(1), [early], HOUSE)] == [
        ("day_hours", 261, 240)
    ]
    assert kinds(plan(1), early, house=replace(HOUSE, zone="Europe/London")) == [("day_hours", (2,))]


def test_hours_of_a_week_begin_on_monday():
    days = [plan(number + 2, number * 1440, 200, studio=2) for number in range(1, 3)]
    assert kinds(plan(1, 0, 200), *days) == []
    assert kinds(plan(1, 0, 201), *days) == [("week_hours", (3, 4))]
    sunday_before = plan(9, -1440, 200, studio=2)
    assert kinds(plan(1, 0, 200), *days, sunday_before) == []


def test_one_show_alone_can_be_too_long_a_day():
    assert kinds(plan(1, 0, 241)) == [("day_hours", ())]


@pytest.mark.parametrize(("pieces", "expected"), [(1, []), (2, [("sample_short", (2,))])])
def test_samples_are_enough_at_every_moment(pieces: int, expected):
    assert kinds(plan(1, samples={7: 2}), plan(2, 30, host=2, studio=2, samples={7: pieces})) == expected


def test_samples_of_shows_one_after_the_other_are_not_added():
    before = plan(2, -50, host=2, studio=2, samples={7: 2})
    behind = plan(3, 50, host=3, studio=3, samples={7: 2})
    assert kinds(plan(1, samples={7: 1}), before, behind) == []
    assert kinds(plan(1, samples={7: 2}), before, behind) == [("sample_short", (2, 3))]


def test_more_pieces_than_the_house_has_are_short_by_themselves():
    assert kinds(plan(1, samples={7: 4, 8: 1})) == [("sample_short", ()), ("sample_short", ())]


def test_a_host_in_training_is_a_warning_or_a_refusal():
    house = replace(HOUSE, untrained={1})
    assert [(one.kind, one.is_hard) for one in conflicts_of(plan(1), [], house)] == [("host_untrained", False)]
    strict = replace(house, refuses_untrained=True)
    assert [(one.kind, one.is_hard) for one in conflicts_of(plan(1), [], strict)] == [("host_untrained", True)]
    assert conflicts_of(plan(1, host=2), [], strict) == ()


def test_a_show_stays_in_its_community_with_its_crew():
    assert [one.kind for one in conflicts_of(plan(1, host=4, studio_community_id=2), [], HOUSE)] == [
        "studio_elsewhere",
        "not_of_the_crew",
    ]


def test_hard_conflicts_refuse_and_soft_ones_ask_for_a_reason():
    soft, hard = conflicts_of(plan(1), [plan(2, 60, host=2)], HOUSE), conflicts_of(plan(1), [plan(2, host=2)], HOUSE)
    admit_plan((), is_accepted=False)
    admit_plan(soft, is_accepted=True)
    with pytest.raises(PlanDoubtful) as doubt:
        admit_plan(soft, is_accepted=False)
    assert doubt.value.facts == {"conflicts": list(soft)}
    for is_accepted in (True, False):
        with pytest.raises(PlanImpossible):
            admit_plan((*soft, *hard), is_accepted=is_accepted)


plans = st.builds(
    plan,
    st.just(0),
    st.integers(0, 3 * 1440),
    st.integers(5, 300),
    host=st.integers(1, 3),
    studio=st.integers(1, 2),
    samples=st.dictionaries(st.integers(7, 8), st.integers(1, 3), max_size=2),
    turn_around_min=st.integers(0, 120),
)


@patient
@given(plans, plans)
def test_what_one_show_has_against_another_the_other_has_against_it(first: Plan, second: Plan):
    first, second = replace(first, slot_id=1), replace(second, slot_id=2)
    there = {one.named(1) for one in conflicts_of(first, [second], HOUSE) if one.others}
    back = {one.named(2) for one in conflicts_of(second, [first], HOUSE) if one.others}
    assert there == back


@patient
@given(plans, st.lists(plans, max_size=5))
def test_far_from_all_others_there_is_no_conflict(one: Plan, others: list[Plan]):
    others = [replace(each, slot_id=number + 2) for number, each in enumerate(others)]
    away = (one.begins_at + timedelta(days=14), one.ends_at + timedelta(days=14))
    fits = replace(HOUSE, day_max_min=300, samples={7: 3, 8: 3})
    far = moved(one, studio_id=1, studio_community_id=1, turn_around_min=30, becomes=away)
    assert conflicts_of(far, others, fits) == ()


@patient
@given(plans, plans)
def test_two_shows_that_share_a_studio_and_a_moment_are_refused(first: Plan, second: Plan):
    second = replace(second, slot_id=2, studio_id=first.studio_id)
    overlap = first.begins_at < second.ends_at and second.begins_at < first.ends_at
    found = {one.kind for one in conflicts_of(replace(first, slot_id=1), [second], HOUSE)}
    assert ("studio_taken" in found) == overlap


@patient
@given(st.integers(0, 30), st.integers(0, 30), st.integers(-500, 500), st.integers(5, 300))
def test_time_at_work_stays_within_a_moved_show(late_min: int, early_min: int, by_min: int, length_min: int):
    was = (MONDAY, MONDAY + timedelta(minutes=90))
    span = (was[0] + timedelta(minutes=late_min), was[1] - timedelta(minutes=early_min))
    begins_at = MONDAY + timedelta(minutes=by_min)
    becomes = (begins_at, begins_at + timedelta(minutes=length_min))
    kept = carried(span, was=was, becomes=becomes)
    assert becomes[0] <= kept[0] < kept[1] <= becomes[1]
    if length_min >= 90:
        assert kept == (becomes[0] + timedelta(minutes=late_min), becomes[1] - timedelta(minutes=early_min))


def test_another_host_takes_the_whole_show():
    one = recast(plan(1, work=(*plan(1).work, *plan(1, host=2).work)), before=1, after=3)
    assert [(work.member_id, work.begins_at) for work in one.work] == [(2, one.begins_at), (3, one.begins_at)]
    assert recast(plan(1), before=1, after=1) == plan(1)
