"""The demo bank's own book. It stands for the outside world: rooms never read it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class BankPage(models.Model):
    """The demo bank's own record of a payment, and the page its buyer decides on."""

    bank_id = models.UUIDField(primary_key=True)
    idempotence_key = models.UUIDField(unique=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    purpose = models.CharField(max_length=128)
    return_url = models.CharField(max_length=500)
    method = models.CharField(max_length=8, blank=True)
    hold = models.BooleanField(default=False)
    receipt = models.BooleanField(default=False)
    state = models.CharField(max_length=12, default="pending")
    taken_minor = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField(db_default=Now())
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_bankpage"
        indexes = [
            models.Index(fields=["opened_at"], condition=Q(state__in=["pending", "held"]), name="bank_pages_open")
        ]


class BankRefund(models.Model):
    """Money the demo bank gave back, once per key."""

    refund_id = models.UUIDField(primary_key=True)
    page = models.ForeignKey(BankPage, on_delete=models.PROTECT, related_name="refunds")
    idempotence_key = models.UUIDField(unique=True)
    amount_minor = models.BigIntegerField()
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_bankrefund"
