"""What goes out comes in again as the same: products, variants, params, pictures, prices and stock, row by row."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from svoi.catalog.models import Product, Stock, Variant
from svoi.catalog.rules.naming import Sister, full_names, name_sisters
from svoi.communities.models import Community
from tests import cast
from tests.catalog.exported import WEB, export, offers_of, rows_of, told
from tests.catalog.feeds import document, offer, param, picture_file, take_in, totals, versions

DEMO = Path(__file__).resolve().parents[2] / "svoi" / "jobs" / "demo"
LATER = cast.NOON + timedelta(days=3)


def group(id_: str) -> str:
    return f'group_id="{id_}"'


def came_through(table: Community, cellar: Community, **options: object) -> bytes:
    """Export one shop into the other, twice: the second time changes nothing, and both are the same."""
    feed = export(table, at=LATER)
    first = take_in(cellar, feed, **options)
    assert (first.refused.kept, first.left_out.kept) == ([], [])
    before = versions()
    assert totals(take_in(cellar, feed, at=LATER, **options)) == (0, 0, 0, 0)
    assert versions() == before
    assert rows_of(cellar) == rows_of(table)
    return feed


def test_a_shop_comes_through_as_it_is(table: Community, cellar: Community, settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "kept"  # type: ignore[attr-defined]
    picture_file(tmp_path)
    more = param("Объём", "300", "мл") + param("Цвет", "Синий") + param("name_en", "Mug & <cup>")
    rich = {"vendor": "Кромка & Ко", "vendorCode": "KR-1", "barcode": "4607001771562", "oldprice": None}
    shop = [
        offer("mug", attributes=group("7"), more=more, picture=["mug.png", f"{WEB}/1.jpg?a=1&b=2"], **rich),
        offer("mug-l", attributes=group("7"), more=param("Объём", "450", "мл") + param("Цвет", "Синий"), count=0),
        offer("vase", name="Ваза", categoryId=1, description="<p>Раз &lt;b&gt; &amp;amp; два</p><p>a < b ]]> c</p>"),
        offer("bare", name="Без всего", categoryId=None, count=3),
    ]
    take_in(table, document(*shop), folder=tmp_path)
    take_in(table, document(*shop[:3], shop[3].replace(">1490<", ">990.50<")), folder=tmp_path, at=LATER)
    Stock.objects.filter(variant__external_id="mug").update(on_hand=2)  # three were sold

    came_through(table, cellar)

    assert Product.objects.get(community=cellar, external_id="vase").description == "Раз <b> &amp; два\na < b ]]> c"
    bare = Variant.objects.get(community=cellar, external_id="bare")
    assert (bare.price_minor, bare.product.category_id) == (99_050, None)


def test_an_old_price_comes_through_when_it_was_really_asked(table: Community, cellar: Community) -> None:
    take_in(table, document(offer("a", price=1990), offer("b", price=1990)))
    take_in(table, document(offer("a", price=1490, oldprice=1990), offer("b", price=1490.50, oldprice=1790)), at=LATER)

    came_through(table, cellar)

    prices = Variant.objects.filter(community=cellar).values_list("external_id", "price_minor", "old_price_minor")
    assert sorted(prices) == [("a", 149_000, 199_000), ("b", 149_050, 179_000)]


@pytest.mark.parametrize(
    "names",
    [
        ["Кружка синяя", "Кружка белая"],
        ["Кружка, синяя", "Кружка, белая"],
        ["Кружка (синяя)", "Кружка (белая)"],
        ["Кружка", "Кружка большая"],
        ["Кружка", "Тарелка"],
        ["Кружка", "Кружка"],
        ["Кружка большая", "Кружка большая", "Кружка малая"],
        ["Кружка " + "й" * 200, "Кружка " + "ц" * 200],
        ["К" * 240 + " синяя лазурная", "К" * 240 + " белая"],
    ],
)
def test_titles_made_of_names_come_through(table: Community, cellar: Community, names: list[str]) -> None:
    shop = [offer(f"o{place}", name=name[:250], attributes=group("1")) for place, name in enumerate(names)]
    take_in(table, document(*shop))
    came_through(table, cellar)


@pytest.mark.parametrize(
    "values", [["тёмно синий", "тёмно красный"], ["Синий", "Синий", "Белый"], ["Кружка", "Ваза"], ["x" * 130, "y"]]
)
def test_titles_made_of_params_come_through(table: Community, cellar: Community, values: list[str]) -> None:
    shop = [offer(f"o{n}", attributes=group("1"), more=param("Цвет", value)) for n, value in enumerate(values)]
    take_in(table, document(*shop))
    came_through(table, cellar)


def test_a_title_nobody_could_work_out_is_said(table: Community, cellar: Community) -> None:
    """An offer that could not be read keeps its title of yesterday, whatever its sisters are called today."""
    shop = [offer(f"o{n}", attributes=group("1"), more=param("Цвет", each)) for n, each in enumerate("абв")]
    take_in(table, document(*shop))
    Variant.objects.filter(external_id="o2").update(title="сама по себе")

    feed = came_through(table, cellar)

    titles = {id_: each.findtext("param[@name='title_ru']") for id_, each in offers_of(feed).items()}
    assert titles == {"o0": "а", "o1": "б", "o2": "сама по себе"}


def test_a_product_made_by_hand_comes_through_as_a_group(table: Community, cellar: Community) -> None:
    mug = cast.product(table)
    large = Variant.objects.create(
        product=mug.product, community=table, external_id="large", price_minor=1, title="Большая", position=1
    )
    Stock.objects.create(variant=large, on_hand=0)
    lone = cast.product(table, name="Ваза")
    Variant.objects.filter(pk=lone.pk).update(title="единственная")

    take_in(cellar, export(table))

    keys = {mug.product.external_id: f"group:{mug.product.external_id}"}
    mine, theirs = rows_of(table), rows_of(cellar)
    assert theirs["products"] == [(keys.get(key, key), *rest) for key, *rest in mine["products"]]
    assert theirs["variants"] == [(keys.get(key, key), *rest) for key, *rest in mine["variants"]]


def test_what_is_withdrawn_does_not_go_out(table: Community, cellar: Community) -> None:
    mugs = [offer(id_, attributes=group("g"), more=param("Цвет", id_)) for id_ in "abc"]
    take_in(table, document(*mugs, offer("vase", name="Ваза")))
    take_in(table, document(mugs[2]), at=LATER)

    feed = came_through(table, cellar)

    assert list(offers_of(feed)) == ["c"]


def test_the_demo_shop_comes_through(table: Community, cellar: Community) -> None:
    """Its old prices are stated and were never asked here, so they stay behind, and are counted."""
    call_command("import_feed", str(DEMO / "feed.xml"), community="table", language="en", verbosity=0)
    stated = Variant.objects.exclude(old_price_minor=None).count()
    feed, done = told(table)
    (at_home := DEMO / "feed.xml").stat()
    assert (done.offers, done.left_out, done.unbacked, stated > 0) == (82, 0, stated, True)
    Variant.objects.update(old_price_minor=None)

    from svoi.jobs.management.commands.import_feed import _dictionary

    assert export(table) == feed
    came_through(table, cellar, words=_dictionary(at_home.parent / "words.toml"))


def test_a_crowd_of_odd_groups_comes_through(table: Community, cellar: Community) -> None:
    dice = random.Random(7)
    words = ["кружка", "синяя", "(белая)", "большая,", "-", "2", "шт", "тёмно", "&", "<b>"]
    shop = []
    for place in range(300):
        name = " ".join(dice.choices(words, k=dice.randrange(1, 5)))
        params = "".join(param(p, dice.choice(words).replace("<", "&lt;")) for p in "абв" if dice.random() < 0.6)
        code = dice.choice(["", f"V-{place}", "V"])
        shop.append(
            offer(f"o{place}", name=f"x {name}", attributes=group(f"{place // 4}"), vendorCode=code, more=params)
        )
    take_in(table, document(*shop))
    came_through(table, cellar)


word = st.sampled_from(["к", "ё", "синяя", "(2", "шт)", "белая,", "–", "к,"])
names = st.lists(word, min_size=1, max_size=4).map(" ".join)
params = st.lists(st.tuples(st.sampled_from("аб"), word, st.sampled_from(["", "мл"])), max_size=2)


@given(st.lists(st.tuples(names, params, st.sampled_from(["A", "B"])), min_size=1, max_size=5))
def test_names_are_found_that_say_the_same(drawn: list[tuple[str, list[tuple[str, str, str]], str]]) -> None:
    sisters = [
        Sister(name=name, name_en="", title_en="", params=told_, mark=mark) for name, told_, mark in drawn
    ]  # fmt: skip
    read = name_sisters(sisters)
    product, titles = read[0].product, [each.title for each in read]
    full, is_enough = full_names(product, titles, sisters)

    said = [
        Sister(name=name, name_en="", title_en="", params=each.params, mark=each.mark, title="" if is_enough else title)
        for name, title, each in zip(full, titles, sisters, strict=True)
    ]
    again = name_sisters(said)
    assert [each.product for each in again] == [product] * len(titles)
    assert [now.title for now, title in zip(again, titles, strict=True) if title] == [each for each in titles if each]
