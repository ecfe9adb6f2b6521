"""A whole catalogue as others are told of it: seen at one moment, and read as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from svoi.catalog.models import Category
from svoi.catalog.queries.outgoing_offers import Row, readied, told_offers
from svoi.catalog.queries.prices import prices_before
from svoi.catalog.rules.outgoing import OutgoingCategory, OutgoingOffer, OutgoingShop, Pages, speakable
from svoi.communities.models import Community
from svoi.db import statements
from svoi.db.transaction import one_moment

SQL = Path(__file__).resolve().parents[1] / "sql" / "outgoing"
BATCH_ROWS = 500


class OutgoingCatalogue:
    """Walk it for offers, once; what was left out of them is whole when the walk has ended.

    `left_out` counts variants without an id or a name, `unbacked` old prices that no record bears out.
    """

    def __init__(self, *, community: Community, pages: Pages) -> None:
        found: list[dict[str, Any]] = statements.rows(SQL / "currencies.sql", {"community_id": community.pk})
        self.shop = _shop(community, pages.shop, [row["currency"] for row in found])
        self.whole = sum(row["offers"] for row in found)
        self.left_out = self.unbacked = 0
        self._community_id = community.pk
        self._pages = pages

    def __iter__(self) -> Iterator[OutgoingOffer]:
        for _, rows in groupby(_rows(self._community_id), key=itemgetter("product_id")):
            members = [readied(row) for row in rows]
            sound = [row for row in members if row["offer_id"].strip() and row["product_name"].strip()]
            self.left_out += len(members) - len(sound)
            self.unbacked += sum(row["is_unbacked"] for row in sound)
            yield from told_offers(sound, self._pages)


@contextmanager
def outgoing_catalogue(*, community: Community, pages: Pages) -> Iterator[OutgoingCatalogue]:
    """The catalogue as it is at this moment, for as long as it is being read."""
    with _one_moment():
        yield OutgoingCatalogue(community=community, pages=pages)


def outgoing_stamp(*, community: Community, day: date) -> str:
    """A mark that is another one when anything of the catalogue may have changed, and every day.

    Those who read feeds hold one whose date lies days back for abandoned.
    """
    besides = " ".join((day.isoformat(), settings.PUBLIC_URL, settings.SHOP["name"]))
    found = statements.rows(SQL / "stamp.sql", {"community_id": community.pk, "besides": besides})
    return str(found[0]["stamp"])


@contextmanager
def _one_moment() -> Iterator[None]:
    """Nothing that is written meanwhile is seen, so that no offer stands on a shelf the feed has not named.

    A transaction that only reads holds nobody up. Inside somebody's transaction it is hers to choose.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        one_moment()
        yield


def _shop(community: Community, address: str, currencies: list[str]) -> OutgoingShop:
    name = speakable(community.name_ru)
    shelves = Category.objects.filter(community=community).order_by("id")
    told = shelves.values_list("external_id", "parent__external_id", "name")
    return OutgoingShop(
        name=name,
        company=speakable(settings.SHOP["name"]) or name,
        address=address,
        currencies=currencies,
        categories=[OutgoingCategory(*(speakable(each or "") for each in shelf)) for shelf in told],
    )


def _rows(community_id: int) -> Iterator[Row]:
    """Rows of the shop, some at a time: the database keeps the place, and neither side holds them all."""
    asked: dict[str, int | str] = {
        "community_id": community_id,
        "kept_at": f"{settings.PUBLIC_URL}{settings.MEDIA_URL}",
    }
    with connection.chunked_cursor() as cursor:
        cursor.execute(statements.load(SQL / "offers.sql"), asked)
        while batch := cursor.fetchmany(BATCH_ROWS):
            names = [column.name for column in cursor.description]
            rows: list[Row] = [dict(zip(names, row, strict=True)) for row in batch]
            before = prices_before(row["variant_id"] for row in rows if row["old_price_minor"] is not None)
            for row in rows:
                told = before.get(row["variant_id"])
                row["lowest_minor"] = told.lowest_minor if told else None
                yield row
