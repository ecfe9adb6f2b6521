"""A price is changed by hand, and left behind in its history by the table itself."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from svoi.catalog.events import PriceChanged
from svoi.catalog.models import Variant
from svoi.catalog.rules import admit_price
from svoi.db.outbox import record
from svoi.db.transaction import atomic, required


@atomic
def change_price(*, variant_id: int, price_minor: int, old_price_minor: int | None = None, at: datetime) -> Variant:
    """Ask another price from now on; the same one again changes nothing. Raises `PriceOutOfRange`."""
    admit_price(price_minor=price_minor, old_price_minor=old_price_minor)
    variant = Variant.objects.select_for_update().get(pk=variant_id)
    if (variant.price_minor, variant.old_price_minor) == (price_minor, old_price_minor):
        return variant
    set_moment(at=at)
    variant.price_minor, variant.old_price_minor = price_minor, old_price_minor
    variant.save(update_fields=["price_minor", "old_price_minor"])
    record(
        PriceChanged(
            variant_id=variant_id,
            product_id=variant.product_id,
            price_minor=price_minor,
            old_price_minor=old_price_minor,
        )
    )
    return variant


def set_moment(*, at: datetime) -> None:
    """Tell the tables that keep a history when this transaction happens; it is forgotten with the transaction."""
    required()
    with connection.cursor() as cursor:
        cursor.execute("select set_config('svoi.moment', %s, true)", [at.isoformat()])
