"""The tray of a show, with what was sold of each product."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Sum

from svoi.catalog.models import Allotment, Stock
from svoi.catalog.queries import allotments_of, cards
from svoi.orders.models import OrderLine
from svoi.shows.models import TrayItem
from svoi.shows.queries.allotted import sold_out_of
from svoi.shows.queries.pin import standing_pin


@dataclass(frozen=True, slots=True)
class TrayRow:
    """One product of a tray; prices in minor units, `sold` in paid pieces of this show.

    `allotted` is what the show may sell in all (nothing: no limit), `allotted_left` how much of that nobody took.
    """

    product_id: int
    variant_id: int
    title_ru: str
    title_en: str
    picture: str
    price_minor: int
    old_price_minor: int | None
    sold_out: bool
    on_hand: int
    sold: int
    position: int
    pinned: bool
    allotted: int | None = None
    allotted_left: int | None = None


def tray_of(*, show_id: int, allotted: Mapping[int, Allotment] | None = None) -> list[TrayRow]:
    """The rows in order; the number of queries does not depend on their number.

    Whoever has read what is `allotted` to the show, by product, hands it in.
    """
    items = list(TrayItem.objects.filter(show_id=show_id).order_by("position", "id"))
    ids = [item.product_id for item in items]
    shown, sold, left = cards(ids), _sold(show_id), _on_hand(ids)
    pin = standing_pin(show_id)
    allotted = allotments_of(show_id=show_id) if allotted is None else allotted
    gone = sold_out_of(allotted)
    return [
        TrayRow(
            product_id=item.product_id,
            variant_id=card.variant_id,
            title_ru=card.name,
            title_en=card.name_en or card.name,
            picture=card.picture,
            price_minor=card.price_minor,
            old_price_minor=card.old_price_minor,
            sold_out=card.sold_out or item.product_id in gone,
            on_hand=left.get(item.product_id, 0),
            sold=sold.get(item.product_id, 0),
            position=place,
            pinned=pin is not None and pin.product_id == item.product_id,
            allotted=allotted[item.product_id].pieces if item.product_id in allotted else None,
            allotted_left=allotted[item.product_id].left if item.product_id in allotted else None,
        )
        for place, item in enumerate(items)
        if (card := shown.get(item.product_id)) is not None
    ]


def _sold(show_id: int) -> dict[int, int]:
    lines = OrderLine.objects.filter(origin_kind="show", origin_id=show_id, order__paid_at__isnull=False)
    return dict(lines.values_list("variant__product_id").annotate(Sum("quantity")))


def _on_hand(product_ids: list[int]) -> dict[int, int]:
    rows = Stock.objects.filter(variant__product_id__in=product_ids, variant__withdrawn_at=None)
    return dict(rows.values_list("variant__product_id").annotate(Sum("on_hand")))
