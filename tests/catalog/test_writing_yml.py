"""The YML that goes out: exact to the kopeck, with an old price only on record, and hostile words that stay words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from svoi.catalog.models import Product, Stock, Variant
from svoi.catalog.providers.yml.words import plain_text
from svoi.catalog.providers.yml.writing import amount
from svoi.communities.models import Community
from tests import cast
from tests.catalog.exported import DAY, WEB, export, offers_of, told
from tests.catalog.feeds import document, offer, param, take_in, totals


def test_the_head_says_whose_feed_it_is_and_when(table: Community, settings: Any) -> None:
    settings.PUBLIC_URL = "https://svoi.example"
    settings.SHOP = settings.SHOP | {"name": "ООО «Стол & Ко»"}
    take_in(table, document(offer()))

    root = etree.fromstring(export(table))

    assert (root.tag, root.attrib) == ("yml_catalog", {"date": "2026-11-22T15:00:00+03:00"})
    assert datetime.fromisoformat(root.get("date")) == cast.NOON
    shop = root.find("shop")
    assert [each.tag for each in shop] == ["name", "company", "url", "currencies", "categories", "offers"]
    assert [each.text for each in shop[:3]] == ["Стол", "ООО «Стол & Ко»", "https://svoi.example/c/table/"]
    assert [dict(each.attrib) for each in shop.find("currencies")] == [{"id": "RUB", "rate": "1"}]
    variant = Variant.objects.get()
    address = f"https://svoi.example/c/table/products/{variant.product_id}/?variant={variant.pk}"
    assert root.findtext("shop/offers/offer/url") == address


def test_an_empty_shop_is_a_feed_too(table: Community) -> None:
    root = etree.fromstring(export(table))
    assert [len(root.find(f"shop/{tag}")) for tag in ("currencies", "categories", "offers")] == [1, 0, 0]


def test_an_offer_says_all_that_is_known_of_it(table: Community, settings: Any) -> None:
    settings.PUBLIC_URL = "https://svoi.example"
    more = param("Объём", "300", "мл") + param("name_en", "Mug") + param("description_en", "One &amp; two")
    take_in(table, document(offer("a", attributes='group_id="7"', price="1490.05", picture=f"{WEB}/1.jpg", more=more)))
    Stock.objects.update(on_hand=0)
    Product.objects.update(category=None)

    element = offers_of(export(table))["a"]

    assert dict(element.attrib) == {"id": "a", "group_id": "7", "available": "false"}
    assert [(each.tag, each.text, dict(each.attrib)) for each in element if each.tag != "url"] == [
        ("name", "Кружка", {}),
        ("price", "1490.05", {}),
        ("currencyId", "RUB", {}),
        ("picture", f"{WEB}/1.jpg", {}),
        ("param", "300", {"name": "Объём", "unit": "мл"}),
        ("param", "Mug", {"name": "name_en"}),
        ("param", "<p>One &amp; two</p>", {"name": "description_en"}),
        ("count", "0", {}),
    ]


@pytest.mark.parametrize(
    ("minor", "text"),
    [
        (1, "0.01"),
        (100, "1"),
        (149_000, "1490"),
        (149_050, "1490.50"),
        (10**11, "1" + "0" * 9),
        (10**9 - 1, "9999999.99"),
    ],
)
def test_money_is_exact(minor: int, text: str) -> None:
    assert amount(minor) == text


def test_our_own_copies_of_pictures_have_whole_addresses(table: Community, settings: Any) -> None:
    settings.PUBLIC_URL = "https://svoi.example"
    take_in(table, document(offer("a", picture=[f"{WEB}/1.jpg", f"{WEB}/2.jpg", f"{WEB}/3.jpg"])))
    first, second, _ = Variant.objects.get().pictures.all()
    type(first).objects.filter(pk=first.pk).update(source="mug.png", file="ab/cd.png")
    type(first).objects.filter(pk=second.pk).update(source="C:/lost.png")

    element = offers_of(export(table))["a"]

    assert [each.text for each in element.iter("picture")] == [
        "https://svoi.example/pictures/ab/cd.png", f"{WEB}/3.jpg",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("prices", "stated", "shown"),
    [
        ([1990], 1990, "1990"),
        ([1990], 1890, "1890"),
        ([1990], 1991, None),
        ([1790, 1990], 1990, None),
        ([1790, 1990], 1790, "1790"),
        ([], 1990, None),
    ],
)
def test_an_old_price_stands_only_when_the_record_bears_it_out(
    table: Community, prices: list[int], stated: int, shown: str | None
) -> None:
    for day, price in enumerate(prices):
        take_in(table, document(offer("a", price=price), offer("b")), at=cast.NOON + day * DAY)
    today = cast.NOON + 5 * DAY
    take_in(table, document(offer("a", price=1490, oldprice=stated), offer("b")), at=today)

    feed, done = told(table, at=today)

    assert (offers_of(feed)["a"].findtext("oldprice"), done.unbacked) == (shown, int(shown is None))
    assert Variant.objects.get(external_id="a").old_price_minor == stated * 100  # the shop's own page may show it


def test_a_lower_price_of_long_ago_is_forgotten(table: Community) -> None:
    for day, price in ((0, 990), (40, 1990), (80, 1490)):
        old = {"oldprice": 1990} if day == 80 else {}
        take_in(table, document(offer("a", price=price, **old)), at=cast.NOON + day * DAY)
    assert offers_of(export(table))["a"].findtext("oldprice") == "1990"


@pytest.mark.parametrize("form", ["yml", "google"])
def test_hostile_words_stay_words(table: Community, form: str) -> None:
    """What the database lets in by hand, and no feed could have said."""
    variant = cast.product(table)
    bad = "a]]>\x01b & <c>\x1f\x0c\ufffe\uffff \U0001f600 \x85\u2028é"
    good = "a]]>b & <c> \U0001f600 \x85\u2028é"
    Product.objects.update(name=bad, vendor=bad, description=f"{bad}\r\nd\re", name_en=bad, description_en=bad)
    params = [["\x02Цвет", bad, "\x03"], ["", "x", ""], ["x", " ", ""], ["title_ru", "x", ""], ["x\n", "a\tb\rc", "м"]]
    Variant.objects.update(vendor_code=bad[:9], barcode="\x04\x05", params=params, external_id="\x07id&\"'<")
    nameless, huge = cast.product(table), cast.product(table)
    Product.objects.filter(pk=nameless.product_id).update(name=" \x01 ")
    Product.objects.filter(pk=huge.product_id).update(description="глина & " * 100_000)

    feed, done = told(table, form)

    assert (done.offers, done.left_out) == (2, 1)
    root = etree.fromstring(feed, etree.XMLParser(huge_tree=True))
    if form == "google":
        assert [each.findtext("title") for each in root.iter("item")] == [good, "Кружка"]
        return
    element = next(root.iter("offer"))
    assert (element.get("id"), element.findtext("name"), element.findtext("vendor")) == ("id&\"'<", good, good)
    assert element.findtext("barcode") is None
    assert plain_text(element.findtext("description")) == f"{good}\nd\ne"
    assert [(each.get("name"), each.text, each.get("unit")) for each in element.iter("param")][:2] == [
        ("Цвет", good, None), ("x\n", "a\tb\rc", "м"),
    ]  # fmt: skip
    assert variant.product.description == ""


def test_hostile_words_come_in_again(table: Community, cellar: Community) -> None:
    cast.product(table)
    Product.objects.update(name="]]> & \x01 <b>", description="&amp;nbsp; ]]> <script>x</script> &#65;\n\x02b")
    assert totals(take_in(cellar, export(table))) == (1, 0, 0, 0)
    found = Product.objects.get(community=cellar)
    assert (found.name, found.description) == ("]]> & <b>", "&amp;nbsp; ]]> <script>x</script> &#65;\nb")


@pytest.mark.parametrize("form", ["yml", "google"])
def test_many_offers_are_read_in_as_many_queries_as_one(table: Community, form: str) -> None:
    counts = []
    for count in (1, 3):
        shop = [
            offer(f"m{n}", price=1000 + count, oldprice=3000, picture=f"{WEB}/{n}.jpg", more=param("a", "b"))
            for n in range(count)
        ]
        take_in(table, document(*shop, offer("g", attributes='group_id="1"'), offer("h", attributes='group_id="1"')))
        with CaptureQueriesContext(connection) as asked:
            assert told(table, form)[1].offers == count + 2
        counts.append(len(asked))
    assert counts == [4, 4]
