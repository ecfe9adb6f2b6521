"""The chat as the crew reads it: what was said and what was bought, in the order it happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from svoi.orders.models import Order
from svoi.orders.queries import line_told
from svoi.shows.models import Mute, Show
from svoi.shows.queries.room import MESSAGES_SHOWN, room_state

PURCHASES_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Talk:
    """Lines with the places in the room's streams up to which they are complete."""

    lines: tuple[dict[str, Any], ...]
    facts: int
    chat: int


def talk_of(show: Show) -> Talk:
    """The latest messages and purchases. Call it inside a transaction that reads one moment."""
    state = room_state(show_id=show.pk)
    lines = interleaved(state["messages"], _purchases(show))
    return Talk(tuple(lines), state["facts"], state["chat"])


def interleaved(messages: list[dict[str, Any]], purchases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By time; messages keep their order, and a hidden one, which has lost its time, stays after its neighbour."""
    timed, latest = [], 0
    for message in messages:
        latest = max(latest, message.get("at", 0))
        timed.append({**message, "at": latest})
    begins = timed[0]["at"] if len(timed) >= MESSAGES_SHOWN else 0
    return sorted([*timed, *(line for line in purchases if line["at"] >= begins)], key=lambda line: line["at"])


def muted_now(show: Show, *, at: datetime) -> list[Mute]:
    """Who may not write, with the moment it ends."""
    return list(show.mutes.filter(lifted_at=None, until__gt=at).select_related("member").order_by("muted_at", "pk"))


def _purchases(show: Show) -> list[dict[str, Any]]:
    paid = Order.objects.filter(origin_kind="show", origin_id=show.pk, paid_at__isnull=False)
    latest = paid.select_related("buyer").prefetch_related("lines").order_by("-paid_at", "-pk")[:PURCHASES_SHOWN]
    return [_bought(order) for order in latest]


def _bought(order: Order) -> dict[str, Any]:
    """Like the frame the room gets: the name only if the buyer agreed."""
    line = line_told(order, sorted(order.lines.all(), key=lambda line: line.pk))
    assert order.paid_at is not None
    return {
        "bought": True,
        "name": order.buyer.name if order.announced else "",
        "product": line.name_en if get_language() == "en" and line.name_en else line.name,
        "quantity": line.quantity,
        "total_minor": order.total_minor,
        "at": round(order.paid_at.timestamp() * 1000),
    }
