"""All that an order's page shows besides its lines: way, money, parcel, returns, receipts; one question each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from svoi.orders.models import Order, Return
from svoi.orders.queries import OrderPage, refund_key, return_ends, returnable, returns_of
from svoi.orders.rules import EXTENSION_S, EXTENSIONS_MAX, bring_until, may_withdraw
from svoi.orders.rules.returning import QUALITY_DAYS
from svoi.payments.models import Refund
from svoi.payments.queries import receipts_of, refunds_of
from svoi.pickup.models import Parcel
from svoi.pickup.queries import parcel_of, pickup_code
from svoi.web.order_words import REASONS, RECEIPT_STATES, RECEIPTS, RETURNS, told_of
from svoi.web.payment_steps import payment_step
from svoi.web.timeline import timeline

QUICK_S, CALM_S, SLOW_S = 1, 4, 30
UNDER_WAY = ("due", "sent")
WORTH_S = 60  # asked for sooner, more time would be hardly any


def order_parts(found: OrderPage, *, returned: bool, at: datetime) -> dict[str, Any]:
    """What the page and its changing part are drawn from."""
    order, refunds = found.order, refunds_of(found.order.subject)
    parcel, asked = parcel_of(order.subject), returns_of(order)
    step = payment_step(order, found.payment, refunds, returned=returned)
    of_returns = {refund_key(one) for one in asked}
    return {
        "order": order,
        "lines": found.lines,
        "payment": found.payment,
        "step": step,
        "returned": returned and step == "asking",  # spent once the bank has answered: another payment may follow
        "moments": [told_of(one) for one in timeline(order, parcel)],
        "parcel": parcel,
        "code": pickup_code(parcel) if parcel else None,
        "refunds": [one for one in refunds if one.key not in of_returns],
        "returns": [_told(one, refunds) for one in asked],
        "receipts": _receipts(order),
        "may_call_off": may_withdraw(stage=order.stage, sent_at=parcel.sent_at if parcel else None),
        "may_let_go": _may_let_go(found),
        "may_extend": may_extend(order, at=at),
        "may_return": may_return(order, at=at),
        "poll_s": _poll_s(order, step, refunds),
    }


def may_extend(order: Order, *, at: datetime) -> bool:
    """Is there so little time left that asking for more gives some?"""
    short = order.reserved_until - at < timedelta(seconds=EXTENSION_S - WORTH_S)
    return order.stage == "placed" and order.reserved_until > at and short and order.extended < EXTENSIONS_MAX


def may_return(order: Order, *, at: datetime) -> bool:
    """Is anything left that can be asked back: by right, or because something is wrong with it?"""
    if order.collected_at is None or at > order.collected_at + timedelta(days=QUALITY_DAYS):
        return False
    return any(returnable(order).values())


def _may_let_go(found: OrderPage) -> bool:
    payment = found.payment
    return found.order.stage == "placed" or (
        found.order.stage == "held" and payment is not None and payment.capture_due_at is None
    )


def _told(asked: Return, refunds: list[Refund]) -> dict[str, Any]:
    key = refund_key(asked)
    return {
        "asked": asked,
        "stage": asked.stage,
        "words": RETURNS[asked.stage],
        "reason": REASONS[asked.reason],
        "bring_until": bring_until(accepted_at=asked.accepted_at) if asked.accepted_at else None,
        "refund": next((one for one in refunds if one.key == key), None),
        "may_drop": asked.stage in ("asked", "accepted"),
    }


def _receipts(order: Order) -> list[dict[str, Any]]:
    shown = [one for one in receipts_of(order.subject) if one.state != "dropped"]
    return [{"receipt": one, "kind": RECEIPTS[one.kind], "state": RECEIPT_STATES[one.state]} for one in shown]


def _poll_s(order: Order, step: str, refunds: list[Refund]) -> int:
    """How often the page looks again; 0 when nothing changes by itself."""
    if step in ("preparing", "asking"):
        return QUICK_S
    if step in ("ready", "declined") or any(one.state in UNDER_WAY for one in refunds):
        return CALM_S
    return SLOW_S if order.stage in ("held", "paid") else 0


def return_facts(order: Order, *, at: datetime) -> dict[str, Any]:
    """What the law gives, and until when."""
    until = return_ends(order) if order.collected_at else None
    return {"until": until, "by_right": until is not None and at <= until}


def parcels_by_subject(orders: list[Order], parcels: list[Parcel]) -> list[tuple[Order, Parcel | None]]:
    """Each order with its parcel, if it was packed."""
    packed = {parcel.subject: parcel for parcel in parcels}
    return [(order, packed.get(order.subject)) for order in orders]
