"""Telling the rooms that have a product laid out what became of its price and stock."""

from __future__ import annotations

from svoi.catalog.queries import cards, shows_out_of
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


def tell_allotment_ran_out(*, show_id: int, product_id: int) -> None:
    """The show learns that it may sell no more of a product."""
    _tell(ShownStockRanOut, product_id, only=show_id)


def tell_allotment_returned(*, show_id: int, product_id: int) -> None:
    """The show learns that it may sell the product again."""
    _tell(ShownStockReturned, product_id, only=show_id)


@atomic
def _tell(kind: type[CardEvent], product_id: int, *, only: int | None = None) -> None:
    shows = Show.objects.filter(tray__product_id=product_id, went_live_at__isnull=False, ended_at=None)
    if only is not None:
        shows = shows.filter(pk=only)
    card = cards([product_id]).get(product_id)
    if card is None:
        return
    show_ids = list(shows.order_by("pk").values_list("pk", flat=True))
    gone = shows_out_of(product_id=product_id, show_ids=show_ids)
    for show_id in show_ids:
        record(
            kind(
                show_id=show_id,
                product_id=product_id,
                variant_id=card.variant_id,
                price_minor=card.price_minor,
                old_price_minor=card.old_price_minor,
                sold_out=card.sold_out or show_id in gone,
            )
        )
