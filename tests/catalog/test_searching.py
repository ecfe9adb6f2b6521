"""Search: both languages, folded letters, typos, the wrong layout, filters; never out of another community."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from svoi.catalog.actions import refresh_search
from svoi.catalog.models import Category, Product, ProductText, SearchWord, Variant
from svoi.catalog.queries import meant_by, search_products
from svoi.catalog.queries.searching import ALIKE, FIND, place_mark
from svoi.catalog.queries.shelves import PAGE_CARDS
from svoi.catalog.rules.searching import SORTS, Wanted, closest, distance, fold, other_layout
from svoi.communities.models import Community
from svoi.consequences import carry_out
from svoi.db.models import OutboxEvent
from svoi.db.statements import load
from tests import cast
from tests.catalog.feeds import document, offer, param, take_in

TREE = """<category id="1">Всё</category><category id="2" parentId="1">Кружки</category>
<category id="3" parentId="1">Мёд и чай</category>"""
OFFERS = [
    offer("mug", name="Кружка глиняная", price=1490, vendorCode="KR-120", more=param("name_en", "Clay mug")),
    offer("tall", name="Кружка высокая", price=1990, description="Держит тепло, как термос."),
    offer("honey", name="Мёд липовый", price=600, categoryId=3, more=param("name_en", "Linden honey")),
    offer("tea", name="Иван-чай", price=400, categoryId=3, vendor="Луга", more=param("Сбор", "июльский")),
]


@pytest.fixture
def shop(table: Community) -> Community:
    """Four things on two shelves, read for the search."""
    take_in(table, document(*OFFERS, categories=TREE))
    refresh_search(community_id=table.pk)
    return table


def found(place: Community, text: str = "", **wanted: object) -> list[str]:
    names = dict(Product.objects.values_list("pk", "external_id"))
    page = search_products(community_id=place.pk, wanted=Wanted(text=text, **wanted))  # type: ignore[arg-type]
    return [names[card.product_id] for card in page.cards]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("кружка", ["mug", "tall"]),
        ("КРУЖКИ", ["mug", "tall"]),
        ("кружкой глиняной", ["mug"]),
        ("mugs", ["mug"]),
        ("clay", ["mug"]),
        ("мёд", ["honey", "tea"]),
        ("мед", ["honey", "tea"]),
        ("honey липовый", ["honey"]),
        ("kr-120", ["mug"]),
        ("KR-120", ["mug"]),
        ("луга", ["tea"]),
        ("июльский", ["tea"]),
        ("термос", ["tall"]),
        ("чай", ["tea", "honey"]),  # the name before the shelf's name
        ('"кружка глиняная"', ["mug"]),
        ("кружка -высокая", ["mug"]),
        ("", ["mug", "tall", "honey", "tea"]),
        ("и для", []),
        ("самовар", []),
    ],
)
def test_words_find_products(shop: Community, text: str, ids: list[str]) -> None:
    assert found(shop, text) == ids


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("кружкка", "кружка"),
        ("кржка", "кружка"),
        ("кружак", "кружка"),
        ("гружка", "кружка"),
        ("лповый мед", "липовый мед"),
        ("lindn", "linden"),
        ("rhe;rf", "кружка"),
        ("vtl", "мед"),
        ("дштвут", "linden"),
        ("глиненая rhe;rf", "глиняная кружка"),
    ],
)
def test_what_was_meant(shop: Community, written: str, meant: str) -> None:
    page = search_products(community_id=shop.pk, wanted=Wanted(text=written))
    assert (page.text, page.is_meant, bool(page.cards)) == (meant, True, True)


def test_words_that_never_stand_together_find_any_of_them(shop: Community) -> None:
    page = search_products(community_id=shop.pk, wanted=Wanted(text="кружка липовый"))
    assert (page.total, page.is_partly, page.is_meant, page.text) == (3, True, False, "кружка липовый")


HOSTILE = ["xyzzy", "абракадабра", "1234567890", "'; drop table", "%_\\", "\0", "-", '"', "a" * 500, "or or", "\ud800"]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_means_nothing_finds_nothing(shop: Community, text: str) -> None:
    page = search_products(community_id=shop.pk, wanted=Wanted(text=text))
    assert (page.is_meant, page.is_partly) == (False, False)
    assert page.total == (4 if not fold(text) else 0) or text == "-"


@given(st.text(max_size=60))
def test_folding_is_done_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("", "", 0), ("a", "", 1), ("кружка", "кружка", 0), ("кружак", "кружка", 1), ("ca", "abc", 3), ("кот", "кит", 1)],
)
def test_distance(one: str, other: str, apart: int) -> None:
    assert (distance(one, other), distance(other, one)) == (apart, apart)


def test_layouts() -> None:
    assert (other_layout("ghbdtn"), other_layout("привет"), other_layout("kr1")) == ("привет", "ghbdtn", "")
    assert closest("стол", ["столик", "кран"]) == ""


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({"category": "3"}, ["honey", "tea"]),
        ({"category": "1"}, ["mug", "tall", "honey", "tea"]),
        ({"category": "1", "text": "кружка"}, ["mug", "tall"]),
        ({"category": "3", "text": "кружка"}, []),
        ({"from_minor": 60_000}, ["mug", "tall", "honey"]),
        ({"to_minor": 60_000}, ["honey", "tea"]),
        ({"from_minor": 50_000, "to_minor": 150_000}, ["mug", "honey"]),
        ({"from_minor": 9, "to_minor": 3}, []),
        ({"sort": "cheap"}, ["tea", "honey", "mug", "tall"]),
        ({"sort": "dear"}, ["tall", "mug", "honey", "tea"]),
        ({"sort": "new"}, ["tea", "honey", "tall", "mug"]),
        ({"sort": "dear", "text": "кружка"}, ["tall", "mug"]),
    ],
)
def test_filters_and_sorts(shop: Community, wanted: dict[str, object], ids: list[str]) -> None:
    if "category" in wanted:
        wanted = {**wanted, "category_id": Category.objects.get(external_id=wanted["category"]).pk}
        del wanted["category"]
    assert found(shop, **wanted) == ids


def test_a_price_between_two_variants_is_not_found(table: Community) -> None:
    group = 'group_id="g"'
    take_in(table, document(offer("a", attributes=group, price=100), offer("b", attributes=group, price=900)))
    refresh_search(community_id=table.pk)
    assert found(table, from_minor=20_000, to_minor=80_000) == []
    assert found(table, from_minor=20_000, to_minor=90_000) == ["group:g"]


def test_a_closed_community_gives_nothing_away(shop: Community, cellar: Community) -> None:
    take_in(cellar, document(offer("secret", name="Тайный самовар"), categories=TREE))
    refresh_search(community_id=cellar.pk)

    assert (found(shop, "самовар"), found(cellar, "кружка")) == ([], ["secret"])  # by its shelf's name
    assert (found(shop, "самвар"), meant_by(community_id=shop.pk, text="самвар")) == ([], "")
    assert (found(cellar, "самвар"), found(cellar, "глиняная")) == (["secret"], [])
    assert found(shop, "place:2") == found(shop, f"place {cellar.pk}") == []


def test_what_changed_is_read_anew_and_nothing_else(shop: Community) -> None:
    assert refresh_search(community_id=shop.pk).products == 0
    others = [OFFERS[0].replace("глиняная", "фарфоровая"), *OFFERS[2:]]
    take_in(shop, document(*others, categories=TREE.replace("Мёд и чай", "К чаю")), at=cast.NOON.replace(hour=13))
    assert found(shop, "глиняная") == ["mug"]  # until the worker comes

    assert refresh_search(community_id=shop.pk).products == 4  # the renamed shelf holds two of them

    assert (found(shop, "глиняная"), found(shop, "фарфоровая"), found(shop, "высокая")) == ([], ["mug"], [])
    assert found(shop, "мед") == ["honey"]
    assert not SearchWord.objects.filter(word="высокая").exists()
    assert ProductText.objects.exclude(stale_since=None).count() == 0


def test_an_import_is_followed_by_reading(table: Community) -> None:
    take_in(table, document(*OFFERS, categories=TREE))
    event = OutboxEvent.objects.get(kind="feed_imported")
    for told in (True, False):
        assert (
            carry_out(event_id=event.pk, kind=event.kind, name="refresh search", payload=event.payload, at=cast.NOON)
            is told
        )
    assert found(table, "кружка") == ["mug", "tall"]


def test_the_night_finds_what_was_changed_by_hand(shop: Community) -> None:
    Product.objects.filter(external_id="mug").update(name="Пиала")
    Variant.objects.filter(external_id="tea").update(withdrawn_at=cast.NOON)
    refresh_search(community_id=shop.pk, whole=True)
    assert (found(shop, "пиала"), found(shop, "иван")) == (["mug"], [])
    before = list(ProductText.objects.order_by("pk").extra(select={"xmin": "xmin::text"}).values_list("pk", "xmin"))
    refresh_search(community_id=shop.pk, whole=True)
    after = list(ProductText.objects.order_by("pk").extra(select={"xmin": "xmin::text"}).values_list("pk", "xmin"))
    assert before == after


def test_pages_go_on(table: Community) -> None:
    take_in(table, document(*[offer(f"m{n}") for n in range(PAGE_CARDS + 3)]))
    refresh_search(community_id=table.pk)
    first = search_products(community_id=table.pk, wanted=Wanted(text="кружка"))
    rest = search_products(community_id=table.pk, wanted=Wanted(text="кружка", after=first.after or 0))
    assert (len(first.cards), first.total, len(rest.cards), rest.after) == (PAGE_CARDS, PAGE_CARDS + 3, 3, None)
    assert len({card.product_id for card in first.cards + rest.cards}) == PAGE_CARDS + 3
    beyond = search_products(community_id=table.pk, wanted=Wanted(text="кружка", after=10**12))
    assert (beyond.cards, beyond.after) == ([], None)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("text", "queries"), [("кружка", 3), ("кружкка", 5), ("самовар", 3)])
def test_a_search_costs_the_same_for_one_and_many(table: Community, count: int, text: str, queries: int) -> None:
    take_in(table, document(*[offer(f"m{n}") for n in range(count)]))
    refresh_search(community_id=table.pk)
    with CaptureQueriesContext(connection) as asked:
        search_products(community_id=table.pk, wanted=Wanted(text=text))
    assert len(asked) == queries


def test_large_shops_are_searched_by_index(table: Community) -> None:
    """Words, typos, and each way of sorting: no statement reads a whole table."""
    take_in(table, document(*[offer(f"m{n}", name=f"Вещь номер{n} из глины") for n in range(3_000)]))
    refresh_search(community_id=table.pk)
    mark = {"community_id": table.pk, "place": place_mark(table.pk)}
    nothing = {"category_id": None, "from_minor": None, "to_minor": None, "most": 1_000, "after": 0, "page": 24}
    asked = [(FIND, {**mark, **nothing, "text": "номер77", "sort": sort}) for sort in SORTS]
    asked += [(FIND, {**mark, **nothing, "text": "номер77", "sort": "best", "from_minor": 1, "to_minor": 10**9})]
    asked += [(ALIKE, {**mark, "words": ["нмер77"], "others": ["yvth"], "most": 20})]
    with connection.cursor() as cursor:
        cursor.execute("set local enable_nestloop = on")  # the import went on in this very transaction
        many = "select %s, md5(n::text), 1 from generate_series(1, 5000) n"
        cursor.execute(f"insert into svoi_searchword (community_id, word, spread) {many}", [table.pk])
        cursor.execute("analyze svoi_producttext, svoi_product, svoi_variant, svoi_searchword")
        for statement, facts in asked:
            cursor.execute("explain " + load(statement), facts)
            plan = "\n".join(line for (line,) in cursor.fetchall())
            large = [name for name in ("producttext", "variant", "searchword") if f"Seq Scan on svoi_{name}" in plan]
            assert ("product_words" in plan, large) == (True, []), plan
        assert "search_word_alike" in plan
