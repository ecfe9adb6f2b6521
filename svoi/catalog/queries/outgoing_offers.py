"""Rows of one product made into the offers others are told of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from svoi.catalog.providers.yml.offers import LIFTED
from svoi.catalog.rules.conditions import Param, part_condition
from svoi.catalog.rules.naming import Sister, full_names
from svoi.catalog.rules.outgoing import OutgoingOffer, Pages, backed_old_price, group_of, speakable

Row = dict[str, Any]
WEB = ("https://", "http://")
TEXTS = ("product_key", "product_name", "name_en", "vendor", "description", "description_en", "offer_id", "title",
         "title_en", "vendor_code", "barcode", "currency")  # fmt: skip


def readied(row: Row) -> Row:
    """The row with nothing in it that XML cannot say, and without an old price that may not be shown."""
    for name in TEXTS:
        row[name] = speakable(row[name])
    row["category_id"] = speakable(row["category_id"] or "")
    row["params"] = _params(row["params"])
    row["pictures"] = [speakable(each) for each in row["pictures"] if each.startswith(WEB)]
    stated = row["old_price_minor"]
    row["old_price_minor"] = backed_old_price(old_price_minor=stated, lowest_minor=row["lowest_minor"])
    row["is_unbacked"] = stated != row["old_price_minor"]
    return row


def told_offers(members: list[Row], pages: Pages) -> Iterator[OutgoingOffer]:
    """The offers of one product, named so that they are found to belong together again."""
    for row, (name, said_title) in zip(members, _names(members), strict=True):
        group_id = group_of(product_key=row["product_key"], offer_id=row["offer_id"], members=len(members))
        params, condition = part_condition(row["params"])
        yield OutgoingOffer(
            offer_id=row["offer_id"],
            group_id=group_id,
            category_id=row["category_id"],
            name=name,
            said_title=said_title,
            name_en=row["name_en"],
            title_en=row["title_en"],
            product_name=row["product_name"],
            title=row["title"],
            vendor=row["vendor"],
            description=row["description"],
            description_en=row["description_en"],
            price_minor=row["price_minor"],
            old_price_minor=row["old_price_minor"],
            currency=row["currency"],
            vendor_code=row["vendor_code"],
            barcode=row["barcode"],
            on_hand=row["on_hand"],
            params=params,
            condition=condition,
            pictures=row["pictures"],
            address=pages.variant(row["product_id"], row["variant_id"]),
        )


def _names(members: list[Row]) -> list[tuple[str, str]]:
    """What each offer is called, and its title where that has to be said besides."""
    if len(members) < 2:
        return [(row["product_name"], row["title"]) for row in members]
    sisters = [
        Sister(name="", name_en="", title_en="", params=row["params"], mark=row["vendor_code"] or row["offer_id"])
        for row in members
    ]
    titles = [row["title"] for row in members]
    names, is_enough = full_names(members[0]["product_name"], titles, sisters)
    return [(name, "" if is_enough else title) for name, title in zip(names, titles, strict=True)]


def _params(told: str) -> list[Param]:
    """Params with a name and a value; not those by whose names a feed says something else."""
    said = [each[:3] for each in json.loads(told)]
    if "\\u" in told or not told.isprintable():  # most are clean, and looking at each cell of all takes long
        said = [[speakable(cell) for cell in each] for each in said]
    return [(name, value, unit) for name, value, unit in said if name.strip() and value.strip() and name not in LIFTED]
