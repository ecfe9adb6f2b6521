"""Believing the provider: a notice is only a hint, and a payment is read again until the provider's last word."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import DataError, transaction

from svoi.payments.actions.applying import apply_told
from svoi.payments.actions.refunding import apply_refund_told
from svoi.payments.models import Payment, PaymentNotice, Refund
from svoi.payments.providers import provider_named
from svoi.payments.providers.shape import Noticed, Provider
from svoi.payments.rules import PaymentUnknown


def receive_notice(*, provider: str, body: dict[str, Any], at: datetime, sender: str = "") -> Payment | None:
    """Take a provider's notice: keep it, read its subject again at the provider, apply what it says once.

    A notice is only a hint that something changed, since anybody could send one; what counts is the re-read. Returns
    the payment it was about. Raises ValueError when it cannot be read or kept, and `PaymentUnknown` when its subject
    is not ours.
    """
    teller = provider_named(provider)
    noticed = teller.subject_of_notice(body)
    notice = _keep(provider, noticed, body, sender, at)
    if notice.applied_at:
        return _known(provider, noticed)
    applied = _apply_noticed(provider, teller, noticed, at)
    PaymentNotice.objects.filter(pk=notice.pk, applied_at=None).update(applied_at=at)
    return applied


def _keep(provider: str, noticed: Noticed, body: dict[str, Any], sender: str, at: datetime) -> PaymentNotice:
    try:
        notice, _ = PaymentNotice.objects.get_or_create(
            provider=provider, notice_id=noticed.notice_id, defaults={"body": body, "sender": sender, "received_at": at}
        )
    except DataError as problem:  # JSON that PostgreSQL does not keep: NaN, a zero character, half of a letter
        raise ValueError("this notice cannot be kept") from problem
    return notice


def _apply_noticed(provider: str, teller: Provider, noticed: Noticed, at: datetime) -> Payment | None:
    if noticed.about == "payment":
        told = teller.read(noticed.provider_id)
        with transaction.atomic():
            ours = Payment.objects.select_for_update().filter(provider=provider)
            payment = ours.filter(provider_id=told.provider_id).first()
            if payment is None and told.key:
                # The notice was quicker than the answer in which we would have learned the id.
                payment = ours.filter(key=told.key, provider_id=None).first()
            if payment is None:
                raise PaymentUnknown()
            apply_told(payment=payment, told=told, at=at)
        return payment
    if noticed.about == "refund":
        refund_told = teller.read_refund(noticed.provider_id)
        return apply_refund_told(provider=provider, told=refund_told, at=at).payment
    return None


def _known(provider: str, noticed: Noticed) -> Payment | None:
    if noticed.about == "refund":
        ours = Refund.objects.filter(payment__provider=provider, provider_id=noticed.provider_id)
        refund = ours.select_related("payment").first()
        return refund.payment if refund else None
    return Payment.objects.filter(provider=provider, provider_id=noticed.provider_id).first()


def refresh(*, payment_id: int, at: datetime) -> None:
    """Read a payment again at the provider until its last word, so that a lost notice is not a lost payment."""
    payment = Payment.objects.get(pk=payment_id)
    if payment.concluded_at or not payment.provider_id:
        return
    told = provider_named(payment.provider).read(payment.provider_id)
    with transaction.atomic():
        apply_told(payment=Payment.objects.select_for_update().get(pk=payment_id), told=told, at=at)
