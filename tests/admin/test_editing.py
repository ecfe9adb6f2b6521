"""Plain words are corrected by the actions of their rooms: only what changed, told as an event, found by the search."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from svoi.catalog.actions import describe_category, describe_product, describe_variant, refresh_search
from svoi.catalog.models import Category, Product, Variant
from svoi.catalog.queries import search_products
from svoi.catalog.rules.searching import Wanted
from svoi.catalog.rules.wording import GoodsNameMissing, WordsTooLong
from svoi.communities.actions import describe_community
from svoi.communities.models import Community
from svoi.communities.rules import STORY_LENGTH_MAX, CommunityNameMissing
from svoi.consequences import following
from svoi.db.models import OutboxEvent
from svoi.members.models import Member
from svoi.pickup.actions import describe_point
from svoi.pickup.models import PickupPoint
from svoi.pickup.rules.points import CarrierSpeaks, PointsRefused
from tests import cast
from tests.cast import NOON, recorded
from tests.catalog.feeds import document, offer, take_in


@pytest.fixture
def mug(table: Community) -> Variant:
    return cast.product(table)


@pytest.fixture
def point(table: Community) -> PickupPoint:
    return cast.pickup_point(table)


def opened(browser: Client, page: str) -> dict[str, str]:
    """What a browser would send of a page nobody typed into."""
    form = browser.get(page).context["adminform"].form
    said = {name: form[name].value() for name in form.fields}
    return {**said, **{f"initial-{name}": text for name, text in said.items()}}


def sent(browser: Client, row: Any, **words: str) -> str:
    """Open the page of a row, change these words in its form and send it; returns what is shown then."""
    page = f"/admin/svoi/{type(row).__name__.lower()}/{row.pk}/change/"
    answer = browser.post(page, {**opened(browser, page), **words}, follow=True)
    assert answer.redirect_chain == [] or answer.redirect_chain == [(page, 302)]
    return unescape(answer.content.decode())


def found(place: Community, text: str) -> list[int]:
    return [card.product_id for card in search_products(community_id=place.pk, wanted=Wanted(text=text)).cards]


def test_a_product_is_described_anew(desk: Client, olga: Member, table: Community, mug: Variant) -> None:
    refresh_search(community_id=table.pk)
    assert "Saved." in sent(desk, mug.product, name="  Чашка   большая ", description="Первая\r\nвторая  ")
    product = Product.objects.get(pk=mug.product_id)
    assert (product.name, product.name_en, product.description) == ("Чашка большая", "Mug", "Первая\nвторая")
    told = {
        "product_id": product.pk,
        "community_id": table.pk,
        "by_id": olga.pk,
        "before": {"name": "Кружка", "description": ""},
    }
    assert recorded("product_described") == [("product_described", told)]
    assert (found(table, "чашка"), found(table, "кружка")) == ([product.pk], [])


def test_the_same_words_again_change_nothing(desk: Client, olga: Member, mug: Variant) -> None:
    before = OutboxEvent.objects.count()
    assert "Nothing was changed." in sent(desk, mug.product)
    assert "Nothing was changed." in sent(desk, mug.product, name="Кружка ")
    assert OutboxEvent.objects.count() == before


def test_two_operators_do_not_undo_each_others_words(desk: Client, olga: Member, mug: Variant) -> None:
    page = f"/admin/svoi/product/{mug.product_id}/change/"
    old_page = opened(desk, page)
    describe_product(product_id=mug.product_id, words={"vendor": "Луга"}, by=olga, at=NOON)
    desk.post(page, {**old_page, "name": "Чашка"})
    product = Product.objects.get(pk=mug.product_id)
    assert (product.name, product.vendor) == ("Чашка", "Луга")


def test_line_ends_of_a_browser_are_no_change(desk: Client, olga: Member, mug: Variant) -> None:
    page = f"/admin/svoi/product/{mug.product_id}/change/"
    describe_product(product_id=mug.product_id, words={"description": "Раз\nдва"}, by=olga, at=NOON)
    desk.post(page, {name: text.replace("\n", "\r\n") for name, text in opened(desk, page).items()})
    assert len(recorded("product_described")) == 1


def test_a_variant_and_a_shelf(desk: Client, olga: Member, table: Community, mug: Variant) -> None:
    shelf = Category.objects.create(community=table, external_id="1", name="Посуда")
    sent(desk, mug, title="Синяя", title_en="Blue")
    sent(desk, shelf, name="Всё для чая")
    mug.refresh_from_db()
    assert (mug.title, mug.title_en, mug.price_minor) == ("Синяя", "Blue", 149_000)
    assert Category.objects.get().name == "Всё для чая"
    assert recorded("variant_described")[0][1]["before"] == {"title": "", "title_en": ""}
    assert recorded("category_described") == [
        (
            "category_described",
            {"category_id": shelf.pk, "community_id": table.pk, "by_id": olga.pk, "before": {"name": "Посуда"}},
        )
    ]


def test_products_of_a_renamed_shelf_are_found_by_its_new_name(olga: Member, table: Community) -> None:
    take_in(
        table,
        document(offer("mug", name="Кружка", price=100, categoryId=7), categories='<category id="7">Посуда</category>'),
    )
    refresh_search(community_id=table.pk)
    shelf = Category.objects.get()
    describe_category(category_id=shelf.pk, words={"name": "Чаепитие"}, by=olga, at=NOON)
    assert found(table, "чаепитие") == []
    (_, payload) = recorded("category_described")[0]
    for consequence in following("category_described"):
        consequence.verb(payload, NOON)
    assert (len(found(table, "чаепитие")), len(found(table, "посуда"))) == (1, 0)


def test_a_feed_has_the_last_word(olga: Member, table: Community) -> None:
    feed = document(offer("mug", name="Кружка", price=100))
    take_in(table, feed)
    product = Product.objects.get()
    describe_product(product_id=product.pk, words={"name": "Чашка"}, by=olga, at=NOON)
    take_in(table, feed)
    product.refresh_from_db()
    assert product.name == "Кружка"


def test_a_community_is_described_anew(desk: Client, olga: Member, table: Community) -> None:
    sent(desk, table, name_ru="Большой стол", charter_ru="Не шуметь\r\nНе врать")
    table.refresh_from_db()
    assert (table.name_ru, table.charter_ru, table.doors) == ("Большой стол", "Не шуметь\nНе врать", "open")
    told = {"community_id": table.pk, "member_id": olga.pk, "before": {"name_ru": "Стол", "charter_ru": ""}}
    assert recorded("community_described") == [("community_described", told)]


def test_a_point_is_described_anew_and_stays_where_it_is(desk: Client, olga: Member, point: PickupPoint) -> None:
    sent(desk, point, hours="10–22", metro="Лесная", address="Другая, 2", city="Тверь")
    point.refresh_from_db()
    assert (point.hours, point.metro, point.address, point.city) == ("10–22", "Лесная", "Лесная, 1", "Москва")
    told = {"pickup_point_id": point.pk, "by_id": olga.pk, "before": {"hours": "", "metro": ""}}
    assert recorded("point_described") == [("point_described", told)]


@pytest.mark.parametrize(
    ("name", "value"), [("name", " "), ("name", "я" * 251), ("vendor", "я" * 121), ("name", "a\0b")]
)
def test_words_that_cannot_be_kept_are_told_beside_their_field(
    desk: Client, mug: Variant, name: str, value: str
) -> None:
    before = Product.objects.values().get()
    page = f"/admin/svoi/product/{mug.product_id}/change/"
    answer = desk.post(page, {"name": "Кружка", name: value})
    assert (answer.status_code, list(answer.context["adminform"].form.errors)) == (200, [name])
    assert (Product.objects.values().get(), recorded()) == (before, recorded("operator_called"))


def test_a_refusal_of_the_room_is_told_and_nothing_is_written(desk: Client, mug: Variant) -> None:
    """Longer than a form knows of: the room's own limit."""
    before = Product.objects.values().get()
    text = sent(desk, mug.product, description="я" * 20_001)
    assert "This text is too long" in text
    assert (Product.objects.values().get(), recorded("product_described")) == (before, [])


REFUSED = [
    (GoodsNameMissing, {"name": "\0 "}),
    (WordsTooLong, {"name": "я" * 251}),
    (WordsTooLong, {"description_en": "я" * 20_001}),
]


@pytest.mark.parametrize(("refusal", "words"), REFUSED)
def test_the_catalogue_refuses(olga: Member, mug: Variant, refusal: type[Exception], words: dict[str, str]) -> None:
    before = Product.objects.values().get()
    with pytest.raises(refusal), transaction.atomic():
        describe_product(product_id=mug.product_id, words=words, by=olga, at=NOON)
    assert (Product.objects.values().get(), recorded("product_described")) == (before, [])


def test_communities_and_points_refuse(olga: Member, table: Community, point: PickupPoint) -> None:
    before = (Community.objects.values().get(), PickupPoint.objects.values().get())
    with pytest.raises(CommunityNameMissing), transaction.atomic():
        describe_community(community_id=table.pk, words={"name_ru": " "}, by=olga, at=NOON)
    with pytest.raises(PointsRefused), transaction.atomic():
        describe_point(pickup_point_id=point.pk, words={"name": ""}, by=olga, at=NOON)
    with pytest.raises(PointsRefused), transaction.atomic():
        describe_point(pickup_point_id=point.pk, words={"hours": "я" * 121}, by=olga, at=NOON)
    assert (Community.objects.values().get(), PickupPoint.objects.values().get()) == before
    PickupPoint.objects.update(carrier="cdek")
    with pytest.raises(CarrierSpeaks), transaction.atomic():
        describe_point(pickup_point_id=point.pk, words={"hours": "10–22"}, by=olga, at=NOON)
    assert recorded("point_described") == []


def test_a_story_ends_where_it_has_to(olga: Member, table: Community) -> None:
    describe_community(community_id=table.pk, words={"about_ru": "я" * 30_000}, by=olga, at=NOON)
    assert len(Community.objects.get().about_ru) == STORY_LENGTH_MAX


def test_other_columns_are_not_words(olga: Member, mug: Variant, table: Community, point: PickupPoint) -> None:
    with pytest.raises(AssertionError), transaction.atomic():
        describe_variant(variant_id=mug.pk, words={"price_minor": "1"}, by=olga, at=NOON)
    with pytest.raises(AssertionError), transaction.atomic():
        describe_community(community_id=table.pk, words={"doors": "open"}, by=olga, at=NOON)
    with pytest.raises(AssertionError), transaction.atomic():
        describe_point(pickup_point_id=point.pk, words={"address": "Другая, 2"}, by=olga, at=NOON)
