"""Receipts at the provider: printed, and followed until the tax service has them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from svoi.db.outbox import record
from svoi.kernel.money import Money
from svoi.payments.actions.receipting import printed
from svoi.payments.events import ReceiptFailed, ReceiptRegistered
from svoi.payments.models import Payment, Receipt, Refund
from svoi.payments.providers import provider_named
from svoi.payments.providers.shape import Closing, Provider, ReceiptTold
from svoi.payments.rules import ProviderRefused, look_again_at
from svoi.payments.rules.moving import KEY_LASTS
from svoi.payments.rules.receipts import advance_receipt


def send_receipt(*, receipt_id: int, at: datetime) -> None:
    """Have the provider print a closing receipt, or ask how far any receipt is. Repeating it is safe.

    Raises `ProviderAway`; a provider that refuses has failed the receipt, and somebody has to look.
    """
    receipt = Receipt.objects.select_related("payment", "refund").get(pk=receipt_id)
    if not receipt.payment.provider_id or not (receipt.state == "sent" or _is_unsent_closing(receipt)):
        return
    try:
        # What is printed anew has another key: whether the one before was printed after all, only a search tells.
        remembered = receipt.again_of_id is None and at - receipt.due_at <= KEY_LASTS
        told = _print(receipt, receipt.payment.provider_id, remembered=remembered)
    except ProviderRefused as no:
        told = ReceiptTold("", "failed", str(no.facts.get("reason", no.code)))
    with transaction.atomic():
        locked = Receipt.objects.select_for_update(of=("self",)).select_related("payment").get(pk=receipt_id)
        locked.provider_id = locked.provider_id or told.provider_id or None
        _move(locked, told.state, told.reason, at)


def _is_unsent_closing(receipt: Receipt) -> bool:
    return receipt.kind == "closing" and receipt.state == "due"


def _print(receipt: Receipt, payment_provider_id: str, *, remembered: bool) -> ReceiptTold:
    """What the provider says of a receipt; one of its own is asked for when it was not yet."""
    provider, print_out = provider_named(receipt.payment.provider), printed(receipt=receipt)
    assert print_out is not None
    if receipt.kind == "prepayment":
        return ReceiptTold("", provider.read(payment_provider_id).receipt or "sent")
    if receipt.refund and receipt.refund.provider_id:
        return ReceiptTold("", provider.read_refund(receipt.refund.provider_id).receipt or "sent")
    if receipt.provider_id:
        return provider.read_receipt(receipt.provider_id)
    amount = Money(receipt.amount_minor, receipt.payment.currency)
    return _close(provider, Closing(receipt.key, payment_provider_id, amount, print_out), remembered=remembered)


def _close(provider: Provider, closing: Closing, *, remembered: bool) -> ReceiptTold:
    """Print it under its key; once the provider may have forgotten the key, only where it printed no such receipt."""
    if not remembered and (made := provider.find_receipt(closing)):
        return made
    try:
        return provider.close_receipt(closing)
    except ProviderRefused:
        # A no may be to the repetition alone: the first time it was printed, and only the answer was lost.
        if made := provider.find_receipt(closing):
            return made
        raise


def tell_receipt(*, payment: Payment, refund: Refund | None, state: str, at: datetime) -> None:
    """The provider said how far the receipt is that travelled with a payment or a refund."""
    kind = "refund" if refund else "prepayment"
    receipt = Receipt.objects.select_for_update().filter(payment=payment, refund=refund, kind=kind).first()
    if receipt:
        _move(receipt, state, "", at)


def _move(receipt: Receipt, told: str, reason: str, at: datetime) -> None:
    state = advance_receipt(receipt.state, told)
    receipt.look_again_at = look_again_at(since=receipt.due_at, at=at)
    if state:
        receipt.state, receipt.failed_for = state, reason[:40]
        receipt.settled_at = None if state == "sent" else at
    receipt.save()
    about: dict[str, Any] = {
        "payment_id": receipt.payment_id,
        "subject": receipt.payment.subject,
        "receipt_id": receipt.pk,
    }
    if state == "registered":
        record(ReceiptRegistered(**about))
    elif state == "failed":
        record(ReceiptFailed(**about, reason=receipt.failed_for))
