"""Giving money back: sent after commit under the refund's own key, followed, booked when the provider confirms."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.kernel.money import Money
from svoi.payments.actions.booking import book_refund, release_refund
from svoi.payments.actions.owing import going_back_minor, named, promise
from svoi.payments.actions.printing import tell_receipt
from svoi.payments.actions.receipting import printed
from svoi.payments.events import RefundFailed, RefundSucceeded
from svoi.payments.models import Payment, Receipt, Refund
from svoi.payments.providers import provider_named
from svoi.payments.providers.shape import GivingBack, Provider, RefundTold
from svoi.payments.rules import (
    PaymentUnknown,
    ProviderAway,
    ProviderRefused,
    admit_refund,
    advance_refund,
    confirm_amount,
    look_again_at,
)
from svoi.payments.rules.moving import KEY_LASTS

_BY_HAND_KEYS = UUID("b0c1d9a2-7e53-4f0a-8d1c-5a9e2f7c3b64")


def send_refund(*, refund_id: int, at: datetime) -> None:
    """Give the money back at the provider, then put its answer on record. Repeating it is safe.

    Raises `ProviderAway`; a provider that refuses has failed the refund, and somebody has to look.
    """
    refund = Refund.objects.select_related("payment").get(pk=refund_id)
    payment = refund.payment
    if refund.state != "due" or not payment.provider_id:
        return
    receipt = printed(receipt=Receipt.objects.filter(refund=refund).first())
    giving = GivingBack(refund.key, payment.provider_id, refund.amount, refund.reason, receipt)
    try:
        told = _give_back(provider_named(payment.provider), giving, remembered=at - refund.due_at <= KEY_LASTS)
    except ProviderRefused as no:
        reason = str(no.facts.get("reason", no.code))
        told = RefundTold("", payment.provider_id, "failed", refund.amount_minor, reason, currency=payment.currency)
    with transaction.atomic():
        _move(_locked().get(pk=refund_id), told, at)


def read_refund_again(*, refund_id: int, at: datetime) -> None:
    """Ask the provider how a refund it has is getting on."""
    refund = Refund.objects.select_related("payment").get(pk=refund_id)
    if refund.state != "sent" or not refund.provider_id:
        return
    told = provider_named(refund.payment.provider).read_refund(refund.provider_id)
    apply_refund_told(provider=refund.payment.provider, told=told, at=at)


@atomic
def apply_refund_told(*, provider: str, told: RefundTold, at: datetime) -> Refund:
    """Move a refund to what the provider says; raise `PaymentUnknown` when it belongs to no payment of ours.

    One that nobody here asked for was made by hand in the provider's own office: it goes on record like any other.
    """
    ours = _locked().filter(payment__provider=provider)
    refund = ours.filter(provider_id=told.provider_id).first()
    if refund is None and told.key:
        refund = ours.filter(key=told.key, provider_id=None).first()
    if refund is None:
        refund = _adopt(provider, told, at)
    _move(refund, told, at)
    return refund


def _give_back(provider: Provider, giving: GivingBack, *, remembered: bool) -> RefundTold:
    """Ask for it under its key; once the provider may have forgotten the key, only where it made no such refund."""
    if not remembered and (made := provider.find_refund(giving)):
        return made
    try:
        return provider.refund(giving)
    except ProviderRefused:
        # A no may be to the repetition alone: the first time it was done, and only the answer was lost.
        if made := provider.find_refund(giving):
            return made
        raise


def _adopt(provider: str, told: RefundTold, at: datetime) -> Refund:
    of_ours = Payment.objects.select_for_update(no_key=True).filter(provider=provider, state="succeeded")
    payment = of_ours.filter(provider_id=told.payment_provider_id).first()
    if payment is None or told.currency != payment.currency:
        raise PaymentUnknown()
    amount, key = Money(told.amount_minor, told.currency), uuid5(_BY_HAND_KEYS, told.provider_id)
    return promise(payment=payment, amount=amount, reason="by_hand", key=key, at=at)


def _move(refund: Refund, told: RefundTold, at: datetime) -> None:
    before, state = refund.state, advance_refund(refund.state, told.state)
    another = told.provider_id and refund.provider_id not in (None, told.provider_id)
    if another or told.payment_provider_id != refund.payment.provider_id:
        raise ProviderAway(reason="unreadable")
    if state == "succeeded":
        confirm_amount(asked=refund.amount, told=Money(told.amount_minor, told.currency))
    if state == "succeeded" and before == "failed":
        _admit_late(refund)
    refund.provider_id = refund.provider_id or told.provider_id or None
    refund.look_again_at = look_again_at(since=refund.due_at, at=at)
    if state:
        refund.state, refund.failed_for = state, told.reason[:40] if state == "failed" else ""
        refund.sent_at = refund.sent_at or at
        refund.settled_at = None if state == "sent" else at
    refund.save()
    _follow_receipt(refund, told, at)
    _follow(refund, before, state, at)


def _admit_late(refund: Refund) -> None:
    """It went back after all, if nothing was promised in its place meanwhile."""
    payment = refund.payment
    admit_refund(
        captured_minor=payment.captured.minor,
        going_back_minor=going_back_minor(payment=payment),
        amount_minor=refund.amount_minor,
    )


def _follow_receipt(refund: Refund, told: RefundTold, at: datetime) -> None:
    """Of money that went the receipt is followed until it is registered; of money that did not, there is none."""
    state = "dropped" if refund.state == "failed" else told.receipt
    if state or refund.state == "succeeded":
        tell_receipt(payment=refund.payment, refund=refund, state=state or "sent", at=at)


def _follow(refund: Refund, before: str, state: str | None, at: datetime) -> None:
    facts = named(payment=refund.payment, amount_minor=refund.amount_minor)
    if state == "succeeded":
        book_refund(refund=refund, late=before == "failed", at=at)
        record(RefundSucceeded(refund_id=refund.pk, **facts))
    elif state == "failed":
        release_refund(refund=refund, at=at)
        record(RefundFailed(refund_id=refund.pk, reason=refund.failed_for, **facts))


def _locked() -> QuerySet[Refund]:
    return Refund.objects.select_for_update(of=("self",)).select_related("payment")
