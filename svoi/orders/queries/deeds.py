"""Who did what to an order: read from the facts, since a moment alone does not say by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Value
from django.db.models.fields.json import KT
from django.db.models.lookups import Exact

from svoi.db.models import OutboxEvent
from svoi.members.models import Member
from svoi.orders.models import Order

Fact = tuple[int, str, dict[str, Any], datetime]


@dataclass(frozen=True, slots=True)
class Deed:
    """A fact of an order or its parcel that somebody made true; `by` is None when it was the law or a carrier."""

    kind: str
    by: Member | None
    at: datetime


def deeds_of(order: Order) -> list[Deed]:
    """In the order they happened; three queries whatever their number."""
    facts = sorted([*_facts("order_id", str(order.pk)), *_facts("subject", order.subject)], key=lambda fact: fact[0])
    people = Member.objects.in_bulk({told["by_id"] for _, _, told, _ in facts if told["by_id"]})
    return [Deed(kind, people.get(told["by_id"]), at) for _, kind, told, at in facts]


def _facts(name: str, value: str) -> list[Fact]:
    """Through the index of what somebody did; its conditions are repeated here word for word."""
    done = OutboxEvent.objects.filter(payload__has_key="by_id").filter(payload__has_key=name)
    found = done.filter(Exact(KT(f"payload__{name}"), Value(value)))
    return list(found.values_list("id", "kind", "payload", "at"))
