"""Shelves page by page and the page of a product, in a number of queries that does not grow."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from svoi.catalog.models import Category, Product, Variant
from svoi.catalog.queries import product_page, shelf, shelves_of
from svoi.catalog.queries.cards import CARDS
from svoi.catalog.queries.shelves import PAGE_CARDS, SHELF
from svoi.communities.models import Community
from svoi.db.statements import load
from tests import cast
from tests.catalog.feeds import document, offer, take_in

TREE = """<category id="1">Всё</category><category id="2" parentId="1">Керамика</category>
<category id="3" parentId="2">Кружки</category><category id="4" parentId="1">Лён</category>"""
WEB = "https://brand.example"


def category(external_id: str) -> Category:
    return Category.objects.get(external_id=external_id)


@pytest.fixture
def shop(table: Community) -> Community:
    """Four things on three shelves."""
    offers = [
        offer("jug", categoryId=2),
        offer("mug", categoryId=3),
        offer("towel", categoryId=4),
        offer("all", categoryId=1),
    ]
    take_in(table, document(*offers, categories=TREE))
    return table


@pytest.mark.parametrize(
    ("of", "names"),
    [
        (None, ["jug", "mug", "towel", "all"]),
        ("1", ["jug", "mug", "towel", "all"]),
        ("2", ["jug", "mug"]),
        ("3", ["mug"]),
    ],
)
def test_a_shelf_holds_what_is_below_it_too(shop: Community, of: str | None, names: list[str]) -> None:
    found = shelf(community_id=shop.pk, category_id=of and category(of).pk)
    products = dict(Product.objects.values_list("id", "external_id"))
    assert ([products[card.product_id] for card in found.cards], found.after) == (names, None)


def test_a_shelf_goes_on_after_its_last_card(table: Community) -> None:
    take_in(table, document(*[offer(f"m{n}") for n in range(PAGE_CARDS * 2)]))

    first = shelf(community_id=table.pk)
    second = shelf(community_id=table.pk, after=first.after)

    assert (len(first.cards), len(second.cards), second.after) == (PAGE_CARDS, PAGE_CARDS, None)
    ids = [card.product_id for card in first.cards + second.cards]
    assert ids == sorted(Product.objects.values_list("pk", flat=True))


def test_what_is_withdrawn_or_elsewhere_is_not_on_the_shelf(shop: Community, cellar: Community) -> None:
    Product.objects.filter(external_id="mug").update(withdrawn_at=cast.NOON)
    assert len(shelf(community_id=shop.pk).cards) == 3
    assert shelf(community_id=cellar.pk).cards == []
    assert shelf(community_id=cellar.pk, category_id=category("1").pk).cards == []


def test_categories_in_a_circle_end_somewhere(table: Community) -> None:
    circle = '<category id="1" parentId="2">А</category><category id="2" parentId="1">Б</category>'
    take_in(table, document(offer("a", categoryId=1), offer("b", categoryId=2), categories=circle))
    assert len(shelf(community_id=table.pk, category_id=category("1").pk).cards) == 2
    page = product_page(product_id=Product.objects.get(external_id="a").pk)
    assert [step.name for step in page.trail] == ["Б", "А"]


def test_shelves_are_found_from_above(shop: Community) -> None:
    assert [each.name for each in shelves_of(community_id=shop.pk)] == ["Всё"]
    assert [each.name for each in shelves_of(community_id=shop.pk, parent_id=category("1").pk)] == ["Керамика", "Лён"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_shelf_takes_two_queries(table: Community, count: int) -> None:
    take_in(table, document(*[offer(f"m{n}", categoryId=1) for n in range(count)]))
    top = category("1").pk

    with CaptureQueriesContext(connection) as asked:
        found = shelf(community_id=table.pk, category_id=top)

    assert (len(found.cards), len(asked)) == (count, 2)


def test_a_product_page_tells_everything(table: Community) -> None:
    group = 'group_id="g"'
    take_in(
        table,
        document(
            offer(
                "l", attributes=group, name="Кружка большая", price=200, categoryId=3, picture=[f"{WEB}/1", f"{WEB}/2"]
            ),
            offer("s", attributes=group, name="Кружка малая", price=100, categoryId=3, count=0),
            categories=TREE,
        ),
    )

    page = product_page(product_id=Product.objects.get().pk)

    assert [(each.variant.title, each.on_hand, each.pictures) for each in page.offered] == [
        ("большая", 5, [f"{WEB}/1", f"{WEB}/2"]),
        ("малая", 0, []),
    ]
    assert [step.name for step in page.trail] == ["Всё", "Керамика", "Кружки"]
    assert page.cheapest is page.offered[0]


def test_the_page_of_a_withdrawn_product_offers_nothing(shop: Community) -> None:
    Variant.objects.update(withdrawn_at=cast.NOON)
    page = product_page(product_id=Product.objects.get(external_id="mug").pk)
    assert (page.offered, page.cheapest) == ([], None)
    with pytest.raises(Product.DoesNotExist):
        product_page(product_id=0)


@pytest.mark.parametrize("count", [1, 3])
def test_a_product_page_takes_five_queries(table: Community, count: int) -> None:
    offers = [
        offer(f"m{n}", attributes='group_id="g"', picture=[f"{WEB}/{k}" for k in range(count)]) for n in range(count)
    ]
    take_in(table, document(*offers))
    product_id = Product.objects.get().pk

    with CaptureQueriesContext(connection) as asked:
        page = product_page(product_id=product_id)

    assert (len(page.offered), len(asked)) == (count, 5)


def test_large_shops_are_read_by_index(table: Community) -> None:
    """On some thousands of products no statement of a page reads a whole table."""
    take_in(table, document(*[offer(f"m{n}", picture=f"{WEB}/{n}") for n in range(4_000)]))
    some = list(Product.objects.values_list("pk", flat=True)[1_000:1_024])
    asked = {"community_id": table.pk, "category_id": None, "after": some[0], "most": 25}
    with connection.cursor() as cursor:
        cursor.execute("set local enable_nestloop = on")  # the import went on in this very transaction
        cursor.execute("analyze svoi_product, svoi_variant, svoi_stock, svoi_picture, svoi_category")
        for statement, facts in ((SHELF, asked), (CARDS, {"product_ids": some})):
            cursor.execute("explain " + load(statement), facts)
            plan = "\n".join(line for (line,) in cursor.fetchall())
            large = [name for name in ("product", "variant", "stock", "picture") if f"Seq Scan on svoi_{name}" in plan]
            assert large == [], plan
