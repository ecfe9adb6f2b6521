"""Orders of the table at every stage, made by the shop's own actions where money is not the point."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from svoi.catalog.models import Variant
from svoi.kernel.money import Money
from svoi.orders.actions import ask_return, collect_order, pack_order, place_order, send_order, settle_order
from svoi.orders.models import Order, OrderLine, Return
from svoi.orders.rules import Origin
from svoi.payments.actions import apply_told
from svoi.payments.models import Payment
from svoi.payments.providers.shape import Told
from svoi.pickup.actions import receive_parcel
from svoi.pickup.models import Parcel, PickupPoint


def placed(buyer, variant: Variant, point: PickupPoint, *, quantity: int = 1, origin: Origin | None = None) -> Order:
    return place_order(
        buyer=buyer,
        community_id=variant.community_id,
        variant_id=variant.pk,
        quantity=quantity,
        shown_price=Money(variant.price_minor),
        pickup_point_id=point.pk,
        origin=origin or Origin("product", variant.product_id),
        announced=False,
        key=uuid4(),
        number=uuid4().hex[:8].upper(),
        at=timezone.now(),
    )


def paid(buyer, variant: Variant, point: PickupPoint, **changes: object) -> Order:
    order = placed(buyer, variant, point, **changes)
    payment = Payment.objects.get(subject=order.subject)
    told = Told(f"bank-{order.pk}", "succeeded", payment.amount_minor)
    apply_told(payment=payment, told=told, at=timezone.now())
    settle_order(payment_id=payment.pk, at=timezone.now())
    order.refresh_from_db()
    return order


def packed(order: Order, by) -> Parcel:
    return pack_order(order_id=order.pk, by=by, at=timezone.now())


def sent(order: Order, by) -> Parcel:
    packed(order, by)
    return send_order(order_id=order.pk, by=by, at=timezone.now())


def arrived(order: Order, by) -> Parcel:
    return receive_parcel(parcel_id=sent(order, by).pk, by=by, at=timezone.now())


def collected(order: Order, by) -> Order:
    parcel = arrived(order, by)
    Parcel.objects.filter(pk=parcel.pk).update(handed_over_at=timezone.now(), handed_over_by=by)
    collect_order(subject=order.subject, at=timezone.now())
    order.refresh_from_db()
    return order


def asked_back(order: Order, *, late: bool = False, pieces: int = 1, words: str = "") -> Return:
    """A return; with `late` it comes after the days of the law and waits for the shop's word."""
    line: OrderLine = order.lines.get()
    at = timezone.now() + timedelta(days=40 if late else 0)
    return ask_return(order_id=order.pk, wanted={line.pk: pieces}, reason="defect", words=words, key=uuid4(), at=at)
