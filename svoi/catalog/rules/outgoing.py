"""What a catalogue looks like on its way out, whatever the format: plain values, and what may be said of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import NamedTuple

from svoi.catalog.rules.conditions import Condition, Param
from svoi.catalog.rules.feeds import GROUP_ID_LENGTH_MAX

FORMS = ("yml", "google")
# A grouped product is known by its group's id behind this mark, so that an offer of the same id stays apart.
GROUP_MARK = "group:"
_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DIGEST_LETTERS = 12


class Pages(NamedTuple):
    """Where the shop is found from outside, and the page of a product (its id) with a variant (its id) chosen."""

    shop: str
    variant: Callable[[int, int], str]


class OutgoingCategory(NamedTuple):
    """A shelf and the one above it, by the ids of the shop's own feed; `parent_id` is empty at the top."""

    category_id: str
    parent_id: str
    name: str


class OutgoingShop(NamedTuple):
    """Whose catalogue it is, and what its offers refer to."""

    name: str
    company: str
    address: str
    currencies: list[str]
    categories: list[OutgoingCategory]


class OutgoingOffer(NamedTuple):
    """A variant as others are told of it. All text can stand in XML; addresses are whole.

    `name` is what the variant is called alone, and `product_name` and `title` are its two halves. `said_title`
    is the title once more where a reader could not work it out; `old_price_minor` is one that may be shown.
    """

    offer_id: str
    group_id: str
    category_id: str
    name: str
    product_name: str
    title: str
    said_title: str
    name_en: str
    title_en: str
    vendor: str
    description: str
    description_en: str
    price_minor: int
    old_price_minor: int | None
    currency: str
    vendor_code: str
    barcode: str
    on_hand: int
    params: list[Param]
    condition: Condition | None
    pictures: list[str]
    address: str


def speakable(text: str) -> str:
    """The text without what XML 1.0 has no letters for."""
    return text if text.isprintable() else _UNSPEAKABLE.sub("", text)


def backed_old_price(*, old_price_minor: int | None, lowest_minor: int | None) -> int | None:
    """The crossed-out price, if nothing lower was asked in the thirty days before the present price.

    A page shows that lowest price beside the old one; a feed has no place for it, so there an old price stands
    only if the record bears it out. One that nobody was ever asked here is not borne out by anything.
    """
    if old_price_minor is None or lowest_minor is None or old_price_minor > lowest_minor:
        return None
    return old_price_minor


def group_of(*, product_key: str, offer_id: str, members: int) -> str:
    """The id by which a product's offers are found together; empty for one that stands alone."""
    if product_key.startswith(GROUP_MARK) and (members > 1 or product_key != offer_id):
        return product_key.removeprefix(GROUP_MARK)
    return shortened(product_key, GROUP_ID_LENGTH_MAX) if members > 1 else ""


def shortened(identity: str, length_max: int) -> str:
    """An id within the length others allow; a longer one ends in its digest and so stays its own, and the same."""
    if len(identity) <= length_max:
        return identity
    digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LETTERS]
    return f"{identity[: length_max - _DIGEST_LETTERS - 1]}-{digest}"
