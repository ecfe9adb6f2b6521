"""Money on its way back, in whole or in part."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from svoi.kernel.money import Money
from svoi.payments.models.payment import Payment
from svoi.payments.rules import REFUND_STATES


class Refund(models.Model):
    """One sum that goes back to who paid, once per key. A trigger holds all refunds of a payment within what was taken.

    Due until the provider has it, sent until its money moved, then succeeded or failed. One that failed can be made
    anew, once: `again` of it.
    """

    key = models.UUIDField(unique=True)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    again_of = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="again")
    amount_minor = models.BigIntegerField()
    reason = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=[(code, code) for code in REFUND_STATES], default="due")
    provider_id = models.CharField(max_length=64, null=True, unique=True)
    failed_for = models.CharField(max_length=40, blank=True)
    due_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    look_again_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_refund"
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="refund_gives_something")]
        indexes = [
            models.Index(fields=["look_again_at"], condition=Q(state__in=["due", "sent"]), name="refunds_to_look_at")
        ]

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.payment.currency)
