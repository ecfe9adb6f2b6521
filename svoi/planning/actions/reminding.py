"""Reminders of shows, each at most once, and the secret addresses of calendars."""

from __future__ import annotations

import secrets
from collections import Counter
from datetime import datetime, timedelta

from django.db.models import DurationField, ExpressionWrapper, F, Value

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.letters.providers import mail
from svoi.letters.rules import withheld_for
from svoi.members.models import Member
from svoi.planning.events import ReminderRang, RemindersRang
from svoi.planning.models import CalendarFeed, Reminder
from svoi.planning.rules.reminding import FEED_TOKEN_BYTES, admit_reminder, hash_feed
from svoi.shows.models import Show

RUNG_AT_ONCE_MAX = 500


@atomic
def ask_reminder(*, show: Show, member: Member, ahead_min: int, at: datetime) -> Reminder:
    """Remind her so many minutes before a show; another time replaces the first, and one that rang stays rung.

    Raises `ReminderUnfit`, `ReminderTooLate`.
    """
    Member.objects.select_for_update(no_key=True).filter(pk=member.pk).first()  # two taps are one reminder
    known = Reminder.objects.filter(show=show, member=member).first()
    if known and known.rung_at:
        return known
    is_scheduled = show.went_live_at is None and show.called_off_at is None
    admit_reminder(ahead_min=ahead_min, starts_at=show.starts_at, is_scheduled=is_scheduled, at=at)
    wanted = {"ahead_min": ahead_min, "asked_at": at, "recalled_at": None}
    reminder, _ = Reminder.objects.update_or_create(show=show, member=member, defaults=wanted)
    return reminder


@atomic
def recall_reminder(*, show_id: int, member: Member, at: datetime) -> bool:
    """She does not want it any more; False when there is nothing to recall, or it rang before."""
    waiting = Reminder.objects.filter(show_id=show_id, member=member, recalled_at=None, rung_at=None)
    return bool(waiting.update(recalled_at=at))


@atomic
def ring_reminders(*, at: datetime) -> int:
    """Mark every reminder whose moment has come as rung, and say so once; for the clock. Returns how many.

    One whose show began meanwhile is not rung: nobody is reminded of what is over.
    """
    ahead = ExpressionWrapper(F("ahead_min") * Value(timedelta(minutes=1)), output_field=DurationField())
    waiting = Reminder.objects.filter(recalled_at=None, rung_at=None, show__starts_at__gt=at)
    due = waiting.filter(show__called_off_at=None, show__went_live_at=None, show__starts_at__lte=Value(at) + ahead)
    locked = due.select_related("member").select_for_update(skip_locked=True, of=("self",))
    rows = list(locked.order_by("pk")[:RUNG_AT_ONCE_MAX])
    Reminder.objects.filter(pk__in=[one.pk for one in rows]).update(rung_at=at)
    for one in rows:
        record(ReminderRang(show_id=one.show_id, reminder_id=one.pk, member_id=one.member_id))
    is_set_up = mail.mail_is_set_up()
    led = [one for one in rows if not withheld_for(address=one.member.email, mail_is_set_up=is_set_up)]
    for show_id, reach in sorted(Counter(one.show_id for one in led).items()):
        record(RemindersRang(show_id=show_id, reach=reach))
    return len(rows)


@atomic
def issue_feed(*, member: Member, at: datetime) -> str:
    """A new secret address of her shifts, shown once; the old one leads nowhere from now on."""
    revoke_feed(member=member, at=at)
    token = secrets.token_urlsafe(FEED_TOKEN_BYTES)
    CalendarFeed.objects.create(member=member, token_hash=hash_feed(token), issued_at=at)
    return token


@atomic
def revoke_feed(*, member: Member, at: datetime) -> bool:
    """Her address leads nowhere any more; False when there was none."""
    Member.objects.select_for_update(no_key=True).filter(pk=member.pk).first()
    return bool(CalendarFeed.objects.filter(member=member, revoked_at=None).update(revoked_at=at))


@atomic
def forget_in_calendar(*, member: Member, at: datetime) -> None:
    """Let go of what a calendar keeps of somebody who wants to be forgotten; work she did stays on record."""
    Reminder.objects.filter(member=member).delete()
    CalendarFeed.objects.filter(member=member).delete()
