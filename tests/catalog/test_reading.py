"""What is read out of one offer, and what is said of one that cannot be read."""

from __future__ import annotations

import html
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.catalog.providers.yml.offers import Offer
from svoi.catalog.providers.yml.reader import YmlFeed
from svoi.catalog.providers.yml.words import plain_text
from svoi.catalog.rules.feeds import GROUP_OFFERS_MAX, PARAMS_MAX, PICTURES_MAX, Complaint
from tests.catalog.feeds import document, offer, param

SCRAPS = ("<p>", "</p>", "<br>", "<br/>", "<br", "</li>", "<i class='x'>", "</i>", "<", ">", "\n", " ", "\xa0", "да",
          "<p", "&amp;", "&#10;", "&lt;", "&", "lt;")  # fmt: skip


def read(*offers: str, encoding: str = "UTF-8") -> list[Offer | Complaint]:
    return list(YmlFeed(io.BytesIO(document(*offers, encoding=encoding)), lambda _: None))


def one(**fields: object) -> Offer:
    (found,) = read(offer(**fields))
    assert isinstance(found, Offer), found
    return found


def test_an_offer_is_read_whole() -> None:
    found = one(
        id_=" mug-1 ",
        attributes='group_id="g1" available="true"',
        name="  Кружка\n «Утро» ",
        price="1490.50",
        oldprice="1990",
        vendor="Кромка",
        vendorCode="KR-1",
        barcode=["2004100000012", "2004100000013"],
        picture=["https://brand.example/1.jpg", "pictures/2.webp", "https://brand.example/1.jpg"],
        description="<p>Низ&nbsp;без глазури.</p> <p>Объём 300 мл</p>",
        more=param("Объём", " 300 ", "мл")
        + param("name_en", "Morning mug")
        + param("description_en", "<p>Stoneware</p>"),
    )
    assert found == Offer(
        offer_id="mug-1",
        group_id="g1",
        category_id="2",
        name="Кружка «Утро»",
        name_en="Morning mug",
        title_en="",
        vendor="Кромка",
        description="Низ\xa0без глазури.\nОбъём 300 мл",
        description_en="Stoneware",
        price_minor=149_050,
        old_price_minor=199_000,
        vendor_code="KR-1",
        barcode="2004100000012",
        pieces=5,
        params=[("Объём", "300", "мл")],
        pictures=["https://brand.example/1.jpg", "pictures/2.webp"],
        dropped=[],
    )


def test_the_older_form_has_its_name_in_three_parts() -> None:
    found = one(name=None, more="<typePrefix>Кружка</typePrefix><vendor>Кромка</vendor><model>Утро, 300 мл</model>")
    assert found.name == "Кружка Кромка Утро, 300 мл"


def test_windows_1251_reads_as_utf_8_does() -> None:
    told = offer(name="Кружка «Ёлка» №1 — синяя", more=param("Цвет", "Чернила"))
    assert read(told, encoding="windows-1251") == read(told)


@pytest.mark.parametrize(
    ("attributes", "count", "pieces"),
    [
        ("", 5, 5),
        ("", None, None),
        ("", 0, 0),
        ('available="true"', 7, 7),
        ('available="false"', 7, 0),
        ('available="false"', None, 0),
    ],
)
def test_pieces(attributes: str, count: int | None, pieces: int | None) -> None:
    assert one(attributes=attributes, count=count).pieces == pieces


@pytest.mark.parametrize(
    ("broken", "id_", "reason"),
    [
        (offer(""), "", "no_id"),
        ("<offer><name>Кружка</name><price>1</price></offer>", "", "no_id"),
        (offer("x" * 65), "x" * 64, "too_long"),
        (offer(attributes=f'group_id="{"g" * 57}"'), "mug", "too_long"),
        (offer(name=None), "mug", "no_name"),
        (offer(name="  "), "mug", "no_name"),
        (offer(name="ю" * 251), "mug", "too_long"),
        (offer(description="ю" * 20_001), "mug", "too_long"),
        (offer(more=param("Цвет", "ю" * 1_001)), "mug", "too_long"),
        (offer(price=None), "mug", "no_price"),
        (offer(price=""), "mug", "no_price"),
        (offer(price="0"), "mug", "bad_price"),
        (offer(price="-10"), "mug", "bad_price"),
        (offer(price="1 490"), "mug", "bad_price"),
        (offer(price="10.005"), "mug", "bad_price"),
        (offer(price="NaN"), "mug", "bad_price"),
        (offer(price="1e3"), "mug", "bad_price"),
        (offer(price="9" * 13), "mug", "bad_price"),
        (offer(oldprice="дорого"), "mug", "bad_old_price"),
        (offer(currencyId="USD"), "mug", "currency_not_sold"),
        (offer(count="-1"), "mug", "bad_count"),
        (offer(count="2.5"), "mug", "bad_count"),
        (offer(count="٣"), "mug", "bad_count"),
        (offer(count="1000000"), "mug", "bad_count"),
        (offer(more=param("а", "б") * (PARAMS_MAX + 1)), "mug", "too_many_params"),
    ],
)
def test_a_broken_offer_is_named_and_does_not_stop_the_rest(broken: str, id_: str, reason: str) -> None:
    first, complaint, last = read(offer("first"), broken, offer("last"))
    assert isinstance(first, Offer)
    assert isinstance(last, Offer)
    assert isinstance(complaint, Complaint)
    assert (complaint.offer_id, complaint.reason) == (id_, reason)


def test_an_id_is_used_once() -> None:
    found = read(offer("mug", price=1), offer("mug", price=2))
    assert [getattr(each, "reason", "read") for each in found] == ["read", "duplicate_id"]


def test_a_group_has_room_for_so_many() -> None:
    found = read(*[offer(f"m{n}", attributes='group_id="g"') for n in range(GROUP_OFFERS_MAX + 1)])
    assert [each.reason for each in found if isinstance(each, Complaint)] == ["group_too_large"]


@pytest.mark.parametrize(
    ("fields", "reasons"),
    [
        ({"price": 100, "oldprice": 100}, ["old_price_not_higher"]),
        ({"picture": ["javascript:alert(1)", "file:///etc/passwd", "data:image/png;,", ""]}, ["picture_address"] * 4),
        ({"picture": [f"https://brand.example/{n}.jpg" for n in range(PICTURES_MAX + 5)]}, ["too_many_pictures"]),
    ],
)
def test_a_piece_that_makes_no_sense_is_left_out(fields: dict[str, object], reasons: list[str]) -> None:
    found = one(**fields)
    assert ([reason for reason, _ in found.dropped], found.old_price_minor) == (reasons, None)
    assert [each for each in found.pictures if not each.startswith("https://")] == []


def test_categories_and_the_date_are_kept() -> None:
    strange = '<category id="3" parentId="3">Круг</category><category id="2">Снова</category><category>Без</category>'
    feed = YmlFeed(
        io.BytesIO(document(offer(), categories='<category id="2"> Кружки </category>' + strange)), lambda _: None
    )
    list(feed)
    assert (feed.date, feed.offers_seen) == ("2026-11-22 10:00", 1)
    assert feed.categories == {"2": ("", "Кружки"), "3": ("3", "Круг")}


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("просто", "просто"),
        ("<ul><li>раз</li><li>два</li></ul>", "раз\nдва"),
        ("строка<br/>другая<BR>третья", "строка\nдругая\nтретья"),
        ("a < b и c > d, 5<6", "a < b и c > d, 5<6"),
        ("&lt;script&gt; &amp; &laquo;так&raquo;", "<script> & «так»"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("не закрыт <b", "не закрыт <b"),
        ("  раз\xa0 два\t\n\n\n три\xa0", "раз\xa0 два\nтри"),
        ("<!-- так --><p class='x'>текст</p>", "текст"),
        ("", ""),
    ],
)
def test_descriptions_become_plain(told: str, text: str) -> None:
    assert plain_text(told) == text


def _without(tag: re.Match[str]) -> str:
    if tag[1] in {"br", "br/", "/p", "/li"}:
        return "\n"
    return "" if tag[2] and (tag[1][:1].isalpha() or tag[1][:1] in {"/", "!"}) else tag[0]


@given(st.lists(st.sampled_from(SCRAPS), max_size=12).map("".join))
def test_descriptions_become_plain_as_the_slow_way_has_it(told: str) -> None:
    text = html.unescape(re.sub("<([^<>]*)(>?)", _without, told))
    assert plain_text(told) == "\n".join(filter(None, map(str.strip, text.split("\n"))))


def test_mark_up_without_cdata_is_text_too() -> None:
    found = one(description=None, more="<description>Низ <b>без</b> <i>глазури</i></description>")
    assert found.description == "Низ без глазури"
