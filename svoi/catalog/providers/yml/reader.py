"""A whole feed, read once from its first byte to its last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, Any

from svoi.catalog.providers.yml.fields import OfferBroken
from svoi.catalog.providers.yml.offers import Offer, read_offer
from svoi.catalog.providers.yml.stream import elements
from svoi.catalog.providers.yml.unpacking import unpacked
from svoi.catalog.providers.yml.words import one_line
from svoi.catalog.rules.feeds import (
    CATEGORIES_MAX,
    CATEGORY_NAME_LENGTH_MAX,
    GROUP_OFFERS_MAX,
    ID_LENGTH_MAX,
    OFFERS_MAX,
    Complaint,
    FeedRefused,
)


class YmlFeed:
    """Walk it for offers and complaints; its date and categories are whole when the walk has ended.

    Raises `FeedRefused` on the way when the file turns out not to be a sound feed.
    """

    def __init__(self, source: IO[bytes], watch: Callable[[int], None]) -> None:
        self.date = ""
        self.offers_seen = 0
        self.categories: dict[str, tuple[str, str]] = {}  # id: (parent's id or "", name)
        self._elements = elements(unpacked(source, watch=watch))
        self._ids: set[str] = set()
        self._grouped: dict[str, int] = {}

    def __iter__(self) -> Iterator[Offer | Complaint]:
        self.date = next(self._elements).get("date", "")[:40]
        for element in self._elements:
            if element.tag == "offer":
                yield self._offer(element)
            elif element.getparent().tag == "categories":
                self._take_category(element)

    def _offer(self, element: Any) -> Offer | Complaint:
        self.offers_seen += 1
        if self.offers_seen > OFFERS_MAX:
            raise FeedRefused(reason="too_many_offers", most=OFFERS_MAX)
        try:
            offer = read_offer(element)
            self._admit(offer.offer_id, offer.group_id)
        except OfferBroken as broken:
            return Complaint(one_line(element.get("id") or "")[:ID_LENGTH_MAX], broken.reason, broken.detail)
        return offer

    def _admit(self, offer_id: str, group_id: str) -> None:
        if offer_id in self._ids:
            raise OfferBroken("duplicate_id")
        self._ids.add(offer_id)
        if group_id:
            members = self._grouped[group_id] = self._grouped.get(group_id, 0) + 1
            if members > GROUP_OFFERS_MAX:
                raise OfferBroken("group_too_large", group_id)

    def _take_category(self, element: Any) -> None:
        id_ = (element.get("id") or "").strip()
        if not id_ or len(id_) > ID_LENGTH_MAX or id_ in self.categories:
            return
        if len(self.categories) == CATEGORIES_MAX:
            raise FeedRefused(reason="too_many_categories", most=CATEGORIES_MAX)
        name = one_line(element.text or "")[:CATEGORY_NAME_LENGTH_MAX] or id_
        self.categories[id_] = ((element.get("parentId") or "").strip(), name)
