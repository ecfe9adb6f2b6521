"""YooKassa, API v3: cards with and without hold, the fast payment system, refunds in part, receipts.

Its notices are not signed. They are believed to be hints when they come from its addresses; what counts is the re-read.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any
from uuid import UUID

from django.conf import settings

from svoi.kernel.money import Money
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
from svoi.payments.providers.yookassa.client import call
from svoi.payments.providers.yookassa.wording import (
    Object,
    capture_body,
    closing_body,
    is_closing,
    listed,
    noticed,
    payment_body,
    payment_told,
    receipt_told,
    refund_body,
    refund_told,
)
from svoi.payments.rules import PaymentUnknown, ProviderAway, ProviderRefused

PAGES_MAX = 10


def ask(asking: Asking) -> Told:
    """Open a payment, or find the one opened under the same key within a day."""
    told = payment_told(call("POST", "/payments", body=payment_body(asking), key=asking.key))
    if told.state == "pending" and not told.page_url:
        raise ProviderAway(reason="unreadable")
    return told


def read(provider_id: str) -> Told:
    """The payment as it is now."""
    return payment_told(_read(f"/payments/{provider_id}"))


def capture(provider_id: str, amount: Money, key: UUID, receipt: Printed | None = None) -> Told:
    """Take held money, or a part of it."""
    return payment_told(call("POST", f"/payments/{provider_id}/capture", body=capture_body(amount, receipt), key=key))


def void(provider_id: str, key: UUID) -> Told:
    """Let held money go."""
    return payment_told(call("POST", f"/payments/{provider_id}/cancel", body={}, key=key))


def refund(giving: GivingBack) -> RefundTold:
    """Give a part back."""
    return refund_told(call("POST", "/refunds", body=refund_body(giving), key=giving.key))


def read_refund(provider_id: str) -> RefundTold:
    """The refund as it is now."""
    return refund_told(_read(f"/refunds/{provider_id}"))


def find_refund(giving: GivingBack) -> RefundTold | None:
    """The refund of this payment that carries our key."""
    told = (refund_told(one) for one in _all("/refunds", giving.provider_id))
    return next((one for one in told if one.key == giving.key), None)


def close_receipt(closing: Closing) -> ReceiptTold:
    """Print the receipt of the hand-over."""
    return receipt_told(call("POST", "/receipts", body=closing_body(closing), key=closing.key))


def read_receipt(provider_id: str) -> ReceiptTold:
    """The receipt as it is now."""
    return receipt_told(_read(f"/receipts/{provider_id}"))


def find_receipt(closing: Closing) -> ReceiptTold | None:
    """The receipt of this payment that settles it by what was paid before; receipts carry no key of ours."""
    return next((receipt_told(one) for one in _all("/receipts", closing.provider_id) if is_closing(one)), None)


def subject_of_notice(body: dict[str, Any]) -> Noticed:
    """What a notice is about; ValueError when it cannot be read."""
    return noticed(body)


def believes(address: str) -> bool:
    """Is this one of the addresses that YooKassa publishes?"""
    try:
        sender = ip_address(address)
    except ValueError:
        return False
    if isinstance(sender, IPv6Address) and sender.ipv4_mapped:
        sender = sender.ipv4_mapped
    return any(sender in ip_network(network) for network in settings.YOOKASSA_SENDERS)


def _read(path: str) -> Object:
    try:
        return call("GET", path)
    except ProviderRefused as no:
        if no.facts.get("reason") == "not_found":
            raise PaymentUnknown() from None
        raise


def _all(path: str, payment_id: str) -> Iterator[Object]:
    """Everything of one kind that belongs to a payment, piece by piece; `ProviderAway` when it never ends."""
    query = {"payment_id": payment_id, "limit": "100"}
    for _ in range(PAGES_MAX):
        piece = call("GET", path, query=query)
        yield from listed(piece)
        if not piece.get("next_cursor"):
            return
        query |= {"cursor": str(piece["next_cursor"])}
    raise ProviderAway(reason="unreadable")
