"""What of an order can come back, and what does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import Q, Sum
from django.utils import timezone

from svoi.orders.models import Order, OrderLine, Return, ReturnLine
from svoi.orders.rules import Bought, Paid, returnable_until, worth_now

COUNTS = Q(returning__declined_at=None, returning__dropped_at=None)


def returnable(order: Order) -> dict[OrderLine, int]:
    """Pieces of each line that are neither back nor asked back, the lines in their order; two queries."""
    lines = list(order.lines.order_by("id"))
    asked = ReturnLine.objects.filter(COUNTS, order_line__order=order).values_list("order_line_id")
    gone: dict[int, int] = dict(asked.annotate(Sum("quantity")))
    return {line: line.quantity - gone.get(line.pk, 0) for line in lines}


def worth_back(order: Order, wanted: Mapping[int, int], *, again: Return | None = None) -> Paid:
    """What so many pieces by line bring back, beside those that are back or asked back; `again` is not counted."""
    others = order.returns.filter(declined_at=None, dropped_at=None)
    lines = ReturnLine.objects.filter(COUNTS, order_line__order=order)
    if again is not None:
        others, lines = others.exclude(pk=again.pk), lines.exclude(returning=again)
    given = others.aggregate(minor=Sum("amount_minor"), points=Sum("points_back"))
    return worth_now(
        before=dict(lines.values_list("order_line_id").annotate(Sum("quantity"))),
        now=wanted,
        given=Paid(given["minor"] or 0, given["points"] or 0),
        lines={line.pk: Bought(line.quantity, line.price_minor) for line in order.lines.order_by("id")},
        paid=Paid(order.payable.minor, order.points_spent),
    )


def returns_of(order: Order) -> list[Return]:
    """Everything she asked to give back, newest first, with its lines."""
    found = order.returns.prefetch_related("lines__order_line").order_by("-id")
    return list(found)


def kept_minor(order: Order) -> int:
    """The money she paid for what she did not give back."""
    received = order.returns.filter(received_at__isnull=False).aggregate(back=Sum("amount_minor"))["back"] or 0
    return order.payable.minor - received


def return_ends(order: Order) -> datetime:
    """Until when it can be returned without a reason; only collected orders have such a moment."""
    assert order.collected_at is not None
    return returnable_until(collected_at=timezone.localtime(order.collected_at), days=settings.RETURN_DAYS)


def refund_key(asked: Return) -> UUID:
    """The refund of a return is known by this key."""
    return uuid5(asked.key, f"return:{asked.pk}")
