"""The spine's tables: events as they were recorded, and the gap-free order that readers follow."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.db.models.functions import Now

from svoi.db.fields import TransactionIdField


class OutboxEvent(models.Model):
    """A fact, written in the transaction that made it true. Never updated, never deleted (trigger)."""

    id = models.BigAutoField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    xid = TransactionIdField()
    kind = models.CharField(max_length=64)
    stream = models.CharField(max_length=64, blank=True)
    payload = models.JSONField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_event"
        indexes = [
            models.Index(fields=["xid", "id"], name="event_commit_order"),
            # What somebody did to an order, or to a parcel by its subject: few of all events, asked by a shop's keeper.
            models.Index(
                KT("payload__order_id"),
                condition=Q(payload__has_key="by_id") & Q(payload__has_key="order_id"),
                name="events_done_to_order",
            ),
            models.Index(
                KT("payload__subject"),
                condition=Q(payload__has_key="by_id") & Q(payload__has_key="subject"),
                name="events_done_to_subject",
            ),
        ]


class EventSequence(models.Model):
    """The place of an event in its stream, given by the relay after commit: 1, 2, 3 without gaps."""

    event = models.OneToOneField(OutboxEvent, on_delete=models.PROTECT, primary_key=True, related_name="place")
    stream = models.CharField(max_length=64)
    seq = models.BigIntegerField()

    class Meta:
        db_table = "svoi_eventsequence"
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="event_place_once")]


class StreamHead(models.Model):
    """The last number given in a stream; only the relay writes it."""

    stream = models.CharField(max_length=64, primary_key=True)
    seq = models.BigIntegerField()

    class Meta:
        db_table = "svoi_streamhead"


class RelayPosition(models.Model):
    """How far the relay has numbered, as (transaction id, event id): one row."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    xid = TransactionIdField(written_by_hand=True)
    event_id = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_relayposition"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="relay_position_is_one_row")]


class ConsequenceDone(models.Model):
    """That a consequence of an event was carried out; makes delivery at least once act exactly once."""

    event = models.ForeignKey(OutboxEvent, on_delete=models.PROTECT, related_name="+")
    consequence = models.CharField(max_length=128)
    done_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_consequencedone"
        constraints = [models.UniqueConstraint(fields=["event", "consequence"], name="consequence_once")]
