"""A product in one glance: name, picture, price, and whether it can be bought."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from svoi.catalog.models import Picture
from svoi.db import statements

CARDS = Path(__file__).resolve().parents[1] / "sql" / "cards.sql"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductCard:
    """What a tile, a pin or a tray row shows. `variant_id` is the cheapest that can be bought now.

    `price_from` says that other variants cost more. A product no longer sold keeps its card, marked
    `sold_out` and `withdrawn`, since a tray may still hold it.
    """

    product_id: int
    variant_id: int
    name: str
    name_en: str
    picture: str
    price_minor: int
    old_price_minor: int | None
    currency: str
    price_from: bool
    sold_out: bool
    withdrawn: bool


def cards(product_ids: Iterable[int]) -> dict[int, ProductCard]:
    """The cards of these products by product id, in one query; unknown ids are left out."""
    wanted = list(product_ids)
    if not wanted:
        return {}
    found = [_card(row) for row in statements.rows(CARDS, {"product_ids": wanted})]
    by_id = {card.product_id: card for card in found}
    return {each: by_id[each] for each in wanted if each in by_id}


def picture_address(picture: Picture | None) -> str:
    """Where a browser finds the picture: our own copy, else the feed's address, else nothing."""
    return "" if picture is None else _address(picture.file, picture.source)


def _card(row: dict[str, Any]) -> ProductCard:
    address = _address(row.pop("file"), row.pop("source"))
    return ProductCard(picture=address, **row)


def _address(file: str, source: str) -> str:
    return f"{settings.MEDIA_URL}{file}" if file else source
