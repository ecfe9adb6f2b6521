"""The page of one product: what it shows, what is gone, and a crossed-out price that is never alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from svoi.catalog.models import Picture, Stock, Variant
from svoi.catalog.queries.shelves import PAGE_CARDS
from svoi.communities.models import Community
from svoi.members.models import Member
from tests.cast import NOON, live_show, product
from tests.catalog.feeds import document, offer, take_in
from tests.web.products.page import words


@pytest.mark.django_db
class TestPages:
    """In a browser."""

    def test_a_product_with_everything(self, client: Client, table: Community) -> None:
        blue = product(table, name="Кувшин")
        blue.params, blue.old_price_minor, blue.title = [["Объём", "1", "л"]], 199_000, "синий"
        blue.save()
        milk = Variant.objects.create(
            product=blue.product, community=table, external_id="milk", price_minor=159_000, title="молочный", position=1
        )
        Stock.objects.create(variant=milk, on_hand=3)
        for position in range(2):
            Picture.objects.create(variant=blue, position=position, source=f"https://shop.example/{position}.jpg")
        page = words(client.get(f"/c/table/products/{blue.product_id}/"))
        shown = ("1\u202f490\u00a0₽", "1\u202f990\u00a0₽", "Объём", "1\u00a0л", "синий", "молочный", "В\u00a0наличии")
        assert [said for said in shown if said not in page] == []
        assert re.findall(r'<img src="(https://shop[^"]+)" alt="([^"]+)"', page) == [
            ("https://shop.example/0.jpg", "Кувшин"),
            ("https://shop.example/1.jpg", "Кувшин, фотография 2 из\u00a02"),
        ]
        offer = client.get(f"/c/table/products/{blue.product_id}/?variant={milk.pk}", headers={"HX-Request": "true"})
        assert ("<html" in words(offer), "1\u202f590\u00a0₽" in words(offer)) == (False, True)
        assert "Осталось только 3" in words(offer)

    def test_what_is_gone_says_so(self, client: Client, table: Community) -> None:
        thing = product(table, stock=0)
        assert "Пока раскуплено" in words(client.get(f"/c/table/products/{thing.product_id}/"))
        Variant.objects.update(withdrawn_at="2026-11-22T12:00Z")
        assert "Больше не\u00a0продаётся" in words(client.get(f"/c/table/products/{thing.product_id}/"))

    @pytest.mark.parametrize("variant", ["", "0", "-1", "abc", "9" * 40, "٣", "1\0"])
    def test_a_variant_that_is_not_there_is_no_fault(self, client: Client, table: Community, variant: str) -> None:
        thing = product(table)
        assert client.get(f"/c/table/products/{thing.product_id}/", {"variant": variant}).status_code == 200

    def test_a_product_on_air_leads_to_its_show(self, client: Client, table: Community, anna: Member) -> None:
        thing = product(table)
        show = live_show(table, anna, thing)
        assert f'href="/shows/{show.pk}/"' in words(client.get(f"/c/table/products/{thing.product_id}/"))

    def test_the_shelf_goes_on_page_by_page(self, client: Client, table: Community) -> None:
        things = [product(table, name=f"Вещь {place}") for place in range(PAGE_CARDS + 2)]
        first = words(client.get("/c/table/products/"))
        more = re.search(r'hx-get="([^"]+after=[^"]+)"', first)
        assert more is not None
        rest = words(client.get(more[1], headers={"HX-Request": "true"}))
        found = re.findall(r'/c/table/products/(\d+)/"', first) + re.findall(r'/c/table/products/(\d+)/"', rest)
        assert found == [str(thing.product_id) for thing in things]
        assert ("<html" in rest, "after=" in rest) == (False, False)
        assert "<html" in words(client.get(more[1]))

    @pytest.mark.parametrize("more", [1, 3])
    def test_costs_the_same_for_one_and_many(
        self, client: Client, table: Community, more: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        thing = product(table)
        for place in range(more):
            product(table)
            extra = Variant.objects.create(
                product=thing.product, community=table, external_id=f"e{place}", price_minor=100, position=place
            )
            Picture.objects.create(variant=extra, position=0, source="https://shop.example/a.jpg")
        with django_assert_num_queries(4):
            client.get("/c/table/products/")
        with django_assert_num_queries(8):
            client.get(f"/c/table/products/{thing.product_id}/")


@pytest.mark.django_db
class TestDiscounts:
    """A crossed-out price is never alone."""

    def told(self, client: Client, table: Community, *prices: tuple[int, int | None]) -> str:
        for day, (price, old) in enumerate(prices):
            at = NOON + timedelta(days=day)
            take_in(table, document(offer(price=price, oldprice=old)), at=at)
        thing = Variant.objects.get()
        return words(client.get(f"/c/table/products/{thing.product_id}/"))

    def test_the_lowest_price_before_stands_beside_it(self, client: Client, table: Community) -> None:
        page = self.told(client, table, (1500, None), (1300, None), (1400, None), (1000, 2000))
        assert "Наименьшая цена за\u00a030 дней до\u00a0этого: 1\u202f300\u00a0₽" in page

    def test_a_price_that_was_never_another_says_so(self, client: Client, table: Community) -> None:
        page = self.told(client, table, (1000, 2000))
        assert "Другой цены здесь раньше не\u00a0было" in page

    def test_without_a_discount_nothing_is_said(self, client: Client, table: Community) -> None:
        assert "offer-before" not in self.told(client, table, (1500, None), (1000, None))

    def test_another_variant_brings_its_pictures(self, client: Client, table: Community) -> None:
        group = 'group_id="g"'
        pictured = [offer(n, attributes=group, picture=f"https://shop.example/{n}.jpg") for n in ("a", "b")]
        take_in(table, document(*pictured))
        second = Variant.objects.get(external_id="b")
        page = words(
            client.get(
                f"/c/table/products/{second.product_id}/", {"variant": second.pk}, headers={"HX-Request": "true"}
            )
        )
        assert 'id="gallery" hx-swap-oob="true"' in page
        assert re.findall(r"shop.example/(\w)", page) == ["b", "a"]
