"""Telling the rooms that have a product laid out what became of its price and stock."""

from __future__ import annotations

from svoi.catalog.queries import cards
from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.shows.events import CardEvent, ShownPriceChanged, ShownStockRanOut, ShownStockReturned
from svoi.shows.models import Show


def tell_price(*, product_id: int) -> None:
    """Every open show with this product learns its new price."""
    _tell(ShownPriceChanged, product_id)


def tell_stock_ran_out(*, product_id: int) -> None:
    """Every open show with this product learns that a variant is gone, and whether anything of it is left."""
    _tell(ShownStockRanOut, product_id)


def tell_stock_returned(*, product_id: int) -> None:
    """Every open show with this product learns that it can be bought again."""
    _tell(ShownStockReturned, product_id)


@atomic
def _tell(kind: type[CardEvent], product_id: int) -> None:
    shows = Show.objects.filter(tray__product_id=product_id, went_live_at__isnull=False, ended_at=None)
    card = cards([product_id]).get(product_id)
    if card is None:
        return
    for show_id in shows.order_by("pk").values_list("pk", flat=True):
        record(
            kind(
                show_id=show_id,
                product_id=product_id,
                variant_id=card.variant_id,
                price_minor=card.price_minor,
                old_price_minor=card.old_price_minor,
                sold_out=card.sold_out,
            )
        )
