"""Reminders ring once and in time; the secret address of a calendar is one at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from svoi.members.models import Member
from svoi.planning.actions.moving import move_slot, remove_slot
from svoi.planning.actions.reminding import (
    ask_reminder,
    forget_in_calendar,
    issue_feed,
    recall_reminder,
    revoke_feed,
    ring_reminders,
)
from svoi.planning.models import CalendarFeed, Reminder
from svoi.planning.rules.reminding import ReminderTooLate, ReminderUnfit, hash_feed
from svoi.shows.models import Show
from tests.cast import NOON, recorded
from tests.planning.desk import after, place, planned, refused


@pytest.fixture
def show(room, anna) -> Show:
    return planned(room, anna).show


def rung() -> list[dict[str, object]]:
    return [payload for _, payload in recorded("reminder_rang")]


def test_a_reminder_rings_at_its_moment_and_never_again(show, vera):
    reminder = ask_reminder(show=show, member=vera, ahead_min=30, at=NOON)
    due = show.starts_at - timedelta(minutes=30)
    assert ring_reminders(at=due - timedelta(seconds=1)) == 0
    assert (ring_reminders(at=due), ring_reminders(at=due)) == (1, 0)
    assert rung() == [{"show_id": show.pk, "reminder_id": reminder.pk, "member_id": vera.pk}]
    again = ask_reminder(show=show, member=vera, ahead_min=5, at=due)
    assert (again.ahead_min, again.rung_at, recall_reminder(show_id=show.pk, member=vera, at=due)) == (30, due, False)


def test_a_room_is_told_how_many_letters_lead_there_and_nobody_else_is(show, vera, gleb, boris, settings):
    settings.MAIL_URL = "smtp://mail.example.ru"
    Member.objects.filter(pk=boris.pk).update(email=None, phone="+79990000001")
    for person in (vera, gleb, boris):
        ask_reminder(show=show, member=person, ahead_min=30, at=NOON)
    assert ring_reminders(at=show.starts_at - timedelta(minutes=30)) == 3
    assert recorded("reminders_rang") == [("reminders_rang", {"show_id": show.pk, "reach": 2})]


def test_a_house_that_sends_no_mail_leads_nobody(show, vera, settings):
    settings.MAIL_URL = ""
    ask_reminder(show=show, member=vera, ahead_min=30, at=NOON)
    assert ring_reminders(at=show.starts_at - timedelta(minutes=30)) == 1
    assert recorded("reminders_rang") == []


def test_another_time_replaces_the_first_and_a_recalled_one_is_silent(show, vera, gleb):
    ask_reminder(show=show, member=vera, ahead_min=60, at=NOON)
    ask_reminder(show=show, member=vera, ahead_min=5, at=NOON)
    ask_reminder(show=show, member=gleb, ahead_min=60, at=NOON)
    assert [recall_reminder(show_id=show.pk, member=gleb, at=NOON) for _ in range(2)] == [True, False]
    assert ring_reminders(at=show.starts_at - timedelta(minutes=59)) == 0
    assert ring_reminders(at=show.starts_at - timedelta(minutes=5)) == 1
    assert list(Reminder.objects.order_by("pk").values_list("ahead_min", "recalled_at")) == [(5, None), (60, NOON)]
    ask_reminder(show=show, member=gleb, ahead_min=5, at=NOON)
    assert Reminder.objects.get(member=gleb).recalled_at is None


def test_a_reminder_follows_a_moved_show_and_dies_with_one_called_off(room, show, vera, anna):
    ask_reminder(show=show, member=vera, ahead_min=15, at=NOON)
    move_slot(slot_id=show.slot.pk, seen=1, place=place(room, hours=48), by=anna, at=NOON)
    assert ring_reminders(at=after(24)) == 0
    remove_slot(slot_id=show.slot.pk, seen=2, reason="", by=anna, at=NOON)
    assert ring_reminders(at=after(48) - timedelta(minutes=15)) == 0


def test_nobody_is_reminded_of_what_has_begun(show, vera):
    ask_reminder(show=show, member=vera, ahead_min=15, at=NOON)
    assert ring_reminders(at=show.starts_at) == 0
    Show.objects.filter(pk=show.pk).update(went_live_at=after(23.9))
    assert ring_reminders(at=after(23.9)) == 0


@pytest.mark.parametrize(("ahead_min", "hours", "refusal"), [(7, 0, ReminderUnfit), (60, 23, ReminderTooLate)])
def test_a_reminder_that_cannot_ring_is_refused(show, vera, ahead_min, hours, refusal):
    with refused(refusal):
        ask_reminder(show=show, member=vera, ahead_min=ahead_min, at=after(hours))
    assert Reminder.objects.count() == 0


def test_an_address_is_one_at_a_time_and_kept_as_a_hash(vera):
    first, second = issue_feed(member=vera, at=NOON), issue_feed(member=vera, at=after(1))
    assert list(CalendarFeed.objects.order_by("pk").values_list("token_hash", "revoked_at")) == [
        (hash_feed(first), after(1)),
        (hash_feed(second), None),
    ]
    assert [revoke_feed(member=vera, at=after(2)) for _ in range(2)] == [True, False]


def test_forgetting_takes_reminders_and_addresses(show, vera, anna):
    for person in (vera, anna):
        ask_reminder(show=show, member=person, ahead_min=15, at=NOON)
        issue_feed(member=person, at=NOON)
    forget_in_calendar(member=vera, at=NOON)
    assert list(Reminder.objects.values_list("member", flat=True)) == [anna.pk]
    assert list(CalendarFeed.objects.values_list("member", flat=True)) == [anna.pk]
