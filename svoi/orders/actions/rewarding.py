"""What points have to do with orders: laid down, spent, free again, given back, and earned by what was kept.

Each is the last thing its action locks, so that two actions of one buyer never wait for each other in a circle.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from svoi.db.transaction import atomic
from svoi.kernel.money import Money
from svoi.orders.models import Order, Return
from svoi.points.actions import earn_points, give_points_back, hold_points, release_points, spend_points


def lay_down_points(*, order: Order, amount: int, at: datetime) -> None:
    """So many points of the buyer for a fresh order. Raises `PointsShort`, `PointsOverShare`."""
    hold_points(**_whose(order), amount=amount, total=order.total, at=at)
    order.points_spent = amount
    order.save(update_fields=["points_spent"])


def settle_points(*, order: Order, at: datetime) -> None:
    """The order is paid, and what was laid down for it with it."""
    if order.points_spent:
        spend_points(**_whose(order), amount=order.points_spent, at=at)


def free_points(*, order: Order, at: datetime) -> None:
    """The order fell away before it was paid: its points are free again."""
    if order.points_spent:
        release_points(**_whose(order), amount=order.points_spent, at=at)


def return_all_points(*, order: Order, at: datetime) -> None:
    """The order was called off, or not collected."""
    if order.points_spent:
        give_points_back(**_whose(order), amount=order.points_spent, key=order.subject, at=at)


def return_points(*, asked: Return, at: datetime) -> None:
    """The points that go back with goods."""
    if asked.points_back:
        give_points_back(**_whose(asked.order), amount=asked.points_back, key=asked.claim, at=at)


@atomic
def reward_buyer(*, order_id: int, kept_minor: int, at: datetime) -> None:
    """The days to return are over: what she kept earns points, by the rules of the day she ordered."""
    order = Order.objects.get(pk=order_id)
    earn_points(**_whose(order), kept=Money(kept_minor, order.currency), promised_at=order.placed_at, at=at)


def _whose(order: Order) -> dict[str, Any]:
    return {"community_id": order.community_id, "member_id": order.buyer_id, "subject": order.subject}
