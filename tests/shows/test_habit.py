"""The habit of rooms: learned from earlier shows, held against the last ten minutes; and in a town, who is hurt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pytest

from svoi.engines.integrity.live import RoomHabit, learn_habit
from svoi.shows.models import Show, WatchSample
from svoi.shows.queries.habit import habit_before
from svoi.shows.rules.habit import ACTED_MAX, STRETCH_S, Bearing, Habit
from svoi.shows.rules.weighing import ROOM_LIMITS, Scales
from svoi.town import Town, build
from svoi.town.names import CODES, first_of
from tests import cast
from tests.cast import NOON

LIVELY = RoomHabit(low=0.2, stretches=60)


def held(habit: Habit, *, watching: int, acting: int, minutes: int = 11, led_here: float = 0.0) -> Bearing:
    """So many watch for these minutes, and the same few act in each."""
    seen = Bearing()
    for second in range(0, minutes * 60, 5):
        if second % 60 == 0:
            for number in range(acting):
                habit.act(f"v{number}", at_s=second + 0.0)
        seen = habit.look(watching, led_here=led_here, at_s=float(second))
    return seen


def test_a_crowd_that_nobody_in_it_bears_out_is_the_excess() -> None:
    assert held(Habit(LIVELY), watching=100, acting=20) == Bearing(20, 0)
    assert held(Habit(LIVELY), watching=1_000, acting=20) == Bearing(20, 1_000 - int((20 + 3 * 21**0.5) / 0.2))


def test_whoever_was_led_here_owes_the_room_no_habit() -> None:
    assert held(Habit(LIVELY), watching=1_000, acting=20, led_here=1_000) == Bearing(20, 0)


def test_a_room_without_history_and_a_stretch_not_yet_over_are_not_judged() -> None:
    assert held(Habit(), watching=1_000, acting=0) == Bearing(0, None)
    assert held(Habit(RoomHabit(0.2, 9)), watching=1_000, acting=0) == Bearing(0, 0)
    assert held(Habit(LIVELY), watching=1_000, acting=0, minutes=9) == Bearing()


def test_those_who_just_came_are_not_held_against_what_others_did() -> None:
    habit = Habit(LIVELY)
    held(habit, watching=100, acting=20)
    assert habit.look(1_000, led_here=0, at_s=660.0) == Bearing(20, 0)


def test_memory_is_bounded_and_what_is_forgotten_is_not_held_against_anybody() -> None:
    habit = Habit(LIVELY)
    held(habit, watching=100, acting=20)
    for number in range(ACTED_MAX + 1):
        habit.act(f"w{number}", at_s=660.0)
    assert habit.look(100, led_here=0, at_s=661.0) == Bearing()


def test_what_is_told_to_people_is_expected_and_fades() -> None:
    scales = Scales(7)
    scales.hear_fact("reminders_rang", {"reach": 2_000}, at_s=0.0)
    assert scales.led_here(0.0) == 1_000
    assert scales.led_here(ROOM_LIMITS.shown_fade_s) == pytest.approx(1_000 / np.e)
    scales.hear_fact("reminders_rang", {"reach": 100}, at_s=ROOM_LIMITS.shown_fade_s)
    assert scales.led_here(ROOM_LIMITS.shown_fade_s) == pytest.approx(1_000 / np.e + 50)


def sampled(show: Show, minutes: int, *, weighed: int, acted: int | None, excess: int | None = None) -> None:
    """A show that is over, sampled every minute."""
    began = NOON - timedelta(days=9)
    Show.objects.filter(pk=show.pk).update(went_live_at=began, ended_at=began + timedelta(minutes=minutes))
    WatchSample.objects.bulk_create(
        WatchSample(
            show=show, at=began + timedelta(minutes=minute), raw=weighed, counted=weighed, present=weighed,
            weighed=weighed, acted=acted, excess=excess,
        )
        for minute in range(minutes)
    )  # fmt: skip


@pytest.mark.django_db
def test_a_habit_is_learned_from_earlier_shows_of_the_community_alone(table, cellar, anna, django_assert_num_queries):
    coming = cast.live_show(table, anna)
    assert habit_before(coming) == RoomHabit()
    sampled(cast.live_show(table, anna), 124, weighed=100, acted=30)
    sampled(cast.live_show(cellar, anna), 100, weighed=100, acted=1)
    sampled(cast.live_show(table, anna), 60, weighed=400, acted=None)  # before anybody asked who acts
    # Four minutes at the end are no stretch.
    assert habit_before(coming) == RoomHabit(low=0.3, stretches=12)
    sampled(cast.live_show(table, anna), 100, weighed=1_000, acted=20, excess=900)
    with django_assert_num_queries(2):
        learned = habit_before(coming)
    assert learned == RoomHabit(low=0.2, stretches=22)  # a crowd that was found teaches nothing


def shows_of(town: Town, *, quiet: float = 1.0) -> Iterator[list[tuple[float, int, float, int]]]:
    """Of each show in order: (watching, acting, led here, fakes) each minute; every third is as `quiet`."""
    watches, facts, shown, dice = town.books["watches"], town.facts, town.exposures, np.random.default_rng(7)
    deeds = np.isin(facts["verb"], [CODES["react"], CODES["chat"]])
    begins = {show: watches["from_s"][watches["show"] == show].min() for show in np.unique(watches["show"])}
    for nth, show in enumerate(sorted(begins, key=lambda show: begins[show])):
        own, target = watches["show"] == show, first_of("show") + show
        from_s, until_s, fake = watches["from_s"][own], watches["until_s"][own], watches["scheme"][own] != 0
        which = deeds & (facts["target"] == target)
        if nth % 3 == 2:
            which &= dice.random(len(which)) < quiet
        at_s, who = facts["at_s"][which], facts["actor"][which]
        pushes = [
            (at, reach)
            for at, reach, of in zip(shown["at_s"], shown["reach_n"], shown["target"], strict=True)
            if of == target
        ]
        rows = []
        for now in np.arange(from_s.min() + STRETCH_S, until_s.max(), 60.0):
            there = [(from_s <= at) & (until_s > at) for at in np.arange(now - STRETCH_S + 30, now, 60.0)]
            acting = len(np.unique(who[(at_s > now - STRETCH_S) & (at_s <= now)]))
            led = sum(0.5 * reach * np.exp((at - now) / ROOM_LIMITS.shown_fade_s) for at, reach in pushes if at <= now)
            watching = float(np.mean([each.sum() for each in there]))
            rows.append((watching, acting, float(led), int(np.mean([(each & fake).sum() for each in there]))))
        yield rows


def judged(town: Town, **more: float) -> tuple[int, int, float]:
    """(minutes judged of honest shows, of those with anybody beyond the habit; share of fake viewers found)."""
    past: list[list[tuple[float, float]]] = []
    honest = lowered = fakes = found = 0
    for rows in shows_of(town, **more):
        habit = learn_habit([stretch for each in past[-12:] for stretch in each])
        for watching, acting, led, fake in rows:
            room = Habit(habit)
            for number in range(acting):
                room.act(f"v{number}", at_s=STRETCH_S)
            room.look(round(watching), led_here=led, at_s=0.0)
            excess = room.look(round(watching), led_here=led, at_s=STRETCH_S).excess
            if excess is None:
                continue
            if fake:
                fakes, found = fakes + fake, found + min(excess, fake)
            else:
                honest, lowered = honest + 1, lowered + (excess > 0)
        past.append([(watching, acting) for watching, acting, *_ in rows[::10] if watching >= 1])
    return honest, lowered, found / max(1, fakes)


def test_in_a_town_no_honest_show_is_beyond_its_habit_and_most_of_a_farm_is() -> None:
    honest, lowered, _ = judged(build(people=60_000, seed=3, days=4))
    assert honest > 1_500
    assert lowered == 0
    *_, found = judged(build(people=60_000, seed=3, days=4, attacks=["fake_viewers:high,viewers=1500"]))
    assert found > 0.8


def test_a_quiet_show_among_lively_ones_is_why_the_rule_is_only_watched() -> None:
    """People who listen are really there; whoever makes this rule lower nobody of them may let it be put in force."""
    honest, lowered, _ = judged(build(people=60_000, seed=3, days=4), quiet=0.05)
    assert 0 < lowered < 0.1 * honest
