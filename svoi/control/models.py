"""Cues, holds, duties, notes, answers, pinned messages, incidents and polls: records of who did what, and when."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from svoi.communities.models import Community
from svoi.control.rules.duties import ACTS
from svoi.control.rules.notes import AUDIENCES, INCIDENT_KINDS, INCIDENT_LENGTH_MAX, NOTE_LENGTH_MAX
from svoi.control.rules.polls import QUESTION_LENGTH_MAX, RUNS_S_MAX, RUNS_S_MIN
from svoi.members.models import Member
from svoi.rundowns.models import Segment
from svoi.shows.models import ChatMessage, Show


class Cue(models.Model):
    """That a segment began on air. Each cue follows exactly one other, so two people never cue over each other."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="cues")
    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="cues")
    after = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "svoi_cue"
        constraints = [models.UniqueConstraint(fields=["show", "after"], name="cue_follows_once", nulls_distinct=False)]


class Hold(models.Model):
    """That somebody steers a show, from one moment to another; `seen_at` is when her console was last heard of."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="holds")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_hold"
        constraints = [
            models.UniqueConstraint(fields=["show"], condition=Q(ended_at__isnull=True), name="one_hold_at_a_time"),
            models.CheckConstraint(condition=Q(seen_at__gte=F("taken_at")), name="hold_is_seen_after_it_began"),
        ]


class Duties(models.Model):
    """What a host or moderator may do, exactly, in a show or in a whole community, as somebody stated it."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="duties")
    show = models.ForeignKey(Show, on_delete=models.PROTECT, null=True, related_name="duties")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    acts = ArrayField(models.CharField(max_length=8, choices=[(act, act) for act in ACTS]), default=list)
    given_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_duties"
        constraints = [
            models.UniqueConstraint(
                fields=["community", "show", "member"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="duties_stated_once",
            ),
            models.CheckConstraint(condition=Q(acts__contained_by=list(ACTS)), name="duties_are_known"),
        ]


class CrewNote(models.Model):
    """A line among the crew, or from a producer to the host. No viewer ever reads it."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="crew_notes")
    audience = models.CharField(max_length=4, choices=[(code, code) for code in AUDIENCES])
    text = models.CharField(max_length=NOTE_LENGTH_MAX)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.UUIDField()

    class Meta:
        db_table = "svoi_crewnote"
        indexes = [models.Index(fields=["show", "-id"], name="crew_notes_of_show")]
        constraints = [
            models.UniqueConstraint(fields=["by", "key"], name="crew_note_once"),
            models.CheckConstraint(condition=Q(audience__in=AUDIENCES), name="crew_note_audience_is_known"),
        ]


class Answer(models.Model):
    """That a question of the chat was answered, by whom."""

    message = models.OneToOneField(ChatMessage, on_delete=models.PROTECT, primary_key=True, related_name="answer")
    answered_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        db_table = "svoi_answer"


class MessagePin(models.Model):
    """A message that stands above the chat, from one moment to another."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="message_pins")
    message = models.ForeignKey(ChatMessage, on_delete=models.PROTECT, related_name="pins")
    pinned_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    pinned_at = models.DateTimeField()
    unpinned_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    unpinned_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_messagepin"
        constraints = [
            models.UniqueConstraint(fields=["show"], condition=Q(unpinned_at__isnull=True), name="one_message_pinned"),
            models.CheckConstraint(
                condition=Q(unpinned_at__isnull=True, unpinned_by__isnull=True)
                | Q(unpinned_at__isnull=False, unpinned_by__isnull=False),
                name="message_is_unpinned_by_somebody",
            ),
        ]


class Incident(models.Model):
    """That something went wrong in a show: of which kind, what was seen, who says so. Never changed."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="incidents")
    kind = models.CharField(max_length=9, choices=[(code, code) for code in INCIDENT_KINDS])
    note = models.CharField(max_length=INCIDENT_LENGTH_MAX)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.UUIDField()

    class Meta:
        db_table = "svoi_incident"
        constraints = [
            models.UniqueConstraint(fields=["by", "key"], name="incident_once"),
            models.CheckConstraint(condition=Q(kind__in=INCIDENT_KINDS), name="incident_kind_is_known"),
        ]


class Poll(models.Model):
    """A question to the room. `options` is [[ru, en], …]; votes are counted from their rows."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="polls")
    question_ru = models.CharField(max_length=QUESTION_LENGTH_MAX)
    question_en = models.CharField(max_length=QUESTION_LENGTH_MAX, blank=True)
    options = models.JSONField()
    runs_s = models.PositiveSmallIntegerField()
    armed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    armed_at = models.DateTimeField()
    key = models.UUIDField()
    fired_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    fired_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_poll"
        constraints = [
            models.UniqueConstraint(fields=["armed_by", "key"], name="poll_armed_once"),
            models.UniqueConstraint(fields=["show"], condition=Q(closed_at__isnull=True), name="one_poll_at_a_time"),
            models.CheckConstraint(condition=Q(runs_s__gte=RUNS_S_MIN, runs_s__lte=RUNS_S_MAX), name="poll_runs_fit"),
            models.CheckConstraint(
                condition=Q(fired_at__isnull=True, fired_by__isnull=True, closes_at__isnull=True)
                | Q(fired_at__isnull=False, fired_by__isnull=False, closes_at__gt=F("fired_at")),
                name="poll_closes_after_it_opened",
            ),
        ]


class PollVote(models.Model):
    """One member's vote for the option at `place` (0 is the first). One each, and final."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="votes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="poll_votes")
    place = models.PositiveSmallIntegerField()
    voted_at = models.DateTimeField()

    class Meta:
        db_table = "svoi_pollvote"
        constraints = [models.UniqueConstraint(fields=["poll", "member"], name="poll_vote_once")]
