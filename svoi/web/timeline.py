"""An order's way as a list of moments: what happened and when, what is now, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from svoi.orders.models import Order
from svoi.orders.queries import return_ends
from svoi.pickup.models import Parcel

AHEAD = ("packed", "sent", "here", "collected")
Standing = Literal["done", "now", "todo"]


@dataclass(frozen=True, slots=True)
class Moment:
    """One step: `at` it happened, `until` it holds; `name` is what the page words it by."""

    name: str
    standing: Standing
    at: datetime | None = None
    until: datetime | None = None


def timeline(order: Order, parcel: Parcel | None) -> list[Moment]:
    """What happened in the order it happened, then what is still to come for an order that goes on."""
    happened = [Moment(name, "done", at, until) for name, at, until in _moments(order, parcel) if at is not None]
    done = sorted(happened, key=lambda one: one.at or order.placed_at)
    return [*done, *_ahead(order, {one.name for one in done})]


def _moments(order: Order, parcel: Parcel | None) -> list[tuple[str, datetime | None, datetime | None]]:
    uncollected = order.withdrawn_for == "not_collected"
    paying = [("placed", order.placed_at, None), ("held", order.held_at, None), ("paid", order.paid_at, None)]
    ending = [
        ("cancelled", order.cancelled_at, None),
        ("not_collected" if uncollected else "withdrawn", order.withdrawn_at, None),
        ("collected", order.collected_at, return_ends(order) if order.collected_at else None),
        ("returned", order.returned_at, None),
        ("kept", order.kept_at, None),
    ]
    if parcel is None:
        return [*paying, *ending]
    waits = parcel.keep_until if parcel.stage == "here" else None
    way = [("packed", parcel.prepared_at, None), ("sent", parcel.sent_at, None), ("here", parcel.arrived_at, waits)]
    return [*paying, *way, *ending]


def _ahead(order: Order, done: set[str]) -> list[Moment]:
    if order.stage == "placed":
        return [Moment("waits", "now")]
    if order.stage not in ("held", "paid"):
        return []
    coming = [name for name in AHEAD if name not in done]
    return [Moment(name, "now" if place == 0 else "todo") for place, name in enumerate(coming)]
