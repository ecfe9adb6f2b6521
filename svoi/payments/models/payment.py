"""Requests for money, and every notice a provider sent about them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from svoi.kernel.money import Money
from svoi.payments.rules import METHODS, OPEN, PAID, STATES


class Payment(models.Model):
    """A request for one sum, made to one provider under one idempotence key.

    `subject` names what is paid for (`order:12`); payments stand below orders and do not know them. `surplus_at` marks
    money that came a second time for the same subject: it goes back. `captured_minor` is what was taken, known
    once it was. `concluded_at` is the provider's last word; until then it is asked again at `look_again_at`.
    """

    key = models.UUIDField(unique=True)
    subject = models.CharField(max_length=40)
    provider = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=64, null=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="RUB")
    purpose = models.CharField(max_length=128)
    return_url = models.CharField(max_length=500)
    method = models.CharField(max_length=8, blank=True, choices=[(code, code) for code in METHODS])
    hold = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=[(code, code) for code in STATES], default="requested")
    page_url = models.CharField(max_length=500, blank=True)
    declined_for = models.CharField(max_length=40, blank=True)
    requested_at = models.DateTimeField(db_default=Now())
    held_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    capture_due_at = models.DateTimeField(null=True)
    capture_minor = models.BigIntegerField(null=True)
    void_due_at = models.DateTimeField(null=True)
    captured_minor = models.BigIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)
    surplus_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    concluded_at = models.DateTimeField(null=True)
    look_again_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_payment"
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="payment_asks_for_something"),
            models.CheckConstraint(
                condition=Q(captured_minor__isnull=True)
                | Q(captured_minor__gt=0, captured_minor__lte=F("amount_minor"), state="succeeded"),
                name="payment_takes_what_was_asked",
            ),
            models.UniqueConstraint(fields=["provider", "provider_id"], name="payment_of_provider_once"),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(state__in=OPEN), name="one_open_payment_per_subject"
            ),
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(state__in=PAID, surplus_at__isnull=True),
                name="paid_once_per_subject",
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "-id"], name="payments_of_subject"),
            models.Index(fields=["look_again_at"], condition=Q(concluded_at__isnull=True), name="payments_to_look_at"),
        ]

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def captured(self) -> Money:
        """What was taken: nothing until it was."""
        return Money(self.captured_minor or 0, self.currency)


class PaymentNotice(models.Model):
    """What a provider told us, with all it said, and from which address; applied once."""

    provider = models.CharField(max_length=20)
    notice_id = models.CharField(max_length=100)
    body = models.JSONField()
    sender = models.CharField(max_length=45, blank=True)
    received_at = models.DateTimeField(db_default=Now())
    applied_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_paymentnotice"
        constraints = [models.UniqueConstraint(fields=["provider", "notice_id"], name="payment_notice_once")]
