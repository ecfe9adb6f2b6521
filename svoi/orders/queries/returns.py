"""What of an order can come back, and what does."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import Q, Sum
from django.utils import timezone

from svoi.orders.models import Order, OrderLine, Return, ReturnLine
from svoi.orders.rules import returnable_until

COUNTS = Q(returning__declined_at=None, returning__dropped_at=None)


def returnable(order: Order) -> dict[OrderLine, int]:
    """Pieces of each line that are neither back nor asked back, the lines in their order; two queries."""
    lines = list(order.lines.order_by("id"))
    asked = ReturnLine.objects.filter(COUNTS, order_line__order=order).values_list("order_line_id")
    gone: dict[int, int] = dict(asked.annotate(Sum("quantity")))
    return {line: line.quantity - gone.get(line.pk, 0) for line in lines}


def returns_of(order: Order) -> list[Return]:
    """Everything she asked to give back, newest first, with its lines."""
    found = order.returns.prefetch_related("lines__order_line").order_by("-id")
    return list(found)


def kept_minor(order: Order) -> int:
    """What of the order was not given back, at the prices she paid."""
    received = order.returns.filter(received_at__isnull=False).aggregate(back=Sum("amount_minor"))["back"] or 0
    return order.total_minor - received


def return_ends(order: Order) -> datetime:
    """Until when it can be returned without a reason; only collected orders have such a moment."""
    assert order.collected_at is not None
    return returnable_until(collected_at=timezone.localtime(order.collected_at), days=settings.RETURN_DAYS)


def refund_key(asked: Return) -> UUID:
    """The refund of a return is known by this key."""
    return uuid5(asked.key, f"return:{asked.pk}")
