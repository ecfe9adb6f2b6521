"""The provider's word on a payment becomes ours: moved once and in order, booked, and told to the house."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.kernel.money import Money
from svoi.payments.actions.booking import book_payment
from svoi.payments.actions.owing import make_refund
from svoi.payments.actions.printing import tell_receipt
from svoi.payments.events import PaymentDeclined, PaymentHeld, PaymentSucceeded, PaymentVoided, VoidDue
from svoi.payments.models import Payment
from svoi.payments.providers.shape import Told
from svoi.payments.rules import FELL_AWAY, PAID, ProviderAway, advance, confirm_amount, is_last_word, look_again_at

_SURPLUS_KEYS = UUID("6a8f5c3e-2c1b-4a57-9d55-0f3b7a1c9e10")


@atomic
def apply_told(*, payment: Payment, told: Told, at: datetime) -> None:
    """Move a locked payment to what the provider says, unless that is old news; record what follows.

    Raises `AmountDiffers` for another sum than was asked for, and `ProviderAway` for the word on another payment.
    """
    if payment.provider_id not in (None, told.provider_id):
        raise ProviderAway(reason="unreadable")
    before = payment.state
    state = advance(before, told.state, withdrawn=payment.withdrawn_at is not None and payment.concluded_at is None)
    if state == "succeeded":
        expected = payment.amount_minor if payment.capture_minor is None else payment.capture_minor
        confirm_amount(asked=Money(expected, payment.currency), told=Money(told.amount_minor, told.currency))
    _note_word(payment, told, state, at)
    _follow_receipt(payment, told, at)
    if state == "held":
        _hold(payment, at)
    elif state == "succeeded":
        _succeed(payment, at)
    elif state in FELL_AWAY:
        fell = PaymentVoided if before == "held" else PaymentDeclined
        record(fell(payment_id=payment.pk, subject=payment.subject, reason=payment.declined_for))


def _note_word(payment: Payment, told: Told, state: str | None, at: datetime) -> None:
    """The provider's word as columns: the new state with its moments, and whether it was the last."""
    payment.provider_id, payment.page_url = told.provider_id, told.page_url or payment.page_url
    if state in PAID and _paid_already(payment):
        payment.surplus_at = payment.surplus_at or at
    if state:
        payment.state, payment.declined_for = state, told.reason[:40]
        payment.settled_at = at if is_last_word(state) else None
        payment.held_until = told.held_until if state == "held" else payment.held_until
        payment.held_at = at if state == "held" else payment.held_at
        payment.captured_minor = told.amount_minor if state == "succeeded" else None
    if is_last_word(told.state) and payment.concluded_at is None:
        payment.concluded_at = at
    payment.look_again_at = look_again_at(since=payment.requested_at, at=at)
    _save(payment, at)


def _save(payment: Payment, at: datetime) -> None:
    """Two payments may be confirmed at one moment, neither seeing the other: the later of them is the surplus."""
    if payment.state not in PAID:
        payment.save()
        return
    try:
        with transaction.atomic():
            payment.save()
    except IntegrityError:
        if not _paid_already(payment):
            raise
        payment.surplus_at = at
        payment.save()


def _paid_already(payment: Payment) -> bool:
    others = Payment.objects.filter(subject=payment.subject, state__in=PAID, surplus_at__isnull=True)
    return others.exclude(pk=payment.pk).exists()


def _follow_receipt(payment: Payment, told: Told, at: datetime) -> None:
    """Of money that came the receipt is followed until it is registered; of money that did not, it is dropped."""
    if told.state == "succeeded" and payment.state == "succeeded":
        tell_receipt(payment=payment, refund=None, state=told.receipt or "sent", at=at)
    elif told.state in FELL_AWAY and payment.state in FELL_AWAY:
        tell_receipt(payment=payment, refund=None, state="dropped", at=at)


def _hold(payment: Payment, at: datetime) -> None:
    """Money that pays for something is told of; what came a second time, or for what fell away, is let go."""
    if payment.surplus_at or payment.withdrawn_at:
        payment.void_due_at = at
        payment.save(update_fields=["void_due_at"])
        record(VoidDue(payment_id=payment.pk, subject=payment.subject))
        return
    record(PaymentHeld(payment_id=payment.pk, subject=payment.subject, amount_minor=payment.amount_minor))


def _succeed(payment: Payment, at: datetime) -> None:
    book_payment(payment=payment, at=at)
    if payment.surplus_at:
        key = uuid5(_SURPLUS_KEYS, str(payment.key))
        make_refund(payment=payment, amount=payment.captured, reason="paid_twice", key=key, at=at)
        return
    amount = {"amount_minor": payment.captured.minor}
    record(PaymentSucceeded(payment_id=payment.pk, subject=payment.subject, **amount))
