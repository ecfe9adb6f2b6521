"""What reaches people outside the pages: a calendar that follows somebody's shifts, and reminders of shows."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from svoi.members.models import Member
from svoi.planning.rules.reminding import AHEAD_MIN
from svoi.shows.models import Show


class CalendarFeed(models.Model):
    """The secret address of somebody's shifts; only its hash is kept, and a new one revokes the old."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="calendar_feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_calendarfeed"
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=Q(revoked_at__isnull=True), name="one_feed_a_member")
        ]


class Reminder(models.Model):
    """That a member wants to be reminded of a show `ahead_min` before it; rung at most once, or recalled."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="reminders")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="reminders")
    ahead_min = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    recalled_at = models.DateTimeField(null=True)
    rung_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_reminder"
        constraints = [
            models.UniqueConstraint(fields=["show", "member"], name="reminder_once"),
            models.CheckConstraint(condition=Q(ahead_min__in=AHEAD_MIN), name="reminder_time_is_offered"),
            models.CheckConstraint(
                condition=Q(recalled_at=None) | Q(rung_at=None), name="reminder_rings_or_is_recalled"
            ),
        ]
