"""The feed for Google Merchant Center: RSS 2.0 with Google's elements, every field as its documentation wants it."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from svoi.catalog.models import Category, Product, Stock, Variant
from svoi.catalog.providers.google import DESCRIPTION_LENGTH_MAX, G, clipped
from svoi.catalog.rules.outgoing import shortened
from svoi.catalog.rules.trade_numbers import trade_number
from svoi.communities.models import Community
from tests import cast
from tests.catalog.exported import DAY, WEB, export
from tests.catalog.feeds import document, offer, param, take_in


def items_of(feed: bytes) -> list[list[tuple[str, str]]]:
    """Every field of every item in order, Google's own marked g:."""
    items = etree.fromstring(feed).findall("channel/item")
    return [[(each.tag.replace(G, "g:"), each.text) for each in item] for item in items]


def test_every_field_is_said(table: Community, settings: Any) -> None:
    settings.PUBLIC_URL = "https://svoi.example"
    shared = {"attributes": 'group_id="7"', "vendor": "Кромка & Ко", "description": "<p>Раз</p><p>два &lt; три</p>"}
    shop = [
        offer("mug", **shared, vendorCode="KR-1", barcode="4607001771562", price=1990, more=param("Цвет", "Синий"),
              picture=[f"{WEB}/кружка 1.jpg", *[f"{WEB}/{n}.jpg?a=1&b=2" for n in range(2, 14)]]),
        offer("mug-w", **shared, count=0, more=param("Цвет", "Белый")),
        offer("vase", name="Ваза", categoryId=None, price="0.50", barcode="2004100000012"),
    ]  # fmt: skip
    take_in(table, document(*shop))
    cheaper = shop[0].replace("<price>1990</price>", "<price>1490</price><oldprice>1990</oldprice>")
    take_in(table, document(cheaper, *shop[1:]), at=cast.NOON + DAY)

    feed = export(table, "google")

    ids = dict(Variant.objects.values_list("external_id", "id"))
    product = Product.objects.get(external_id="group:7").pk
    vase = Product.objects.get(external_id="vase").pk
    assert items_of(feed) == [
        [
            ("g:id", "mug"),
            ("title", "Кружка, Синий"),
            ("description", "Раз\nдва < три"),
            ("link", f"https://svoi.example/c/table/products/{product}/?variant={ids['mug']}"),
            ("g:image_link", f"{WEB}/%D0%BA%D1%80%D1%83%D0%B6%D0%BA%D0%B0%201.jpg"),
            *[("g:additional_image_link", f"{WEB}/{n}.jpg?a=1&b=2") for n in range(2, 12)],
            ("g:price", "1990.00 RUB"),
            ("g:sale_price", "1490.00 RUB"),
            ("g:availability", "in_stock"),
            ("g:condition", "new"),
            ("g:brand", "Кромка & Ко"),
            ("g:gtin", "4607001771562"),
            ("g:mpn", "KR-1"),
            ("g:item_group_id", "7"),
            ("g:product_type", "Всё > Кружки"),
        ],
        [
            ("g:id", "mug-w"),
            ("title", "Кружка, Белый"),
            ("description", "Раз\nдва < три"),
            ("link", f"https://svoi.example/c/table/products/{product}/?variant={ids['mug-w']}"),
            ("g:price", "1490.00 RUB"),
            ("g:availability", "out_of_stock"),
            ("g:condition", "new"),
            ("g:brand", "Кромка & Ко"),
            ("g:item_group_id", "7"),
            ("g:product_type", "Всё > Кружки"),
        ],
        [
            ("g:id", "vase"),
            ("title", "Ваза"),
            ("description", "Ваза"),
            ("link", f"https://svoi.example/c/table/products/{vase}/?variant={ids['vase']}"),
            ("g:price", "0.50 RUB"),
            ("g:availability", "in_stock"),
            ("g:condition", "new"),
        ],
    ]


def test_the_head_is_rss(table: Community, settings: Any) -> None:
    settings.PUBLIC_URL = "https://svoi.example"
    root = etree.fromstring(export(table, "google"))
    assert (root.tag, root.attrib, root.nsmap) == ("rss", {"version": "2.0"}, {"g": "http://base.google.com/ns/1.0"})
    assert [(each.tag, each.text) for each in root.find("channel")] == [
        ("title", "Стол"), ("link", "https://svoi.example/c/table/"), ("description", "Стол"),
    ]  # fmt: skip


@pytest.mark.parametrize(("stated", "shown"), [(1990, ("1990.00 RUB", "1490.00 RUB")), (2000, ("1490.00 RUB", None))])
def test_a_sale_is_told_only_when_the_record_bears_it_out(
    table: Community, stated: int, shown: tuple[str, str | None]
) -> None:
    take_in(table, document(offer("a", price=1990)))
    take_in(table, document(offer("a", price=1490, oldprice=stated)), at=cast.NOON + DAY)
    item = dict(items_of(export(table, "google"))[0])
    assert (item["g:price"], item.get("g:sale_price")) == shown


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "new"),
        (param("Состояние", "Новое"), "new"),
        (param("Condition", "Used"), "used"),
        (param("Состояние", "восстановленный"), "refurbished"),
        (param("Состояние", "как получится"), None),
        ('<condition type="preowned"><quality>good</quality><reason>Царапина</reason></condition>', "used"),
        ('<condition type="likenew"><reason>Без коробки</reason></condition>', "used"),
        ('<condition type="refurbished"/>', "refurbished"),
        ('<condition type="mysterious"/>', None),
    ],
)
def test_the_condition_is_what_the_shop_said(table: Community, more: str, said: str | None) -> None:
    take_in(table, document(offer("a", more=more)))
    assert dict(items_of(export(table, "google"))[0]).get("g:condition") == said


def test_long_words_end_where_google_ends_them(table: Community) -> None:
    take_in(
        table,
        document(
            offer("i" * 64, name="слово " * 40, description="глина " * 3_000, vendor="бренд " * 19),
            offer("i" * 63, attributes=f'group_id="{"g" * 56}"'),
        ),
    )
    Category.objects.filter(external_id="1").update(name="полка " * 41)
    Category.objects.filter(external_id="2").update(name="ящик " * 49)

    first, second = (dict(each) for each in items_of(export(table, "google")))

    assert first["title"] == ("слово " * 25).rstrip() + "…"
    assert first["description"] == ("глина " * (DESCRIPTION_LENGTH_MAX // 6)).rstrip() + "…"
    assert first["g:brand"] == ("бренд " * 11).rstrip() + "…"
    assert len({first["g:id"], second["g:id"]}) == 2
    assert [len(each) for each in (first["g:id"], second["g:id"], second["g:item_group_id"])] == [50, 50, 50]
    assert dict(items_of(export(table, "google"))[0])["g:id"] == first["g:id"]


def test_shelves_that_stand_on_each_other_end_somewhere(table: Community) -> None:
    circle = '<category id="1" parentId="2">Раз</category><category id="2" parentId="1">Два</category>'
    take_in(table, document(offer("a"), categories=circle))
    assert dict(items_of(export(table, "google"))[0])["g:product_type"] == " > ".join(["Раз", "Два"] * 5)


def test_a_thing_without_pictures_or_stock_is_still_told(table: Community) -> None:
    cast.product(table)
    Stock.objects.all()._raw_delete("default")
    assert dict(items_of(export(table, "google"))[0])["g:availability"] == "out_of_stock"


@pytest.mark.parametrize(
    "barcode",
    ["4607001771562", "4006381333931", "96385074", "036000291452", "14006381333938", "00012345600012", "5901234123457"],
)
def test_numbers_of_world_trade(barcode: str) -> None:
    assert trade_number(barcode) == barcode


@pytest.mark.parametrize(
    "barcode",
    [
        "", "4607001771563", "460700177156", "46070017715621", "460700177156x", "４６０７００１７７１５６２",
        "0000000000000", "2004100000012", "0200000000004", "20000004", "00000017", "9900000000004", "12004100000019",
        "123", "4607001771562 ", "-607001771562",
    ],
)  # fmt: skip
def test_other_numbers(barcode: str) -> None:
    assert trade_number(barcode) == ""


def test_words_are_clipped_between_words() -> None:
    assert [clipped(text, 8) for text in ("кружка", "кружка б", "кружка белая", "кружечка б", "кружечкабелая")] == [
        "кружка", "кружка б", "кружка…", "кружечк…", "кружечк…",
    ]  # fmt: skip


def test_a_short_id_is_itself_and_a_long_one_its_own() -> None:
    assert (shortened("", 50), shortened("a" * 50, 50)) == ("", "a" * 50)
    assert len({shortened("a" * 60 + each, 50) for each in "bcd"}) == 3
