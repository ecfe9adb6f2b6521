"""The pinned product as a room shows it."""

from __future__ import annotations

from typing import Any

from svoi.catalog.queries import allotments_of, cards
from svoi.shows.models import Pin
from svoi.shows.queries.allotted import sold_out_of


def pin_facts(pin: Pin) -> dict[str, Any]:
    """What is told of a pin: product, variant to start from, names, price in minor units, picture, media time in ms."""
    card = cards([pin.product_id])[pin.product_id]
    return {
        "pin_id": pin.pk,
        "product_id": pin.product_id,
        "variant_id": card.variant_id,
        "title_ru": card.name,
        "title_en": card.name_en or card.name,
        "price_minor": card.price_minor,
        "old_price_minor": card.old_price_minor,
        "picture": card.picture,
        "sold_out": card.sold_out or pin.product_id in sold_out_of(allotments_of(show_id=pin.show_id)),
        "media_at": round(pin.pinned_at.timestamp() * 1000),
    }


def standing_pin(show_id: int) -> Pin | None:
    """The pin that stands now."""
    return Pin.objects.filter(show_id=show_id, unpinned_at__isnull=True).first()
