"""Asking for money: put on record first, asked of the provider after commit, and given up when nobody wants it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.kernel.money import Money
from svoi.payments.actions.applying import apply_told
from svoi.payments.actions.holding import let_go
from svoi.payments.actions.printing import tell_receipt
from svoi.payments.actions.receipting import printed, write_receipt
from svoi.payments.events import PaymentDeclined, PaymentRequested
from svoi.payments.models import Payment
from svoi.payments.providers import provider_named
from svoi.payments.providers.shape import Asking
from svoi.payments.rules import (
    OPEN,
    PaymentDiffers,
    ProviderRefused,
    Receiptable,
    admit_request,
    look_again_at,
)
from svoi.payments.rules.moving import KEY_LASTS

NEVER_ASKED = timedelta(minutes=10)


@atomic
def request_payment(
    *,
    subject: str,
    amount: Money,
    purpose: str,
    return_url: str,
    key: UUID,
    at: datetime,
    method: str = "",
    hold: bool = False,
    receipt: Receiptable | None = None,
) -> Payment:
    """Put a request on record; the provider is asked after commit. The same key is the same request for its subject.

    `method` is `card`, `sbp`, or empty to let the buyer choose; `hold` asks to hold the money on a card instead of
    taking it. Raises `PaymentsClosed`, `MethodUnknown`, `HoldNeedsCard`, `ReceiptImpossible`, and `PaymentDiffers` when
    the key asked for another sum before.
    """
    admit_request(provider=settings.PAYMENT_PROVIDER, method=method, hold=hold)
    payment, created = Payment.objects.get_or_create(
        key=uuid5(key, subject),  # keys come from buyers' pages: that of one must not lead to the payment of another
        defaults={
            "subject": subject,
            "provider": settings.PAYMENT_PROVIDER,
            "amount_minor": amount.minor,
            "currency": amount.currency,
            "purpose": purpose,
            "return_url": return_url,
            "method": "card" if hold else method,
            "hold": hold,
            "requested_at": at,
            "look_again_at": look_again_at(since=at, at=at),
        },
    )
    if payment.amount != amount:
        raise PaymentDiffers()
    if created:
        if receipt:
            write_receipt(payment=payment, wanted=receipt, at=at)
        record(PaymentRequested(payment_id=payment.pk, subject=subject))
    return payment


def send_request(*, payment_id: int, at: datetime) -> None:
    """Ask the provider, outside any transaction, then put its answer on record. Repeating it is safe.

    Raises `ProviderAway` when it does not answer; the caller tries again. A provider that refuses has declined.
    """
    payment = Payment.objects.get(pk=payment_id)
    if payment.state != "requested" or at - payment.requested_at > KEY_LASTS:
        return
    try:
        told = provider_named(payment.provider).ask(_asking(payment))
    except ProviderRefused as no:
        _give_up(payment_id=payment_id, state="declined", reason=str(no.facts.get("reason", no.code)), at=at)
        return
    with transaction.atomic():
        apply_told(payment=Payment.objects.select_for_update().get(pk=payment_id), told=told, at=at)


@atomic
def withdraw_request(*, subject: str, at: datetime) -> None:
    """Give up requests that were never answered, because what they pay for fell away; what is held is let go.

    The buyer may still be on the bank's page: the provider is asked until its last word, and late money is told of.
    """
    wanted = Payment.objects.select_for_update().filter(subject=subject, state__in=(*OPEN, "held")).order_by("pk")
    for payment in wanted:
        if payment.state == "held":
            let_go(payment=payment, at=at)
            continue
        payment.state, payment.declined_for = "voided", "order_fell_away"
        payment.settled_at = payment.withdrawn_at = at
        payment.save(update_fields=["state", "declined_for", "settled_at", "withdrawn_at"])
        tell_receipt(payment=payment, refund=None, state="dropped", at=at)


def forget_unasked(*, payment_id: int, at: datetime) -> None:
    """Close a request the provider never heard of: its key is too old to ask under, or nobody wants it any more."""
    payment = Payment.objects.get(pk=payment_id)
    if payment.provider_id:
        return
    if payment.state == "requested" and at - payment.requested_at > KEY_LASTS:
        _give_up(payment_id=payment_id, state="expired", reason="never_answered", at=at)
    elif payment.withdrawn_at and at - payment.withdrawn_at > NEVER_ASKED:
        _give_up(payment_id=payment_id, state="voided", reason=payment.declined_for, at=at)


@atomic
def _give_up(*, payment_id: int, state: str, reason: str, at: datetime) -> None:
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    if payment.concluded_at:
        return
    was_open = payment.state in OPEN
    payment.concluded_at = at
    if was_open:
        payment.state, payment.declined_for, payment.settled_at = state, reason[:40], at
        tell_receipt(payment=payment, refund=None, state="dropped", at=at)
        record(PaymentDeclined(payment_id=payment.pk, subject=payment.subject, reason=payment.declined_for))
    payment.save(update_fields=["state", "declined_for", "settled_at", "concluded_at"])


def _asking(payment: Payment) -> Asking:
    return Asking(
        key=payment.key,
        amount=payment.amount,
        purpose=payment.purpose,
        return_url=payment.return_url,
        method=payment.method,
        hold=payment.hold,
        receipt=printed(receipt=payment.receipts.filter(kind="prepayment").first()),
        subject=payment.subject,
    )
