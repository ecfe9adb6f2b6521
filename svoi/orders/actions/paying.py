"""Money for an order: asked for again, held, confirmed; and more time to pay."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.orders.actions.placing import asking
from svoi.orders.actions.rewarding import settle_points
from svoi.orders.events import OrderHeld, OrderPaid
from svoi.orders.models import Order
from svoi.orders.queries import line_told, locked_order, locked_subject
from svoi.orders.rules import OrderClosed, admit_payment, extend_until
from svoi.payments.actions import owe_refund, request_payment, void_payment
from svoi.payments.models import Payment
from svoi.payments.queries import paying_payment
from svoi.payments.rules import OPEN, CaptureDecided, NotHeld, PaymentUnknown


@atomic
def request_again(*, order_id: int, key: UUID, at: datetime, method: str | None = None) -> Payment:
    """Ask for money once more after a decline; raise `OrderClosed` when the order no longer waits for it."""
    order = locked_order(order_id)
    admit_payment(stage=order.stage)
    if paying_payment(order.subject):  # the money is there; the order hears of it in a moment
        raise OrderClosed(stage="paid")
    if open_one := Payment.objects.filter(subject=order.subject, state__in=OPEN).first():
        return open_one
    if method is not None and method != order.method:
        order.method = method
        order.save(update_fields=["method"])
    return request_payment(**asking(order=order, lines=list(order.lines.order_by("id"))), key=key, at=at)


@atomic
def extend_reservation(*, order_id: int, at: datetime) -> Order:
    """Keep the goods a little longer for a buyer who needs the time; raises `OrderClosed`, `ExtendedEnough`."""
    order = locked_order(order_id)
    order.reserved_until = extend_until(stage=order.stage, until=order.reserved_until, extended=order.extended, at=at)
    order.extended += 1
    order.save(update_fields=["reserved_until", "extended"])
    return order


@atomic
def hold_order(*, payment_id: int, at: datetime) -> None:
    """The money is held on the card: the order stands. One that fell away meanwhile lets the money go."""
    payment = Payment.objects.get(pk=payment_id)
    order = locked_subject(payment.subject)
    if order is None:
        raise PaymentUnknown()
    if order.stage == "cancelled":
        let_money_go(payment=payment, at=at)
    elif order.stage == "placed":
        order.held_at = at
        order.save(update_fields=["held_at"])
        record(OrderHeld(**order.told_later(), total_minor=order.total_minor))


@atomic
def settle_order(*, payment_id: int, at: datetime) -> None:
    """The money came: the order is paid. If it fell away meanwhile, the money goes back instead."""
    payment = Payment.objects.get(pk=payment_id)
    order = locked_subject(payment.subject)
    if order is None:
        raise PaymentUnknown()
    if order.stage == "cancelled":
        key = uuid5(payment.key, "order_fell_away")
        owe_refund(subject=payment.subject, amount=payment.captured, reason="order_fell_away", key=key, at=at)
        return
    if order.stage not in ("placed", "held"):
        return
    order.paid_at = at
    order.save(update_fields=["paid_at"])
    record(_paid(order))
    settle_points(order=order, at=at)


def let_money_go(*, payment: Payment, at: datetime) -> None:
    """Held money is let go, unless the bank has just done so or the money is being taken: then it goes back."""
    try:
        void_payment(payment_id=payment.pk, at=at)
    except (NotHeld, CaptureDecided):
        return


def _paid(order: Order) -> OrderPaid:
    first = line_told(order, list(order.lines.select_related("variant").order_by("id")))
    return OrderPaid(
        **order.told(),
        total_minor=order.total_minor,
        product_id=first.variant.product_id,
        quantity=first.quantity,
        name=order.buyer.name if order.announced else None,
    )
