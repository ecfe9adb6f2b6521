"""Orders as their buyer sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from svoi.members.models import Member
from svoi.orders.models import Order, OrderLine
from svoi.orders.rules import KeyReused, Wanted
from svoi.payments.models import Payment
from svoi.payments.queries import latest_payment


@dataclass(frozen=True, slots=True)
class OrderPage:
    """All that the page of one order shows."""

    order: Order
    lines: list[OrderLine]
    payment: Payment | None


def order_page(*, buyer: Member, number: str) -> OrderPage:
    """One order of this buyer; `Order.DoesNotExist` for anybody else's."""
    order = Order.objects.select_related("pickup_point", "community", "buyer").get(buyer=buyer, number=number)
    lines = list(order.lines.select_related("variant__product").prefetch_related("variant__pictures").order_by("id"))
    return OrderPage(order=order, lines=lines, payment=latest_payment(order.subject))


def orders_of(*, buyer: Member, most: int = 50) -> list[Order]:
    """The buyer's orders, newest first, with their lines and pictures."""
    orders = Order.objects.filter(buyer=buyer).select_related("pickup_point", "community").order_by("-placed_at")
    return list(orders.prefetch_related("lines__variant__pictures")[:most])


def same_purchase(
    *, buyer: Member, key: UUID, wanted: Sequence[Wanted], pickup_point_id: int, points: int
) -> Order | None:
    """The order this key already made; raise `KeyReused` when it was for something else."""
    order = Order.objects.filter(buyer=buyer, key=key).first()
    if order is None:
        return None
    bought = sorted(order.lines.values_list("variant_id", "quantity"))
    asked = sorted((one.variant_id, one.quantity) for one in wanted)
    if (bought, order.pickup_point_id, order.points_spent) != (asked, pickup_point_id, points):
        raise KeyReused(number=order.number)
    return order


def line_told(order: Order, lines: Sequence[OrderLine]) -> OrderLine:
    """The line a room is told of: the first that was met where the order began."""
    origin = (order.origin_kind, order.origin_id)
    return next((line for line in lines if (line.origin_kind, line.origin_id) == origin), lines[0])
