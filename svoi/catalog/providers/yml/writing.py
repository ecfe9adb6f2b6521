"""A catalogue written as a YML feed, in the order of Yandex's own samples."""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import datetime
from typing import IO, Any

from lxml import etree

from svoi.catalog.providers.yml.stream import ROOT
from svoi.catalog.rules.conditions import Condition
from svoi.catalog.rules.feeds import COUNT_DIGITS_MAX
from svoi.catalog.rules.outgoing import OutgoingOffer, OutgoingShop
from svoi.kernel.money import Money

MAIN_CURRENCY = "RUB"
# What Market takes for the rate of a currency it is to look up itself.
RATE_LOOKED_UP = "CBRF"
COUNT_MAX = 10**COUNT_DIGITS_MAX - 1
_element, _child = etree.Element, etree.SubElement


def write_yml(*, out: IO[bytes], shop: OutgoingShop, offers: Iterable[OutgoingOffer], at: datetime) -> None:
    """Write the feed piece by piece; `at` carries its zone, which Market reads."""
    with etree.xmlfile(out, encoding="utf-8") as feed:
        feed.write_declaration()
        with feed.element(ROOT, date=at.isoformat(timespec="seconds")):
            feed.write("\n")
            with feed.element("shop"):
                feed.write("\n")
                for element in _head(shop):
                    feed.write(element, pretty_print=True)
                with feed.element("offers"):
                    feed.write("\n")
                    for offer in offers:
                        feed.write(offer_element(offer), pretty_print=True)


def offer_element(offer: OutgoingOffer) -> Any:
    """One offer with what is known of it; what is not known has no element."""
    element = _element("offer", id=offer.offer_id)
    if offer.group_id:
        element.set("group_id", offer.group_id)
    element.set("available", "true" if offer.on_hand else "false")
    for tag, text in (
        ("name", offer.name),
        ("url", offer.address),
        ("price", amount(offer.price_minor)),
        ("oldprice", amount(offer.old_price_minor) if offer.old_price_minor else ""),
        ("currencyId", offer.currency),
        ("categoryId", offer.category_id),
        ("vendor", offer.vendor),
        ("vendorCode", offer.vendor_code),
    ):
        if text:
            _child(element, tag).text = text
    for address in offer.pictures:
        _child(element, "picture").text = address
    if offer.description:
        _child(element, "description").text = paragraphs(offer.description)
    for name, value, unit in offer.params:
        param = _child(element, "param", name=name)
        if unit:
            param.set("unit", unit)
        param.text = value
    _lift(element, offer)
    if offer.barcode:
        _child(element, "barcode").text = offer.barcode
    _child(element, "count").text = str(min(offer.on_hand, COUNT_MAX))
    if offer.condition:
        _add_condition(element, offer.condition)
    return element


def amount(minor: int) -> str:
    """Whole roubles without decimals, as feeds write them."""
    return Money(minor).decimal().removesuffix(".00")


def paragraphs(text: str) -> Any:
    """A text as HTML with a paragraph for each line. Escaping leaves no `>`, and so no end of CDATA, in its words."""
    lines = html.escape(text.replace("\r", "\n"), quote=False).split("\n")
    return etree.CDATA("".join([f"<p>{line}</p>" for line in lines if line]))


def _head(shop: OutgoingShop) -> list[Any]:
    head = []
    for tag, text in (("name", shop.name), ("company", shop.company), ("url", shop.address)):
        head.append(_element(tag))
        head[-1].text = text
    currencies, categories = _element("currencies"), _element("categories")
    main = MAIN_CURRENCY if MAIN_CURRENCY in shop.currencies or not shop.currencies else shop.currencies[0]
    for currency in dict.fromkeys([main, *shop.currencies]):
        _child(currencies, "currency", id=currency, rate="1" if currency == main else RATE_LOOKED_UP)
    for category in shop.categories:
        shelf = _child(categories, "category", id=category.category_id)
        if category.parent_id:
            shelf.set("parentId", category.parent_id)
        shelf.text = category.name
    return [*head, currencies, categories]


def _lift(element: Any, offer: OutgoingOffer) -> None:
    """What YML has no elements for, as params of agreed names."""
    for name, text in (("title_ru", offer.said_title), ("title_en", offer.title_en), ("name_en", offer.name_en)):
        if text:
            _child(element, "param", name=name).text = text
    if offer.description_en:
        _child(element, "param", name="description_en").text = paragraphs(offer.description_en)


def _add_condition(element: Any, said: Condition) -> None:
    condition = _child(element, "condition", type=said.kind)
    for tag, text in (("quality", said.quality), ("reason", said.reason)):
        if text:
            _child(condition, tag).text = text
