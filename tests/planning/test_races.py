"""Many hands on one calendar: a studio and a host are given once, a series is made once, a reminder rings once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from svoi.members.models import Member
from svoi.planning.actions.moving import move_slot
from svoi.planning.actions.reminding import ask_reminder, ring_reminders
from svoi.planning.actions.series import make_series
from svoi.planning.models import Reminder, Shift, Slot
from tests import cast
from tests.cast import NOON, recorded
from tests.planning.desk import place, planned, studio
from tests.planning.test_series import friday_series
from tests.races.at_once import THREADS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def overlaps(table: str, same: str, condition: str = "true") -> int:
    """Pairs of rows that share something at one moment, counted by the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select count(*) from {table} a join {table} b on a.id < b.id and a.{same} = b.{same} "
            "and tstzrange(a.begins_at, a.ends_at) && tstzrange(b.begins_at, b.ends_at) "
            f"where a.removed_at is null and b.removed_at is null and {condition}"
        )
        return int(cursor.fetchone()[0])


def test_two_moves_onto_one_studio_leave_one_there(room, table, anna):
    hosts = [cast.joins(cast.member(f"Host{number}"), table, "host") for number in range(THREADS)]
    small = studio(table, anna, name="Малая", turn_around_min=0)
    slots = [planned(small, host, by=anna, hours=24 + 2 * number) for number, host in enumerate(hosts)]

    def move(number: int) -> None:
        move_slot(slot_id=slots[number].pk, seen=1, place=place(room, hours=200), by=anna, at=NOON)

    assert at_once(move) == ["done"] + ["plan_impossible"] * (THREADS - 1)
    assert (Slot.objects.filter(studio=room).count(), overlaps("svoi_slot", "studio_id")) == (1, 0)
    assert len(recorded("slot_moved")) == 1


def test_two_who_saw_the_same_plan_do_not_overwrite_each_other(room, anna):
    slot = planned(room, anna)

    def move(number: int) -> None:
        move_slot(slot_id=slot.pk, seen=1, place=place(room, hours=30 + number), by=anna, at=NOON)

    assert at_once(move) == ["done"] + ["slot_stale"] * (THREADS - 1)
    assert (Slot.objects.get().version, len(recorded("slot_moved"))) == (2, 1)


def test_a_host_of_many_communities_is_taken_once(anna):
    """Each community's calendar has a lock of its own; the database keeps the host."""
    places = [cast.community(anna, slug=f"place-{number}") for number in range(THREADS)]
    rooms = [studio(each, anna) for each in places]
    assert at_once(lambda number: planned(rooms[number], anna)) == ["done"] + ["plan_impossible"] * (THREADS - 1)
    assert (Shift.objects.count(), overlaps("svoi_shift", "member_id", "a.role = 'host' and b.role = 'host'")) == (1, 0)
    assert len(recorded("show_planned")) == 1


def test_a_series_made_by_many_hands_is_made_once(room, anna):
    series = friday_series(room, anna)
    assert at_once(lambda number: make_series(series_id=series.pk, by=anna, at=NOON)) == ["done"] * THREADS
    assert (Slot.objects.count(), len(recorded("show_planned"))) == (4, 4)


def test_a_reminder_asked_and_rung_by_many_hands_rings_once(room, anna):
    vera: Member = cast.member("Vera")
    show = planned(room, anna).show
    asked = at_once(lambda number: ask_reminder(show=show, member=vera, ahead_min=15, at=NOON))
    assert (asked, Reminder.objects.count()) == (["done"] * THREADS, 1)
    due = show.starts_at - timedelta(minutes=15)
    assert at_once(lambda number: ring_reminders(at=due)) == ["done"] * THREADS
    assert [payload["member_id"] for _, payload in recorded("reminder_rang")] == [vera.pk]
