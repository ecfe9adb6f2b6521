"""The picture that arrives for a show: its key, who sent and who was refused, and the breaks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from svoi.members.models import Member
from svoi.shows.models.show import Show


class StreamKey(models.Model):
    """A one-time key for one show; only its hash is kept, and a new key revokes the old one."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="keys")
    key_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=4)
    issued_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(db_default=Now())
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_streamkey"
        constraints = [
            models.UniqueConstraint(fields=["show"], condition=Q(revoked_at__isnull=True), name="one_key_per_show")
        ]


class Ingest(models.Model):
    """One connection of a publisher, from its first picture to its last."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="ingests")
    session = models.UUIDField(unique=True)
    online_at = models.DateTimeField()
    offline_at = models.DateTimeField(null=True)
    signal = models.JSONField(default=dict)
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "svoi_ingest"


class IngestRefusal(models.Model):
    """That a publisher was turned away, and for what, so that the host reads it in the console."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="ingest_refusals")
    code = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        db_table = "svoi_ingestrefusal"


class Break(models.Model):
    """A technical break, declared by the crew."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="breaks")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_break"
        constraints = [
            models.UniqueConstraint(fields=["show"], condition=Q(ended_at__isnull=True), name="one_break_at_a_time")
        ]
