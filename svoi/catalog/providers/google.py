"""A catalogue written as Google Merchant Center reads it: RSS 2.0 with elements of Google's own (prefix g)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import IO, Any

from django.utils.encoding import iri_to_uri
from lxml import etree

from svoi.catalog.rules.conditions import condition_params, condition_word
from svoi.catalog.rules.outgoing import OutgoingCategory, OutgoingOffer, OutgoingShop, shortened
from svoi.catalog.rules.trade_numbers import trade_number
from svoi.kernel.money import Money

NAMESPACE = "http://base.google.com/ns/1.0"
G = f"{{{NAMESPACE}}}"
ID_LENGTH_MAX = 50
TITLE_LENGTH_MAX = 150
DESCRIPTION_LENGTH_MAX = 5_000
SHELF_LENGTH_MAX = 750
BRAND_LENGTH_MAX = 70
MORE_PICTURES_MAX = 10
_SHELF_STEPS_MAX = 10
_element, _child = etree.Element, etree.SubElement


def write_google(*, out: IO[bytes], shop: OutgoingShop, offers: Iterable[OutgoingOffer], at: datetime) -> None:
    """Write the feed piece by piece."""
    shelves = _shelves(shop.categories)
    with etree.xmlfile(out, encoding="utf-8") as feed:
        feed.write_declaration()
        with feed.element("rss", {"version": "2.0"}, nsmap={"g": NAMESPACE}), feed.element("channel"):
            feed.write("\n")
            for tag, text in (("title", shop.name), ("link", shop.address), ("description", shop.company)):
                element = _element(tag)
                element.text = text
                feed.write(element, pretty_print=True)
            for offer in offers:
                feed.write(item_element(offer, shelves.get(offer.category_id, "")), pretty_print=True)


def item_element(offer: OutgoingOffer, shelf: str) -> Any:
    """One item with what is known of it; what is not known has no element."""
    title = f"{offer.product_name}, {offer.title}" if offer.title else offer.product_name
    item = _element("item", nsmap={"g": NAMESPACE})
    for tag, text in (
        (f"{G}id", shortened(offer.offer_id, ID_LENGTH_MAX)),
        ("title", clipped(title, TITLE_LENGTH_MAX)),
        # Google wants some words; the title is at least true.
        ("description", clipped(offer.description or title, DESCRIPTION_LENGTH_MAX)),
        ("link", offer.address),
        *_pictures(offer.pictures),
        *_prices(offer),
        (f"{G}availability", "in_stock" if offer.on_hand else "out_of_stock"),
        (f"{G}condition", _condition(offer)),
        (f"{G}brand", clipped(offer.vendor, BRAND_LENGTH_MAX)),
        (f"{G}gtin", trade_number(offer.barcode)),
        (f"{G}mpn", offer.vendor_code),
        (f"{G}item_group_id", shortened(offer.group_id, ID_LENGTH_MAX)),
        (f"{G}product_type", shelf),
    ):
        if text:
            _child(item, tag).text = text
    return item


def clipped(text: str, length_max: int) -> str:
    """The text, or its beginning up to a whole word."""
    if len(text) <= length_max:
        return text
    head = text[: length_max - 1]
    whole = head if text[length_max - 1].isspace() else head.rpartition(" ")[0]
    return f"{(whole or head).rstrip()}…"


def _prices(offer: OutgoingOffer) -> list[tuple[str, str]]:
    """The regular price, and beside it the present one where that is lower."""
    now = f"{Money(offer.price_minor).decimal()} {offer.currency}"
    if offer.old_price_minor is None:
        return [(f"{G}price", now)]
    return [(f"{G}price", f"{Money(offer.old_price_minor).decimal()} {offer.currency}"), (f"{G}sale_price", now)]


def _pictures(addresses: list[str]) -> list[tuple[str, str]]:
    """Addresses as RFC 3986 has them: letters beyond ASCII are written as their bytes."""
    tags = [f"{G}image_link", *[f"{G}additional_image_link"] * MORE_PICTURES_MAX]
    return [(tag, iri_to_uri(address)) for tag, address in zip(tags, addresses, strict=False)]


def _condition(offer: OutgoingOffer) -> str:
    return condition_word(condition_params(offer.condition) if offer.condition else offer.params)


def _shelves(categories: list[OutgoingCategory]) -> dict[str, str]:
    """The way to each category from the top, by its id. A feed may have closed a circle, so it ends somewhere."""
    known = {each.category_id: each for each in categories}
    ways = {}
    for start in categories:
        way, step = [start.name], known.get(start.parent_id)
        while step and len(way) < _SHELF_STEPS_MAX:
            way.append(step.name)
            step = known.get(step.parent_id)
        ways[start.category_id] = clipped(" > ".join(reversed(way)), SHELF_LENGTH_MAX)
    return ways
