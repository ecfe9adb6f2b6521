"""The facts of who watched and what they did, each with its weight, and what a show came to."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from svoi.shows.models.show import Show


class WeighedRow(models.Model):
    """Telemetry of one deed in a show's room, written in batches by the gateway.

    `weight` is in halves (2 counts in full), `reasons` a set of bits as `rules.weighing.BITS` numbers them; both are
    null while nothing was weighed. `device` and `network` are keyed hashes, dropped after 90 days.
    """

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="+")
    viewer = models.CharField(max_length=64)
    member_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    weight = models.PositiveSmallIntegerField(null=True)
    reasons = models.PositiveSmallIntegerField(null=True)
    device = models.BigIntegerField(null=True)
    network = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


def _traced(name: str) -> models.Index:
    """Finds what still has hashes, the oldest first; rows without them are not in it."""
    return models.Index(fields=["at"], name=name, condition=Q(device__isnull=False) | Q(network__isnull=False))


class WatchBeat(WeighedRow):
    """A viewer's signed heartbeat, as the gateway received it; written in batches, read as telemetry."""

    playing = models.BooleanField()
    visible = models.BooleanField()
    counted = models.BooleanField()

    class Meta:
        db_table = "svoi_watchbeat"
        indexes = [models.Index(fields=["show", "at"], name="watch_beats_of_show"), _traced("watch_beats_traced")]
        constraints = [models.CheckConstraint(condition=Q(weight__lte=2), name="watch_beat_weighs_to_two_halves")]


class Reaction(WeighedRow):
    """A reaction to a show, as the gateway took it; written in batches, read as telemetry."""

    class Meta:
        db_table = "svoi_reaction"
        indexes = [models.Index(fields=["show", "at"], name="reactions_of_show"), _traced("reactions_traced")]
        constraints = [models.CheckConstraint(condition=Q(weight__lte=2), name="reaction_weighs_to_two_halves")]


class MessageWeight(WeighedRow):
    """What a message weighed when it was admitted, found by its author's `key`; the message itself is told in full."""

    key = models.UUIDField()

    class Meta:
        db_table = "svoi_messageweight"
        indexes = [models.Index(fields=["show", "at"], name="message_weights_of_show"), _traced("message_traced")]
        constraints = [models.CheckConstraint(condition=Q(weight__lte=2), name="message_weighs_to_two_halves")]


class WatchSample(models.Model):
    """The room at one moment: connected (`raw`) and `counted` viewers, reactions, messages, and why some weigh less.

    `present` counts viewers with honest heartbeats, `weighed` is the sum of their weights; `counted` is one or the
    other, by `mode`. Reactions and messages are totals of the show up to here; messages are null where nobody counted
    them. `acted` viewers spoke or reacted within the stretch of the room's habit before (null while that is not known),
    and `excess` are viewers beyond what they bear out; it is told and never taken off. `reasons` is
    {"viewers": {reason: viewers}, "reactions": {…}, "messages": {…}}. The peak is read from these.
    """

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="samples")
    at = models.DateTimeField()
    raw = models.PositiveIntegerField()
    counted = models.PositiveIntegerField()
    present = models.PositiveIntegerField(null=True)
    weighed = models.PositiveIntegerField(null=True)
    mode = models.CharField(max_length=10, default="off")
    reactions_raw = models.PositiveBigIntegerField(default=0)
    reactions_counted = models.PositiveBigIntegerField(default=0)
    messages_raw = models.PositiveBigIntegerField(null=True)
    messages_counted = models.PositiveBigIntegerField(null=True)
    acted = models.PositiveIntegerField(null=True)
    excess = models.PositiveIntegerField(null=True)
    reasons = models.JSONField(default=dict)

    class Meta:
        db_table = "svoi_watchsample"
        constraints = [
            models.UniqueConstraint(fields=["show", "at"], name="watch_sample_once"),
            models.CheckConstraint(condition=Q(counted__lte=F("raw")), name="watch_sample_is_possible"),
            models.CheckConstraint(
                condition=Q(reactions_counted__lte=F("reactions_raw")), name="watch_sample_reactions_are_possible"
            ),
            models.CheckConstraint(
                condition=Q(messages_counted__lte=F("messages_raw")), name="watch_sample_messages_are_possible"
            ),
            models.CheckConstraint(condition=Q(excess__lte=F("weighed")), name="watch_sample_excess_is_possible"),
        ]


class Recount(models.Model):
    """The numbers of a show worked out anew from its records, under which limits and why; never changed after.

    `viewers` are distinct people over the whole show; messages are null where nobody counted them. `reasons` is
    {"viewers": {reason: viewers}, "reactions": {…}, "messages": {…}}. One that `is_dry` was only tried: nothing shown
    follows from it.
    """

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="recounts")
    at = models.DateTimeField()
    version = models.PositiveSmallIntegerField()
    limits = models.JSONField(default=dict)
    viewers_raw = models.PositiveIntegerField()
    viewers_counted = models.PositiveIntegerField()
    peak_raw = models.PositiveIntegerField()
    peak_counted = models.PositiveIntegerField()
    reactions_raw = models.PositiveBigIntegerField()
    reactions_counted = models.PositiveBigIntegerField()
    messages_raw = models.PositiveBigIntegerField(null=True)
    messages_counted = models.PositiveBigIntegerField(null=True)
    reasons = models.JSONField(default=dict)
    why = models.CharField(max_length=200)
    is_dry = models.BooleanField()

    class Meta:
        db_table = "svoi_recount"
        indexes = [models.Index(fields=["show", "-at"], name="recounts_of_show")]
        constraints = [
            models.CheckConstraint(
                condition=Q(viewers_counted__lte=F("viewers_raw"))
                & Q(peak_counted__lte=F("peak_raw"))
                & Q(reactions_counted__lte=F("reactions_raw")),
                name="recount_is_possible",
            ),
            models.CheckConstraint(
                condition=Q(messages_counted__lte=F("messages_raw")), name="recount_messages_are_possible"
            ),
        ]
