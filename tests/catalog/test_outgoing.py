"""A catalogue is read as it is at one moment, and lets go of the database however the reading ends."""

from __future__ import annotations

import sys
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction

from svoi.catalog.actions import export_feed
from svoi.catalog.models import Category, Product, Variant
from svoi.catalog.queries import outgoing_catalogue
from svoi.catalog.rules.outgoing import group_of
from svoi.communities.models import Community
from svoi.ui.addresses import pages_of
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)


class Full:
    """A disk with room for so many pieces."""

    def __init__(self, pieces: int) -> None:
        self.pieces = pieces

    def write(self, piece: bytes) -> None:
        self.pieces -= 1
        if self.pieces < 0:
            raise OSError(28, "No space left on device")


def meanwhile(act: Callable[[], Any]) -> None:
    """Somebody else does it, in a connection of her own."""

    def do() -> None:
        try:
            act()
        finally:
            connection.close()

    other = Thread(target=do)
    other.start()
    other.join()


def test_what_is_changed_meanwhile_is_not_seen(table: Community) -> None:
    first, second = cast.product(table), cast.product(table)

    def another_hand() -> None:
        shelf = Category.objects.create(community=table, external_id="9", name="Новая")
        Product.objects.update(category=shelf, name="Другая")
        Variant.objects.filter(pk=first.pk).update(price_minor=1, old_price_minor=2)
        cast.product(table)

    with outgoing_catalogue(community=table, pages=pages_of("table")) as catalogue:
        meanwhile(another_hand)
        seen = [(each.offer_id, each.name, each.category_id, each.price_minor) for each in catalogue]

    assert seen == [(each.external_id, "Кружка", "", 149_000) for each in (first, second)]
    assert (catalogue.whole, catalogue.shop.categories) == (2, [])
    with outgoing_catalogue(community=table, pages=pages_of("table")) as catalogue:
        assert [each.name for each in catalogue] == ["Другая", "Другая", "Кружка"]


@pytest.mark.parametrize("form", ["yml", "google"])
def test_nothing_is_held_when_the_disk_is_full(table: Community, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(600):
        cast.product(table)
    unheard: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", unheard.append)
    for pieces in (0, 1, 3):
        with pytest.raises(OSError, match="No space left"):
            export_feed(community=table, form=form, out=Full(pieces), pages=pages_of("table"), at=cast.NOON)  # type: ignore[arg-type]
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_cursors")
        assert (cursor.fetchone(), connection.in_atomic_block, unheard) == ((0,), False, [])


def test_inside_a_transaction_its_own_changes_are_seen(table: Community) -> None:
    with transaction.atomic():
        mug = cast.product(table)
        with outgoing_catalogue(community=table, pages=pages_of("table")) as catalogue:
            assert [each.offer_id for each in catalogue] == [mug.external_id]


@pytest.mark.parametrize(
    ("key", "offer_id", "members", "group"),
    [
        ("group:7", "a", 1, "7"),
        ("group:7", "a", 2, "7"),
        ("group:7", "group:7", 2, "7"),
        ("group:7", "group:7", 1, ""),
        ("a", "a", 1, ""),
        ("b", "a", 1, ""),
        ("b", "a", 2, "b"),
        ("k" * 64, "a", 2, "k" * 43 + "-2519b49bcf69"),
    ],
)
def test_groups_go_out_by_the_id_they_came_by(key: str, offer_id: str, members: int, group: str) -> None:
    assert group_of(product_key=key, offer_id=offer_id, members=members) == group
