"""Money held on a card: taken in whole or in part, or let go. Decided first, asked of the provider after commit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.kernel.money import Money
from svoi.payments.actions.applying import apply_told
from svoi.payments.actions.receipting import printed, shorten_receipt
from svoi.payments.actions.telling import refresh
from svoi.payments.events import CaptureDue, VoidDue
from svoi.payments.models import Payment
from svoi.payments.providers import provider_named
from svoi.payments.providers.shape import Told
from svoi.payments.rules import ProviderRefused, admit_capture, admit_void

_CAPTURE_KEYS = UUID("2f1f0a0e-9f6c-4a86-8c62-6d3c5f7a4b21")
_VOID_KEYS = UUID("c7d3a6f4-55c0-4e0f-8b5a-b8e6f0d4e9a3")


@atomic
def capture_payment(*, payment_id: int, amount: Money | None, at: datetime) -> None:
    """Decide to take held money, or a part of it; the rest is let go. Deciding the same twice is once.

    Raises `NotHeld`, `CaptureTooLarge`, and `CaptureDecided` when it was decided otherwise before.
    """
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    wanted = payment.amount if amount is None else amount
    if wanted.currency != payment.currency:
        raise ValueError("held money is taken in its own currency")
    decided = admit_capture(
        state=payment.state,
        held_minor=payment.amount_minor,
        amount_minor=wanted.minor,
        voiding=payment.void_due_at is not None,
        decided_minor=payment.capture_minor,
    )
    if not decided:
        return
    payment.capture_due_at, payment.capture_minor = at, wanted.minor
    payment.save(update_fields=["capture_due_at", "capture_minor"])
    shorten_receipt(payment=payment, amount=wanted)
    record(CaptureDue(payment_id=payment.pk, subject=payment.subject, amount_minor=wanted.minor))


@atomic
def void_payment(*, payment_id: int, at: datetime) -> None:
    """Decide to let held money go; raise `NotHeld`, or `CaptureDecided` when it was decided to take it."""
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    decided = admit_void(
        state=payment.state,
        voiding=payment.void_due_at is not None,
        capturing=payment.capture_due_at is not None,
    )
    if decided:
        let_go(payment=payment, at=at)


@atomic
def let_go(*, payment: Payment, at: datetime) -> None:
    """Decide to let the held money of a locked payment go, unless it was decided already what becomes of it."""
    if payment.void_due_at or payment.capture_due_at:
        return
    payment.void_due_at = at
    payment.save(update_fields=["void_due_at"])
    record(VoidDue(payment_id=payment.pk, subject=payment.subject))


def send_capture(*, payment_id: int, at: datetime) -> None:
    """Take the money at the provider. One that refuses has let it go already: its own word is read instead."""
    payment = Payment.objects.get(pk=payment_id)
    if payment.state != "held" or payment.capture_minor is None or not payment.provider_id:
        return
    amount = Money(payment.capture_minor, payment.currency)
    receipt = printed(receipt=payment.receipts.filter(kind="prepayment").first())
    try:
        told = provider_named(payment.provider).capture(
            payment.provider_id, amount, uuid5(_CAPTURE_KEYS, str(payment.key)), receipt
        )
    except ProviderRefused:
        refresh(payment_id=payment_id, at=at)
        return
    _apply(payment_id, told, at)


def send_void(*, payment_id: int, at: datetime) -> None:
    """Let the money go at the provider."""
    payment = Payment.objects.get(pk=payment_id)
    if payment.state != "held" or payment.void_due_at is None or not payment.provider_id:
        return
    try:
        told = provider_named(payment.provider).void(payment.provider_id, uuid5(_VOID_KEYS, str(payment.key)))
    except ProviderRefused:
        refresh(payment_id=payment_id, at=at)
        return
    _apply(payment_id, told, at)


def _apply(payment_id: int, told: Told, at: datetime) -> None:
    with transaction.atomic():
        apply_told(payment=Payment.objects.select_for_update().get(pk=payment_id), told=told, at=at)
