"""Laying things in, and what is read back."""

from __future__ import annotations

import re

from svoi.catalog.models import Variant
from svoi.orders.models import CartLine

CART = "/c/table/cart"
HTMX = {"HX-Request": "true"}


def lays_in(client, thing: Variant, *, htmx: bool = False, **changes):
    asked = {"variant": thing.pk, "quantity": 1, f"shown_{thing.pk}": thing.price_minor, "currency": "RUB", **changes}
    return client.post("/c/table/cart/lines", asked, headers=HTMX if htmx else {})


def lies() -> list[tuple[int, int, int, str, int | None]]:
    rows = CartLine.objects.order_by("id")
    return list(rows.values_list("variant_id", "quantity", "shown_minor", "origin_kind", "origin_id"))


def told(response) -> list[str]:
    return re.findall(r'data-refused="(\w+)"', response.content.decode())
