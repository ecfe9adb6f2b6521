"""Orders that come to nothing: unpaid ones fall away, paid ones are called off; stock and money go back."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid5

from svoi.catalog.actions import return_stock, return_to_allotments
from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.kernel.money import Money
from svoi.orders.actions.paying import let_money_go
from svoi.orders.actions.rewarding import free_points, return_all_points
from svoi.orders.events import OrderCancelled, OrderWithdrawn
from svoi.orders.models import Order
from svoi.orders.queries import locked_order, locked_subject
from svoi.orders.rules import admit_withdrawal, pieces_by_show
from svoi.payments.actions import owe_refund, withdraw_request
from svoi.payments.models import Payment
from svoi.payments.queries import paid_minor, paying_payment, refunding_minor
from svoi.pickup.actions import give_back, send_back
from svoi.pickup.queries import parcel_of

EXPIRED_AT_ONCE = 200


@atomic
def cancel_order(*, order_id: int, reason: str, at: datetime) -> bool:
    """Let an order go that was not paid, or whose money is only held; False when it is too late for that."""
    order = locked_order(order_id)
    if order.stage not in ("placed", "held"):
        return False
    held = paying_payment(order.subject) if order.stage == "held" else None
    if held and held.capture_due_at:
        return False
    _cancel(order, reason, at)
    withdraw_request(subject=order.subject, at=at)
    if held:
        let_money_go(payment=held, at=at)
    free_points(order=order, at=at)
    return True


@atomic
def drop_held(*, payment_id: int, at: datetime) -> bool:
    """The bank let the held money go, mostly because its time ran out: the order falls away, if it still stands."""
    payment = Payment.objects.get(pk=payment_id)
    order = locked_subject(payment.subject)
    if order is None or order.stage != "held" or paying_payment(payment.subject):
        return False
    _cancel(order, "hold_ran_out", at)
    _stop_parcel(order, at)
    free_points(order=order, at=at)
    return True


def expire_orders(*, at: datetime, most: int = EXPIRED_AT_ONCE) -> int:
    """Let go of orders whose reservation ran out, one transaction each; return how many went."""
    late = Order.objects.unpaid().filter(reserved_until__lte=at).order_by("reserved_until")
    return sum(_expire(order_id=pk, at=at) for pk in late.values_list("pk", flat=True)[:most])


@atomic
def _expire(*, order_id: int, at: datetime) -> bool:
    """Looked at again under the lock: it may have been paid, or its time extended."""
    order = locked_order(order_id)
    if order.stage != "placed" or order.reserved_until > at:
        return False
    return cancel_order(order_id=order_id, reason="not_paid_in_time", at=at)


@atomic
def withdraw_order(*, order_id: int, reason: str, at: datetime) -> Order:
    """Call a paid order off before its parcel leaves: the stock is on sale again, the whole sum on its way back.

    Twice is once. Raises `OrderNotPaid`, `AlreadySent`.
    """
    order = locked_order(order_id)
    if order.stage == "withdrawn":
        return order
    parcel = parcel_of(order.subject)
    admit_withdrawal(stage=order.stage, sent_at=parcel.sent_at if parcel else None)
    _withdraw(order, reason, at)
    _stop_parcel(order, at)
    _restock(order, at)
    return_all_points(order=order, at=at)
    return order


@atomic
def withdraw_uncollected(*, subject: str, at: datetime) -> bool:
    """Nobody collected the parcel: the money goes back now, the stock once the goods are the shop's again."""
    order = locked_subject(subject)
    if order is None or order.stage != "paid":
        return False
    _withdraw(order, "not_collected", at)
    return_all_points(order=order, at=at)
    return True


@atomic
def restock_order(*, subject: str, at: datetime) -> bool:
    """A parcel that nobody collected came back: its goods are on sale again, once."""
    order = locked_subject(subject)
    if order is None or order.stage not in ("withdrawn", "cancelled") or order.restocked_at:
        return False
    _restock(order, at)
    return True


def _cancel(order: Order, reason: str, at: datetime) -> None:
    order.cancelled_at, order.cancelled_for = at, reason
    order.save(update_fields=["cancelled_at", "cancelled_for"])
    _restock(order, at)
    record(OrderCancelled(**order.told(), reason=reason))


def _withdraw(order: Order, reason: str, at: datetime) -> None:
    back_minor = paid_minor(order.subject) - refunding_minor(order.subject)
    order.withdrawn_at, order.withdrawn_for = at, reason
    order.save(update_fields=["withdrawn_at", "withdrawn_for"])
    if back_minor > 0:
        amount, key = Money(back_minor, order.currency), uuid5(order.key, "withdrawn")
        owe_refund(subject=order.subject, amount=amount, reason=f"order_{reason}"[:40], key=key, at=at)
    record(OrderWithdrawn(**order.told_later(), reason=reason, refund_minor=back_minor))


def _stop_parcel(order: Order, at: datetime) -> None:
    """A parcel that was packed and not sent is unpacked again."""
    parcel = parcel_of(order.subject)
    if parcel and parcel.stage == "prepared":
        send_back(parcel_id=parcel.pk, at=at)
        give_back(parcel_id=parcel.pk, at=at)


def _restock(order: Order, at: datetime) -> None:
    assert order.restocked_at is None, "goods go back on sale once"
    lines = list(order.lines.select_related("variant").order_by("variant_id"))
    for line in lines:
        return_stock(variant_id=line.variant_id, quantity=line.quantity)
    for show_id, back in pieces_by_show((line.origin, line.variant.product_id, line.quantity) for line in lines):
        return_to_allotments(show_id=show_id, back=back)
    order.restocked_at = at
    order.save(update_fields=["restocked_at"])
