"""The demo bank: a provider that keeps its own book and lets the buyer decide on its own page.

It stands for the outside world. Rooms talk to it only through the provider's shape; its page and its notices
exist only while PAYMENT_PROVIDER is `fake`. It prints every receipt at once.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.db.models import Sum

from svoi.db.transaction import atomic
from svoi.kernel.money import Money
from svoi.payments.models import BankPage, BankRefund
from svoi.payments.providers.fake.book import HOLD_LASTS, PAGE_LASTS, bank_page, close_pages, decide, settle
from svoi.payments.providers.fake.post import LATE, send_notice
from svoi.payments.providers.fake.wishes import DECISIONS, REASONS, TROUBLES, Decision, Trouble
from svoi.payments.providers.shape import (
    Asking,
    Closing,
    GivingBack,
    Noticed,
    Printed,
    ReceiptTold,
    RefundTold,
    Told,
)
from svoi.payments.rules import PaymentUnknown, ProviderRefused

__all__ = [
    "DECISIONS",
    "HOLD_LASTS",
    "LATE",
    "PAGE_LASTS",
    "REASONS",
    "TROUBLES",
    "Decision",
    "Trouble",
    "bank_page",
    "close_pages",
    "decide",
    "send_notice",
]
_RECEIPTS = UUID("8a6c2e64-4cf1-4c0e-9a37-54f0a1b9ce77")


def ask(asking: Asking) -> Told:
    """Open a page in the bank's book, or find the one opened under the same key."""
    page, _ = BankPage.objects.get_or_create(
        idempotence_key=asking.key,
        defaults={
            "bank_id": uuid4(),
            "amount_minor": asking.amount.minor,
            "currency": asking.amount.currency,
            "purpose": asking.purpose,
            "return_url": asking.return_url,
            "method": asking.method,
            "hold": asking.hold,
            "receipt": asking.receipt is not None,
        },
    )
    if (page.amount_minor, page.currency) != (asking.amount.minor, asking.amount.currency):
        raise ProviderRefused(reason="invalid_request", about="Idempotence-Key")
    return _told(page)


def read(provider_id: str) -> Told:
    """What the book says now."""
    return _told(bank_page(UUID(provider_id)))


def capture(provider_id: str, amount: Money, key: UUID, receipt: Printed | None = None) -> Told:
    """Take held money once; the rest is let go."""
    done = settle(bank_id=UUID(provider_id), state="succeeded", taken_minor=amount.minor)
    return _settled(provider_id, done=done, wanted="succeeded")


def void(provider_id: str, key: UUID) -> Told:
    """Let held money go."""
    done = settle(bank_id=UUID(provider_id), state="voided", reason="canceled_by_merchant")
    return _settled(provider_id, done=done, wanted="voided")


@atomic
def refund(giving: GivingBack) -> RefundTold:
    """Give a part back, never more than was taken, once per key."""
    page = BankPage.objects.select_for_update().filter(bank_id=UUID(giving.provider_id)).first()
    if page is None:
        raise ProviderRefused(reason="not_found")
    made = BankRefund.objects.filter(idempotence_key=giving.key).first()
    if made is None:
        back_minor = page.refunds.aggregate(whole=Sum("amount_minor"))["whole"] or 0
        if page.state != "succeeded" or back_minor + giving.amount.minor > page.taken_minor:
            raise ProviderRefused(reason="insufficient_funds")
        made = BankRefund.objects.create(
            refund_id=uuid4(), page=page, idempotence_key=giving.key, amount_minor=giving.amount.minor
        )
    return _refund_told(made)


def read_refund(provider_id: str) -> RefundTold:
    """What the book says of a refund."""
    made = BankRefund.objects.select_related("page").filter(refund_id=UUID(provider_id)).first()
    if made is None:
        raise PaymentUnknown()
    return _refund_told(made)


def find_refund(giving: GivingBack) -> RefundTold | None:
    """The refund made under this key; the bank forgets none."""
    made = BankRefund.objects.select_related("page").filter(idempotence_key=giving.key).first()
    return _refund_told(made) if made else None


def close_receipt(closing: Closing) -> ReceiptTold:
    """Every receipt is printed at once."""
    return ReceiptTold(str(uuid5(_RECEIPTS, str(closing.key))), "registered")


def read_receipt(provider_id: str) -> ReceiptTold:
    """Every receipt was printed at once."""
    return ReceiptTold(provider_id, "registered")


def find_receipt(closing: Closing) -> ReceiptTold | None:
    """Printing it again under its key prints nothing more."""
    return close_receipt(closing)


def subject_of_notice(body: dict[str, Any]) -> Noticed:
    """Notices of the demo bank name themselves and their payment."""
    notice_id, bank_id = body.get("notice"), body.get("payment")
    if not isinstance(notice_id, str) or not isinstance(bank_id, str) or not notice_id or len(notice_id) > 100:
        raise ValueError("a notice must name itself and its payment")
    return Noticed(notice_id, "payment", str(UUID(bank_id)))


def believes(address: str) -> bool:
    """Its notices come from our own worker: from this machine or a neighbouring one, never from the open network."""
    try:
        return address == settings.INNER_HOST or ip_address(address).is_private
    except ValueError:
        return False


def _settled(provider_id: str, *, done: bool, wanted: str) -> Told:
    told = read(provider_id)
    if not done and told.state != wanted:
        raise ProviderRefused(reason=told.reason or told.state)
    return told


def _told(page: BankPage) -> Told:
    return Told(
        provider_id=str(page.bank_id),
        state=page.state,
        amount_minor=page.taken_minor or page.amount_minor,
        page_url=f"/fake-bank/{page.bank_id}/",
        reason=page.reason,
        held_until=page.decided_at + HOLD_LASTS if page.state == "held" and page.decided_at else None,
        receipt="registered" if page.receipt and page.state == "succeeded" else "",
        currency=page.currency,
        key=page.idempotence_key,
    )


def _refund_told(made: BankRefund) -> RefundTold:
    return RefundTold(
        provider_id=str(made.refund_id),
        payment_provider_id=str(made.page_id),
        state="succeeded",
        amount_minor=made.amount_minor,
        receipt="registered" if made.page.receipt else "",
        currency=made.page.currency,
        key=made.idempotence_key,
    )
