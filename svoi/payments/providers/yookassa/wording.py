"""Between our words and YooKassa's: bodies of requests, and what its objects mean."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
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
from svoi.payments.rules import ProviderAway

PURPOSE_LENGTH_MAX = 128
REFUND_REASON_LENGTH_MAX = 250
METHODS = {"card": "bank_card", "sbp": "sbp"}
STATES = {"pending": "pending", "waiting_for_capture": "held", "succeeded": "succeeded"}
REFUND_STATES = {"pending": "sent", "succeeded": "succeeded", "canceled": "failed"}
RECEIPT_STATES = {"pending": "sent", "succeeded": "registered", "canceled": "failed"}
FELL_AWAY = {
    "canceled_by_merchant": "voided",
    "expired_on_capture": "expired",
    "expired_on_confirmation": "expired",
}
IDENTIFIER = re.compile(r"[A-Za-z0-9-]{1,50}")
PAGE_LENGTH_MAX = 500
# By this our page knows that she has been at the bank, and does not ask her to pay again while the answer is under way.
RETURNING = "?from=bank"
Object = dict[str, Any]


def payment_body(asking: Asking) -> dict[str, Any]:
    """A request for money. Without a method YooKassa's own page offers all that the shop has."""
    body: dict[str, Any] = {
        "amount": amount_body(asking.amount),
        "capture": not asking.hold,
        "confirmation": {"type": "redirect", "return_url": _absolute(asking.return_url) + RETURNING},
        "description": asking.purpose[:PURPOSE_LENGTH_MAX],
        "metadata": {"svoi_key": str(asking.key), "svoi_subject": asking.subject},
    }
    if asking.method:
        body["payment_method_data"] = {"type": METHODS[asking.method]}
    if asking.receipt:
        body["receipt"] = receipt_body(asking.receipt, asking.amount.currency)
    return body


def capture_body(amount: Money, receipt: Printed | None) -> dict[str, Any]:
    """A request to take held money, with a receipt for just that much."""
    body: dict[str, Any] = {"amount": amount_body(amount)}
    if receipt:
        body["receipt"] = receipt_body(receipt, amount.currency)
    return body


def refund_body(giving: GivingBack) -> dict[str, Any]:
    """A request to give a part back."""
    body: dict[str, Any] = {
        "payment_id": giving.provider_id,
        "amount": amount_body(giving.amount),
        "description": giving.reason[:REFUND_REASON_LENGTH_MAX],
        "metadata": {"svoi_key": str(giving.key)},
    }
    if giving.receipt:
        body["receipt"] = receipt_body(giving.receipt, giving.amount.currency)
    return body


def closing_body(closing: Closing) -> dict[str, Any]:
    """The receipt of the hand-over: the goods are settled by the money that came before."""
    return {
        **receipt_body(closing.receipt, closing.amount.currency),
        "type": "payment",
        "payment_id": closing.provider_id,
        "send": True,
        "settlements": [{"type": "prepayment", "amount": amount_body(closing.amount)}],
    }


def receipt_body(receipt: Printed, currency: str) -> dict[str, Any]:
    """A receipt by 54-FZ; `amount` is the price of one piece."""
    customer = receipt.customer
    body: dict[str, Any] = {
        "customer": {"email": customer} if "@" in customer else {"phone": customer.lstrip("+")},
        "items": [
            {
                "description": line.name,
                "quantity": f"{line.quantity}.00",
                "amount": amount_body(Money(line.price_minor, currency)),
                "vat_code": line.vat_code,
                "payment_mode": receipt.mode,
                "payment_subject": line.about,
                "measure": "piece",
            }
            for line in receipt.lines
        ],
    }
    if settings.TAX_SYSTEM:
        body["tax_system_code"] = settings.TAX_SYSTEM
    return body


def amount_body(amount: Money) -> dict[str, str]:
    return {"value": amount.decimal(), "currency": amount.currency}


def payment_told(told: Object) -> Told:
    """What a payment object means. A word we do not know is no word at all: `ProviderAway`, and asked again later."""
    reason = str(_part(told, "cancellation_details").get("reason", ""))
    status = str(told.get("status", ""))
    state = FELL_AWAY.get(reason, "declined") if status == "canceled" else STATES.get(status)
    registration = told.get("receipt_registration") if state == "succeeded" else None
    return Told(
        provider_id=_identifier(told.get("id")),
        state=_known(state),
        amount_minor=_amount(told).minor,
        currency=_amount(told).currency,
        page_url=_page(_part(told, "confirmation").get("confirmation_url")),
        reason=reason,
        held_until=_moment(told.get("expires_at")) if state == "held" else None,
        receipt=RECEIPT_STATES.get(str(registration), ""),
        key=_key(told),
    )


def refund_told(told: Object) -> RefundTold:
    """What a refund object means."""
    return RefundTold(
        provider_id=_identifier(told.get("id")),
        payment_provider_id=_identifier(told.get("payment_id")),
        state=_known(REFUND_STATES.get(str(told.get("status", "")))),
        amount_minor=_amount(told).minor,
        currency=_amount(told).currency,
        reason=str(_part(told, "cancellation_details").get("reason", "")),
        receipt=RECEIPT_STATES.get(str(told.get("receipt_registration")), ""),
        key=_key(told),
    )


def receipt_told(told: Object) -> ReceiptTold:
    """What a receipt object means."""
    state = RECEIPT_STATES.get(str(told.get("status", "")))
    return ReceiptTold(provider_id=_identifier(told.get("id")), state=_known(state))


def is_closing(told: Object) -> bool:
    """Is this the receipt of a hand-over? Only there goods are settled by money that had come before."""
    kinds = {one.get("type") for one in listed(told, "settlements")}
    return told.get("type") == "payment" and told.get("status") != "canceled" and "prepayment" in kinds


def listed(told: Object, name: str = "items") -> list[Object]:
    """The objects of a list in an answer; `ProviderAway` when there is no list."""
    items = told.get(name)
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise ProviderAway(reason="unreadable")
    return items


def noticed(body: dict[str, Any]) -> Noticed:
    """What a notice is about. It names itself by its event, its object and a digest of all it says."""
    event, about = body.get("event"), body.get("object")
    if body.get("type") != "notification" or not isinstance(event, str) or not isinstance(about, dict):
        raise ValueError("not a notice of YooKassa")
    identifier = about.get("id")
    if not isinstance(identifier, str) or not IDENTIFIER.fullmatch(identifier):
        raise ValueError("a notice must name its object")
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:16]
    notice_id = f"{event[:30]}:{identifier}:{digest}"
    kind = event.partition(".")[0]
    if kind == "payment":
        return Noticed(notice_id, "payment", identifier)
    return Noticed(notice_id, "refund", identifier) if kind == "refund" else Noticed(notice_id, "nothing")


def _known(state: str | None) -> str:
    if state is None:
        raise ProviderAway(reason="unreadable")
    return state


def _identifier(told: object) -> str:
    """An id becomes a part of addresses: one of another shape is not asked about."""
    if not isinstance(told, str) or not IDENTIFIER.fullmatch(told):
        raise ProviderAway(reason="unreadable")
    return told


def _part(told: Object, name: str) -> Object:
    part = told.get(name)
    return part if isinstance(part, dict) else {}


def _page(address: object) -> str:
    """Where the buyer is sent; only a web page, and a secured one wherever YooKassa itself is."""
    safe = ("https://", "http://") if settings.YOOKASSA_URL.startswith("http://") else ("https://",)
    told = str(address or "")
    return told if told.startswith(safe) and told.isprintable() and len(told) <= PAGE_LENGTH_MAX else ""


def _key(told: Object) -> UUID | None:
    """Our own key of the request, as we left it with the object."""
    try:
        return UUID(str(_part(told, "metadata").get("svoi_key")))
    except ValueError:
        return None


def _amount(told: Object) -> Money:
    amount = _part(told, "amount")
    try:
        return Money.parse(str(amount.get("value")), str(amount.get("currency")))
    except ValueError:
        raise ProviderAway(reason="unreadable") from None


def _moment(told: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(told))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _absolute(address: str) -> str:
    return address if "://" in address else f"{settings.PUBLIC_URL.rstrip('/')}{address}"
