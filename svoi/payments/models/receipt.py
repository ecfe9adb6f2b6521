"""Receipts by 54-FZ: one with the payment, one at hand-over, one with each refund."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from svoi.payments.models.payment import Payment
from svoi.payments.models.refund import Refund
from svoi.payments.rules.receipts import KINDS, MODES, RECEIPT_STATES


class Receipt(models.Model):
    """A receipt for exactly `amount_minor`. The closing one is sent by itself, the others travel with their money.

    A closing one that failed may be printed anew, once: `again` of it.
    """

    key = models.UUIDField(unique=True)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="receipts")
    refund = models.OneToOneField(Refund, on_delete=models.PROTECT, null=True, related_name="receipt")
    again_of = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="again")
    kind = models.CharField(max_length=12, choices=[(code, code) for code in KINDS])
    customer = models.CharField(max_length=254)
    amount_minor = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=[(code, code) for code in RECEIPT_STATES], default="due")
    provider_id = models.CharField(max_length=64, null=True)
    failed_for = models.CharField(max_length=40, blank=True)
    due_at = models.DateTimeField(db_default=Now())
    settled_at = models.DateTimeField(null=True)
    look_again_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_receipt"
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="receipt_is_for_something"),
            models.UniqueConstraint(fields=["payment"], condition=Q(kind="prepayment"), name="one_prepayment_receipt"),
            models.UniqueConstraint(
                fields=["payment"], condition=Q(kind="closing", again_of=None), name="one_closing_receipt"
            ),
            models.CheckConstraint(condition=Q(again_of=None) | Q(kind="closing"), name="only_closing_receipts_again"),
        ]
        indexes = [
            models.Index(fields=["look_again_at"], condition=Q(state__in=["due", "sent"]), name="receipts_to_look_at")
        ]


class ReceiptLine(models.Model):
    """So many pieces at one price in whole kopecks; `mode` tells money before the goods from money for the goods."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="lines")
    name = models.CharField(max_length=128)
    quantity = models.PositiveIntegerField()
    price_minor = models.BigIntegerField()
    vat_code = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=16, choices=[(code, code) for code in MODES])
    about = models.CharField(max_length=16, default="commodity")

    class Meta:
        db_table = "svoi_receiptline"
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1) & Q(price_minor__gt=0) & Q(vat_code__range=(1, 12)),
                name="receipt_line_is_real",
            )
        ]
