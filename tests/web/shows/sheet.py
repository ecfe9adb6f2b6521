"""The sheet filled in and sent as a browser does it, and what a page answers."""

from __future__ import annotations

import json
import re
from uuid import UUID

from svoi.catalog.models import Variant
from svoi.shows.models import Show

KEY = UUID("11111111-2222-4333-8444-555555555555")


def order_of(show: Show, thing: Variant, point, **changes) -> dict[str, str]:
    """The sheet filled in, as a browser sends it."""
    filled = {
        "product": thing.product_id,
        "pin": show.pins.latest("id").pk,
        "variant": thing.pk,
        f"shown_{thing.pk}": thing.price_minor,
        "currency": "RUB",
        "quantity": 1,
        "pickup_point": point.pk,
        "key": KEY,
    }
    return {name: str(value) for name, value in {**filled, **changes}.items() if value is not None}


def bought(client, show, filled, *, htmx: bool = False):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(f"/shows/{show.pk}/orders", filled, headers=headers)


def told(response) -> list[str]:
    """The codes of the refusals a page shows."""
    return re.findall(r'data-refused="(\w+)"', response.content.decode())


def embedded(response, name: str):
    """JSON that the page carries for its own scripts."""
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', response.content.decode())
    return json.loads(found.group(1))
