"""The YML that goes out as others know it: in the order of Yandex's samples, and read alike by another's parser."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

import yandex_market_language
from lxml import etree

from svoi.catalog.providers.yml.words import plain_text
from svoi.communities.models import Community
from tests import cast
from tests.catalog.exported import DAY, WEB, export, offers_of
from tests.catalog.feeds import document, offer, param, take_in

# What a feed may say and a catalogue does not keep.
UNKEPT = {"store", "pickup", "delivery", "delivery-options", "pickup-options"}
SAMPLE = """<?xml version="1.0" encoding="UTF-8"?>
<yml_catalog date="2026-11-11T20:53:47+03:00">
    <shop>
        <name>Полка</name>
        <company>ООО "Полка"</company>
        <url>https://shelf.example</url>
        <currencies>
            <currency id="RUR" rate="1"/>
        </currencies>
        <categories>
            <category id="1">Все товары</category>
            <category id="101" parentId="1">Свет</category>
            <category id="10101" parentId="101">Лампы &amp; свечи</category>
        </categories>
        <promos>
            <promo id="New_Year" type="promo code"><promo-code>NEW</promo-code></promo>
        </promos>
        <offers>
            <offer id="110103000001">
                <name>Тёплая лампа E14</name>
                <url>https://shelf.example/products/lamp_e14</url>
                <price>1490</price>
                <currencyId>RUR</currencyId>
                <categoryId>10101</categoryId>
                <vendor>Полка</vendor>
                <vendorCode>SH-00017</vendorCode>
                <picture>https://shelf.example/pictures/lamp_e14_1.jpeg</picture>
                <picture>https://shelf.example/pictures/lamp_e14_2.jpeg</picture>
                <description>
                    <![CDATA[
                        <p>Лампа SH-00017 — ровный свет.</p>
                        <p>• Цвет от 2 700 К до 6 500 К &amp; больше ничего. </p>
                    ]]>
                </description>
                <param name="Тип цоколя">E14</param>
                <param name="Мощность" unit="Вт">4.8</param>
                <barcode>4670028540756</barcode>
                <store>true</store>
                <pickup>true</pickup>
                <delivery>true</delivery>
                <delivery-options>
                    <option cost="300" days="1" order-before="18"/>
                </delivery-options>
                <pickup-options>
                    <option cost="0" days="0"/>
                </pickup-options>
                <condition type="preowned">
                    <quality>perfect</quality>
                    <reason>Витринный образец</reason>
                </condition>
            </offer>
            <offer id="110103000002">
                <name>Свеча</name>
                <url>https://shelf.example/products/candle</url>
                <price>99.50</price>
                <currencyId>RUR</currencyId>
                <categoryId>101</categoryId>
                <vendor>Полка</vendor>
                <vendorCode>SH-2</vendorCode>
                <picture>https://shelf.example/pictures/candle.jpeg</picture>
                <description><![CDATA[<p>Свеча</p>]]></description>
                <param name="Высота" unit="см">20</param>
                <barcode>4607001771562</barcode>
                <store>true</store>
                <pickup>true</pickup>
                <delivery>true</delivery>
            </offer>
        </offers>
    </shop>
</yml_catalog>
""".encode()


def content(element: Any) -> tuple[Any, ...]:
    """A child of an offer as far as its content goes, the description without its mark-up and blanks."""
    text = (element.text or "").strip()
    text = plain_text(text) if element.tag == "description" else text.replace("RUR", "RUB")
    return element.tag, text, dict(element.attrib), [(each.tag, each.text) for each in element]


def as_others_know(feed: bytes) -> bytes:
    """The feed for a parser that is older than the zone of its date and than counts."""
    feed, dates = re.subn(rb'date="([\d-]+)T([\d:]{5}):\d\d[+]03:00"', rb'date="\1 \2"', feed)
    feed, counts = re.subn(rb"\s*<count>\d+</count>", b"", feed)
    assert (dates, counts) == (1, feed.count(b"<offer "))
    return feed


def test_the_form_of_the_samples_is_kept(table: Community) -> None:
    take_in(table, SAMPLE)
    feed = export(table)

    said, written = offers_of(SAMPLE), offers_of(feed)
    assert list(said) == list(written)
    for id_, element in said.items():
        mine = [content(each) for each in element if each.tag not in UNKEPT]
        theirs = [content(each) for each in written[id_] if each.tag != "count"]
        pages = [place for place, each in enumerate(mine) if each[0] == "url"]
        assert [theirs.pop(place)[0] for place in pages] == [mine.pop(place)[0] for place in pages] == ["url"]
        assert theirs == mine
    mine, theirs = ([content(each) for each in etree.fromstring(one).iter("category")] for one in (SAMPLE, feed))
    assert theirs == mine


def test_others_read_the_same(table: Community) -> None:
    """The parser of the package yandex-market-language, field by field."""
    more = "".join(param(*each) for each in (("Объём", "300", "мл"), ("Цвет", "Синий & белый")))
    shop = [
        offer("a", vendor="Кромка & Ко", vendorCode="KR-1", barcode="4607001771562", price=1990, count=0, more=more,
              picture=[f"{WEB}/1.jpg?a=1&b=2", f"{WEB}/2.jpg"], description="<p>Раз</p><p>a &lt; b</p>"),
        offer("b", name="Ваза <b>", categoryId=1, price="0.50"),
    ]  # fmt: skip
    take_in(table, document(*shop))
    cheaper = shop[0].replace("<price>1990</price>", "<price>1490</price><oldprice>1990</oldprice>")
    take_in(table, document(cheaper, shop[1]), at=cast.NOON + DAY)
    feed = export(table)

    read = yandex_market_language.parse(io.BytesIO(as_others_know(feed)))

    assert read.date == datetime(2026, 11, 22, 15, 0)  # noqa: DTZ001 - it knows no zone
    assert [(each.currency, each.rate) for each in read.shop.currencies] == [("RUB", "1")]
    categories = [(each.category_id, each.parent_id, each.name) for each in read.shop.categories]
    assert categories == [("1", None, "Всё"), ("2", "1", "Кружки")]
    assert [
        (each.offer_id, each.name, each.price.value, each.old_price, each.currency, each.category_id, each.vendor,
         each.vendor_code, each.barcodes, each.pictures, each.description, each.available,
         [(one.name, one.value, one.unit) for one in each.parameters])
        for each in read.shop.offers
    ] == [
        ("a", "Кружка", 1490.0, "1990", "RUB", "2", "Кромка & Ко", "KR-1", ["4607001771562"],
         [f"{WEB}/1.jpg?a=1&b=2", f"{WEB}/2.jpg"], "<p>Раз</p><p>a &lt; b</p>", False,
         [("Объём", "300", "мл"), ("Цвет", "Синий & белый", None)]),
        ("b", "Ваза <b>", 0.5, None, "RUB", "1", None, None, None, None, None, True, []),
    ]  # fmt: skip
