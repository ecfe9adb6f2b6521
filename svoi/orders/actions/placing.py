"""Placing an order: stock reserved in one order of locks, the prices she saw frozen, money asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from svoi.catalog.actions import reserve_stock, take_from_allotments
from svoi.catalog.models import Variant
from svoi.catalog.rules import NoLongerSold, admit_quantity
from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.kernel.money import Money
from svoi.members.models import Member
from svoi.orders.actions.rewarding import lay_down_points
from svoi.orders.events import OrderPlaced
from svoi.orders.models import CartLine, Order, OrderLine
from svoi.orders.queries import lock_buyer, same_purchase
from svoi.orders.rules import (
    Origin,
    Wanted,
    admit_another_order,
    admit_basket,
    begun_in,
    pieces_by_show,
    price_line,
    reserve_until,
)
from svoi.payments.actions import request_payment
from svoi.payments.rules import Receiptable, ReceiptItem
from svoi.pickup.models import PickupPoint
from svoi.pickup.rules import admit_point


@atomic
def place_order(
    *,
    buyer: Member,
    community_id: int,
    variant_id: int,
    quantity: int,
    shown_price: Money,
    pickup_point_id: int,
    origin: Origin,
    announced: bool,
    key: UUID,
    number: str,
    at: datetime,
    method: str = "",
    receipt_to: str = "",
    promised: Money | None = None,
) -> Order:
    """Order pieces of one variant; raises what `place_cart` raises.

    With `promised` the pieces are ones that the caller, in this very transaction, gives up from those it had set aside,
    and that is their price.
    """
    wanted = [Wanted(variant_id, quantity, shown_price, origin, promised)]
    chosen: dict[str, Any] = {
        "pickup_point_id": pickup_point_id,
        "method": method,
        "receipt_to": receipt_to,
        "announced": announced,
    }
    return _place(buyer=buyer, community_id=community_id, wanted=wanted, key=key, number=number, at=at, **chosen)


@atomic
def place_cart(
    *,
    buyer: Member,
    community_id: int,
    shown: Sequence[tuple[int, int, Money]],
    pickup_point_id: int,
    key: UUID,
    number: str,
    at: datetime,
    method: str = "",
    receipt_to: str = "",
    announced: bool = False,
    points: int = 0,
) -> Order:
    """Order what the page showed of her cart, as (variant, pieces, price): one order per key, however it arrives.

    What is ordered leaves the cart; each line keeps the origin it was laid in with. Raises `BasketEmpty`, `CartFull`,
    `PriceMoved`, `OutOfStock`, `NoLongerSold`, `PointClosed`, `QuantityOutOfRange`, `BuyingTooFast`,
    `AllotmentSoldOut` for what was laid in a show that may sell no more of it, and `KeyReused` when the key belongs to
    a different purchase. `points` of hers are laid down for it (`PointsShort`, `PointsOverShare`). A refusal changes
    nothing: the cart is as it was.
    """
    origins = {line.variant_id: line.origin for line in CartLine.objects.filter(member=buyer)}
    wanted = [Wanted(one, pieces, price, origins.get(one, Origin("product"))) for one, pieces, price in shown]
    chosen: dict[str, Any] = {
        "pickup_point_id": pickup_point_id,
        "method": method,
        "receipt_to": receipt_to,
        "announced": announced,
        "points": points,
    }
    order = _place(buyer=buyer, community_id=community_id, wanted=wanted, key=key, number=number, at=at, **chosen)
    CartLine.objects.filter(member=buyer, variant__in=[one.variant_id for one in wanted]).delete()
    return order


def _place(
    *,
    buyer: Member,
    community_id: int,
    wanted: Sequence[Wanted],
    pickup_point_id: int,
    method: str,
    receipt_to: str,
    announced: bool,
    key: UUID,
    number: str,
    at: datetime,
    points: int = 0,
) -> Order:
    admit_basket(wanted)
    for one in wanted:
        admit_quantity(one.quantity)
    lock_buyer(buyer)
    if earlier := same_purchase(buyer=buyer, key=key, wanted=wanted, pickup_point_id=pickup_point_id, points=points):
        return earlier
    admit_another_order(unpaid=Order.objects.unpaid().filter(buyer=buyer).count())
    point = PickupPoint.objects.filter(pk=pickup_point_id, community_id=community_id).first()
    admit_point(known=point is not None, closed=point is not None and point.closed_at is not None)
    taken = _reserve(wanted, community_id)
    order = Order.objects.create(
        number=number,
        community_id=community_id,
        buyer=buyer,
        pickup_point_id=pickup_point_id,
        **_origin(begun_in(wanted)),
        **_cost(wanted, taken),
        announced=announced,
        key=key,
        method=method,
        receipt_to=receipt_to,
        placed_at=at,
        reserved_until=reserve_until(at=at),
    )
    lines = OrderLine.objects.bulk_create([_line(order, one, taken[one.variant_id]) for one in wanted])
    if points:
        lay_down_points(order=order, amount=points, at=at)
    request_payment(**asking(order=order, lines=lines), key=key, at=at)
    record(OrderPlaced(**order.told(), total_minor=order.total_minor))
    return order


def _reserve(wanted: Sequence[Wanted], community_id: int) -> dict[int, Variant]:
    """Take the pieces in the order of the variants' ids, so that baskets in any order never wait in a circle."""
    taken = {}
    for one in sorted(wanted, key=lambda one: one.variant_id):
        if one.promised is not None:
            variant = _still_sold(one.variant_id)
        else:
            variant = reserve_stock(variant_id=one.variant_id, quantity=one.quantity)
        if variant.community_id != community_id:
            raise NoLongerSold(variant_id=variant.pk)
        taken[variant.pk] = variant
    # What was promised left its show's allotment when it was set aside.
    sold = [(one.origin, taken[one.variant_id].product_id, one.quantity) for one in wanted if one.promised is None]
    for show_id, pieces in pieces_by_show(sold):
        take_from_allotments(show_id=show_id, wanted=pieces)
    return taken


def _still_sold(variant_id: int) -> Variant:
    sold = Variant.objects.select_related("product").filter(withdrawn_at=None, product__withdrawn_at=None)
    variant = sold.filter(pk=variant_id).first()
    if variant is None:
        raise NoLongerSold(variant_id=variant_id)
    return variant


def _cost(wanted: Sequence[Wanted], taken: dict[int, Variant]) -> dict[str, Any]:
    sums = [
        price_line(
            offered=one.promised or taken[one.variant_id].price,
            shown=one.shown_price,
            quantity=one.quantity,
            variant_id=one.variant_id,
        )
        for one in wanted
    ]
    total = sum(sums[1:], start=sums[0])
    return {"total_minor": total.minor, "currency": total.currency}


def _origin(origin: Origin) -> dict[str, Any]:
    return {"origin_kind": origin.kind, "origin_id": origin.id}


def _line(order: Order, one: Wanted, variant: Variant) -> OrderLine:
    product = variant.product
    return OrderLine(
        order=order,
        variant=variant,
        name=", ".join(filter(None, (product.name, variant.title))),
        name_en=", ".join(filter(None, (product.name_en or product.name, variant.title_en or variant.title))),
        quantity=one.quantity,
        price_minor=(one.promised or variant.price).minor,
        **_origin(one.origin),
    )


def asking(*, order: Order, lines: Sequence[OrderLine]) -> dict[str, Any]:
    """How the order asks for its money: what points leave to pay, with a receipt for whoever left an address."""
    items = tuple(ReceiptItem(name=line.name, quantity=line.quantity, price_minor=line.price_minor) for line in lines)
    return {
        "subject": order.subject,
        "amount": order.payable,
        "purpose": f"№ {order.number}",
        "return_url": f"/orders/{order.number}/",
        "method": order.method,
        "hold": settings.HOLD_MONEY and order.method != "sbp",
        "receipt": Receiptable(order.receipt_to, items) if order.receipt_to else None,
    }
