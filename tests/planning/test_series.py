"""Series: made once, right across the change of clocks, changed only where nothing was agreed to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from svoi.communities.rules import RoleMissing
from svoi.planning.actions.approving import approve_slot, ask_approval
from svoi.planning.actions.moving import move_slot, remove_slot
from svoi.planning.actions.series import Wanted, change_series, end_series, make_series, plan_series, skip_date
from svoi.planning.actions.wording import reword_planned
from svoi.planning.models import ConflictAcceptance, Series, SeriesSkip, Shift, Slot
from svoi.planning.queries.standing import standing_of
from svoi.planning.rules.approving import SlotStale
from svoi.planning.rules.recurring import PatternEmpty, SeriesEnded
from svoi.shows.models import Show
from tests import cast
from tests.cast import NOON, recorded
from tests.planning.desk import place, planned, refused, studio

FRIDAY = date(2026, 11, 27)
WEEK = timedelta(weeks=1)


def wanted(room, *host_ids: int, **changes) -> Wanted:
    told = Wanted(
        title_ru="Пятница со льном",
        studio_id=room.pk,
        weekdays=frozenset({4}),
        local_time=time(19),
        length_min=60,
        preparation_min=30,
        starts_on=FRIDAY,
        host_ids=host_ids,
        weeks_ahead=4,
    )
    return replace(told, **changes)


def friday_series(room, anna, **changes) -> Series:
    return plan_series(community=room.community, wanted=wanted(room, anna.pk, **changes), by=anna, at=NOON)


def dates() -> list[tuple[str, str]]:
    """Standing shows: the date in the series, and the moment in UTC."""
    rows = Slot.objects.standing().filter(series__isnull=False).order_by("local_date")
    return [(str(one.local_date), one.starts_at.astimezone(UTC).strftime("%m-%d %H:%M")) for one in rows]


def test_shows_are_made_once(room, anna):
    series = friday_series(room, anna)
    done = make_series(series_id=series.pk, by=anna, at=NOON)
    assert done.made == [FRIDAY + number * WEEK for number in range(4)]
    assert dates() == [
        ("2026-11-27", "11-27 16:00"),
        ("2026-12-04", "12-04 16:00"),
        ("2026-12-11", "12-11 16:00"),
        ("2026-12-18", "12-18 16:00"),
    ]
    before = (recorded(), Show.objects.count(), Shift.objects.count())
    again = make_series(series_id=series.pk, by=anna, at=NOON)
    assert (again.made, again.changed, again.taken_out, again.kept_out) == ([], [], [], [])
    assert (recorded(), Show.objects.count(), Shift.objects.count()) == before
    later = make_series(series_id=series.pk, by=anna, at=NOON + WEEK)
    assert later.made == [date(2026, 12, 25)]
    assert [payload["series_id"] for _, payload in recorded("show_planned")] == [series.pk] * 5


def test_the_wall_clock_of_berlin_stays_when_summer_ends(table, anna):
    room = studio(table, anna, name="Берлин", time_zone="Europe/Berlin")
    at = datetime(2026, 10, 19, 9, tzinfo=UTC)
    series = plan_series(
        community=table, wanted=wanted(room, anna.pk, starts_on=at.date(), weeks_ahead=2), by=anna, at=at
    )
    make_series(series_id=series.pk, by=anna, at=at)
    assert dates() == [("2026-10-23", "10-23 17:00"), ("2026-10-30", "10-30 18:00")]


def test_hosts_take_turns(room, anna, host):
    series = plan_series(community=room.community, wanted=wanted(room, host.pk, anna.pk), by=anna, at=NOON)
    make_series(series_id=series.pk, by=anna, at=NOON)
    assert [slot.show.host for slot in Slot.objects.order_by("local_date")] == [host, anna, host, anna]


def test_a_changed_pattern_changes_the_open_future_alone(room, table, anna, host):
    series = friday_series(room, anna)
    make_series(series_id=series.pk, by=anna, at=NOON)
    agreed, by_hand, open_one, _ = Slot.objects.order_by("local_date")
    ask_approval(slot_id=agreed.pk, seen=1, by=anna, at=NOON)
    approve_slot(slot_id=agreed.pk, seen=1, by=anna, at=NOON)
    moved_to = replace(place(room), starts_at=by_hand.starts_at + timedelta(hours=1))
    move_slot(slot_id=by_hand.pk, seen=1, place=moved_to, by=anna, at=NOON)
    change = wanted(room, host.pk, local_time=time(20, 30), title_ru="Лён вечером", length_min=90)
    done = change_series(series_id=series.pk, seen=1, wanted=change, by=anna, at=NOON)
    assert done.changed == [date(2026, 12, 11), date(2026, 12, 18)]
    assert dates() == [
        ("2026-11-27", "11-27 16:00"),
        ("2026-12-04", "12-04 17:00"),
        ("2026-12-11", "12-11 17:30"),
        ("2026-12-18", "12-18 17:30"),
    ]
    changed = Slot.objects.select_related("show__host").get(pk=open_one.pk)
    assert (changed.show.title_ru, changed.show.host, changed.length_min, changed.moved_at) == (
        "Лён вечером", host, 90, None,
    )  # fmt: skip
    hosts = Shift.objects.filter(slot=changed, role="host").order_by("removed_at")
    assert list(hosts.values_list("member", "removed_at")) == [(anna.pk, NOON), (host.pk, None)]
    assert (hosts.last().begins_at, hosts.last().ends_at) == (changed.begins_at, changed.ends_at)
    again = change_series(series_id=series.pk, seen=2, wanted=change, by=anna, at=NOON)
    assert (again.made, again.changed, again.taken_out) == ([], [], [])


def test_words_chosen_by_hand_stay_when_the_series_changes(room, anna):
    series = friday_series(room, anna)
    make_series(series_id=series.pk, by=anna, at=NOON)
    first, second, *_ = Slot.objects.order_by("local_date")
    assert reword_planned(show_id=first.show_id, words={"title_ru": "Лён и мёд"}, by=anna, at=NOON) == ["title_ru"]
    assert reword_planned(show_id=second.show_id, words={"title_ru": second.show.title_ru}, by=anna, at=NOON) == []
    change = wanted(room, anna.pk, local_time=time(20, 30), title_ru="Лён вечером")
    change_series(series_id=series.pk, seen=1, wanted=change, by=anna, at=NOON)
    titles = Slot.objects.order_by("local_date").values_list("show__title_ru", flat=True)
    assert list(titles) == ["Лён и мёд", *["Лён вечером"] * 3]
    # Its time went along: only the words are hers.
    assert [moment for _, moment in dates()] == ["11-27 17:30", "12-04 17:30", "12-11 17:30", "12-18 17:30"]


def test_a_day_taken_out_of_the_pattern_can_come_back(room, anna):
    series = friday_series(room, anna)
    make_series(series_id=series.pk, by=anna, at=NOON)
    saturdays = wanted(room, anna.pk, weekdays=frozenset({5}))
    done = change_series(series_id=series.pk, seen=1, wanted=saturdays, by=anna, at=NOON)
    assert (len(done.taken_out), len(done.made)) == (4, 4)
    done = change_series(series_id=series.pk, seen=2, wanted=wanted(room, anna.pk), by=anna, at=NOON)
    assert (len(done.taken_out), len(done.made)) == (4, 4)
    assert [day for day, _ in dates()] == [str(FRIDAY + number * WEEK) for number in range(4)]
    assert (Show.objects.standing().count(), Show.objects.count()) == (4, 12)


def test_a_skipped_date_stays_skipped(room, anna):
    series = friday_series(room, anna)
    for _ in range(2):
        skip_date(series_id=series.pk, day=FRIDAY, reason="Ярмарка", by=anna, at=NOON)
    make_series(series_id=series.pk, by=anna, at=NOON)
    made = Slot.objects.get(local_date=FRIDAY + WEEK)
    remove_slot(slot_id=made.pk, seen=1, reason="Гость заболел", by=anna, at=NOON)
    skip_date(series_id=series.pk, day=FRIDAY + 2 * WEEK, reason="", by=anna, at=NOON)
    again = make_series(series_id=series.pk, by=anna, at=NOON)
    change_series(series_id=series.pk, seen=1, wanted=wanted(room, anna.pk, length_min=45), by=anna, at=NOON)
    assert again.made == []
    assert [day for day, _ in dates()] == ["2026-12-18"]
    assert list(SeriesSkip.objects.order_by("local_date").values_list("reason", flat=True)) == [
        "Ярмарка",
        "Гость заболел",
        "",
    ]
    assert len(recorded("series_date_skipped")) == 3


def test_a_date_that_cannot_be_is_kept_out_and_comes_later(room, anna, host):
    stays = planned(room, host, by=anna, hours=5 * 24 + 4)  # Friday, 16:00 UTC
    series = friday_series(room, anna)
    done = make_series(series_id=series.pk, by=anna, at=NOON)
    assert [(day, [one.kind for one in found]) for day, found in done.kept_out] == [(FRIDAY, ["studio_taken"])]
    assert (len(done.made), Show.objects.count()) == (3, 4)
    remove_slot(slot_id=stays.pk, seen=1, reason="", by=anna, at=NOON)
    assert make_series(series_id=series.pk, by=anna, at=NOON).made == [FRIDAY]


def test_warnings_of_a_series_stand_until_somebody_approves(room, anna, host):
    planned(room, host, by=anna, hours=5 * 24 + 5.75)  # a quarter of an hour after the Friday show
    make_series(series_id=friday_series(room, anna).pk, by=anna, at=NOON)
    slot = Slot.objects.get(local_date=FRIDAY)
    assert [(one.conflict.kind, one.accepted) for one in standing_of(slot)] == [("turn_around", None)]
    assert ConflictAcceptance.objects.count() == 0


def test_what_has_passed_today_is_not_made(room, anna):
    series = friday_series(room, anna)
    evening = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)
    assert make_series(series_id=series.pk, by=anna, at=evening).made[0] == FRIDAY + WEEK


def test_an_ended_series_lets_go_of_what_nobody_agreed_to(room, anna):
    series = friday_series(room, anna)
    make_series(series_id=series.pk, by=anna, at=NOON)
    agreed = Slot.objects.get(local_date=FRIDAY)
    ask_approval(slot_id=agreed.pk, seen=1, by=anna, at=NOON)
    approve_slot(slot_id=agreed.pk, seen=1, by=anna, at=NOON)
    assert len(end_series(series_id=series.pk, by=anna, at=NOON).taken_out) == 3
    assert [day for day, _ in dates()] == ["2026-11-27"]
    for verb in (make_series, end_series):
        with refused(SeriesEnded):
            verb(series_id=series.pk, by=anna, at=NOON)


def test_two_planners_do_not_overwrite_each_other(room, anna):
    series = friday_series(room, anna)
    change_series(series_id=series.pk, seen=1, wanted=wanted(room, anna.pk, length_min=45), by=anna, at=NOON)
    with refused(SlotStale):
        change_series(series_id=series.pk, seen=1, wanted=wanted(room, anna.pk, length_min=90), by=anna, at=NOON)
    assert Series.objects.get().length_min == 45


@pytest.mark.parametrize(
    "changes", [{"weekdays": frozenset()}, {"host_ids": ()}, {"until": FRIDAY - timedelta(days=1)}]
)
def test_a_series_that_names_no_day_or_host_is_refused(room, anna, changes):
    with refused(PatternEmpty):
        friday_series(room, anna, **changes)
    assert Series.objects.count() == 0


def test_a_host_plans_no_series(room, anna, host):
    with refused(RoleMissing):
        plan_series(community=room.community, wanted=wanted(room, anna.pk), by=host, at=NOON)
    series = friday_series(room, anna)
    with refused(RoleMissing):
        make_series(series_id=series.pk, by=host, at=NOON)


def test_a_series_of_a_host_who_left_makes_nothing_and_says_so(room, anna, host, table):
    series = plan_series(community=table, wanted=wanted(room, host.pk), by=anna, at=NOON)
    host.role_grants.all().delete()
    done = make_series(series_id=series.pk, by=anna, at=NOON)
    assert [[one.kind for one in found] for _, found in done.kept_out] == [["not_of_the_crew"]] * 4
    assert Show.objects.count() == 0
    assert cast.recorded("show_planned") == []
