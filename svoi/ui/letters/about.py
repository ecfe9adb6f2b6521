"""The facts of a letter, read from the order or the show an event is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse

from svoi.members.models import Member
from svoi.orders.models import Order, OrderLine, Return
from svoi.orders.queries import return_ends
from svoi.orders.rules import order_id_in
from svoi.planning.models import Reminder
from svoi.shows.models import Show

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class About:
    """An order, whose it is, what the event itself told, and the return it speaks of."""

    member: Member
    order: Order
    lines: list[OrderLine]
    told: Mapping[str, Any]
    asked: Return | None = None

    @property
    def return_until(self) -> datetime | None:
        """Until when she can change her mind; None before she has the goods."""
        return return_ends(self.order) if self.order.collected_at else None

    @property
    def subject(self) -> str:
        return self.order.subject

    @property
    def link(self) -> str:
        """The page the letter leads to."""
        return reverse("order", args=[self.order.number])

    def facts(self) -> dict[str, Any]:
        """What its templates read."""
        return {"order": self.order, "lines": self.lines}


@dataclass(frozen=True, slots=True)
class AboutShow:
    """A show somebody asked to be reminded of."""

    member: Member
    show: Show
    told: Mapping[str, Any]

    @property
    def subject(self) -> str:
        return f"show:{self.show.pk}"

    @property
    def link(self) -> str:
        return reverse("show", args=[self.show.pk])

    def facts(self) -> dict[str, Any]:
        return {"show": self.show}


def about_reminder(payload: Payload) -> AboutShow | None:
    """A reminder that rang; none for a show that began or was called off meanwhile."""
    coming = Show.objects.standing().filter(pk=payload["show_id"], went_live_at=None).first()
    reminder = Reminder.objects.select_related("member").filter(pk=payload["reminder_id"]).first()
    if coming is None or reminder is None or reminder.member.erased_at:
        return None
    return AboutShow(member=reminder.member, show=coming, told=_read(payload))


def about_order(payload: Payload) -> About | None:
    """The event names its order."""
    return _about(payload["order_id"], payload)


def about_subject(payload: Payload) -> About | None:
    """The event names what is paid for or carried; what is no order gets no letter."""
    order_id = order_id_in(str(payload["subject"]))
    return _about(order_id, payload) if order_id else None


def about_return(payload: Payload) -> About | None:
    """The event names a return beside its order; the shop's words stand in the return."""
    about = about_order(payload)
    asked = Return.objects.filter(pk=payload["return_id"], order_id=payload["order_id"]).first()
    return replace(about, asked=asked) if about else None


def about_unpaid(payload: Payload) -> About | None:
    """A declined payment is written about only while the order still waits for another one."""
    about = about_subject(payload)
    return about if about and about.order.stage == "placed" else None


def _about(order_id: int, payload: Payload) -> About | None:
    order = Order.objects.select_related("buyer", "pickup_point", "community").filter(pk=order_id).first()
    if order is None:
        return None
    return About(member=order.buyer, order=order, lines=list(order.lines.order_by("id")), told=_read(payload))


def _read(payload: Payload) -> dict[str, Any]:
    """Moments travel through the outbox as text."""
    return {
        name: datetime.fromisoformat(value) if name.endswith(("_at", "_until")) and value else value
        for name, value in payload.items()
    }
