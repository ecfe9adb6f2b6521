"""The shelf and the page of one product, hostile descriptions included."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from svoi.catalog.actions import refresh_search
from svoi.catalog.models import Category, Picture, Stock, Variant
from svoi.catalog.queries.shelves import PAGE_CARDS
from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.orders.models import Order
from tests.cast import NOON, joins, live_show, pickup_point, product
from tests.catalog.feeds import document, offer, take_in


def words(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


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
class TestAisles:
    """The way among the shelves."""

    @pytest.fixture
    def shop(self, table: Community) -> dict[str, Category]:
        """Everything is under one shelf: clay with mugs and bowls below it, and linen."""
        made: dict[str, Category] = {}
        for name, parent in (("all", ""), ("clay", "all"), ("linen", "all"), ("mugs", "clay"), ("bowls", "clay")):
            made[name] = Category.objects.create(community=table, external_id=name, name=name, parent=made.get(parent))
        for shelf in ("mugs", "bowls", "linen"):
            thing = product(table, name=f"a thing of {shelf}").product
            thing.category = made[shelf]
            thing.save()
        return made

    @pytest.mark.parametrize(
        ("standing", "ways", "things"),
        [
            ("", ["clay", "linen"], ["mugs", "bowls", "linen"]),
            ("all", ["clay", "linen"], ["mugs", "bowls", "linen"]),
            ("clay", ["clay", "mugs", "bowls"], ["mugs", "bowls"]),
            ("mugs", ["clay", "mugs", "bowls"], ["mugs"]),
            ("linen", ["clay", "linen"], ["linen"]),
        ],
    )
    def test_a_shelf_shows_what_is_on_it_and_the_ways_on(
        self, client: Client, shop: dict[str, Category], standing: str, ways: list[str], things: list[str]
    ) -> None:
        page = words(client.get("/c/table/products/", {"category": shop[standing].pk} if standing else {}))
        assert re.findall(r"chip-link.*?<span>(\w+)</span>", page) == ["Всё", *ways]
        assert re.findall(r"a thing of (\w+)</a>", page) == things

    def test_another_shop_s_shelf_is_empty_here(
        self, client: Client, shop: dict[str, Category], cellar: Community
    ) -> None:
        strange = Category.objects.create(community=cellar, external_id="1", name="secret")
        page = client.get("/c/table/products/", {"category": strange.pk})
        assert (page.status_code, "secret" in words(page)) == (200, False)


@pytest.mark.django_db(transaction=True)
class TestBuying:
    """From the shelf, outside a show."""

    def asked(self, thing: Variant, **changes: object) -> dict[str, object]:
        point = pickup_point(thing.community)
        return {
            "product": thing.product_id,
            "variant": thing.pk,
            "quantity": 2,
            "pickup_point": point.pk,
            f"shown_{thing.pk}": thing.price_minor,
            "currency": "RUB",
            "key": "5b0e8e0e-1d2c-4c7e-9b43-0d1f6a3c1b11",
            **changes,
        }

    def test_a_member_orders_once_however_often_she_taps(self, client: Client, table: Community, vera: Member) -> None:
        thing = product(table, stock=5)
        client.force_login(joins(vera, table))
        address, asked = f"/c/table/products/{thing.product_id}/orders", self.asked(thing)
        assert client.get(address).status_code == 200
        first, second = client.post(address, asked), client.post(address, asked)
        order = Order.objects.get()
        assert first["Location"] == second["Location"] == f"/orders/{order.number}/"
        assert (order.origin_kind, order.origin_id, order.total_minor) == ("product", thing.product_id, 298_000)
        assert (order.buyer, order.announced, Stock.objects.get().on_hand) == (vera, False, 3)

    @pytest.mark.parametrize(
        ("changes", "status", "said"),
        [
            ({"quantity": 9}, 409, "out_of_stock"),
            ({"quantity": 0}, 422, "Ваш заказ"),
            ({"pickup_point": ""}, 422, "Ваш заказ"),
            ({"pickup_point": 10**9}, 409, "point_closed"),
            ({"shown": 1}, 409, "price_moved"),
        ],
    )
    def test_a_refusal_orders_nothing_and_keeps_the_form(
        self, client: Client, table: Community, vera: Member, changes: dict[str, object], status: int, said: str
    ) -> None:
        thing = product(table, stock=5)
        client.force_login(joins(vera, table))
        asked = self.asked(thing)
        asked |= {f"{name}_{thing.pk}" if name == "shown" else name: value for name, value in changes.items()}
        response = client.post(f"/c/table/products/{thing.product_id}/orders", asked)
        assert (response.status_code, said in words(response)) == (status, True)
        assert str(asked["key"]) in words(response)
        assert (Order.objects.count(), Stock.objects.get().on_hand) == (0, 5)

    def test_others_are_led_to_the_door_and_back(
        self, client: Client, table: Community, cellar: Community, dmitri: Member
    ) -> None:
        thing, hidden = product(table), product(cellar)
        address = f"/c/table/products/{thing.product_id}/orders"
        assert client.get(address)["Location"] == "/sign-in?next=" + quote(address, safe="")
        client.force_login(dmitri)
        assert client.post(address, self.asked(thing))["Location"] == "/c/table/memberships?next=" + quote(
            address, safe=""
        )
        for slug in ("table", "cellar"):
            assert client.post(f"/c/{slug}/products/{hidden.product_id}/orders").status_code == 404
        assert not Order.objects.exists()

    def test_another_shop_s_variant_is_not_sold_here(
        self, client: Client, table: Community, cellar: Community, vera: Member
    ) -> None:
        thing, hidden = product(table), product(cellar)
        client.force_login(joins(vera, table))
        asked = {**self.asked(thing), "variant": hidden.pk, f"shown_{hidden.pk}": hidden.price_minor}
        assert client.post(f"/c/table/products/{thing.product_id}/orders", asked).status_code == 409
        assert not Order.objects.exists()


@pytest.mark.django_db
class TestSearching:
    """The box on the shelf."""

    @pytest.fixture
    def shop(self, table: Community) -> Community:
        take_in(
            table,
            document(
                offer("mug", name="Кружка глиняная", price=1490),
                offer("bowl", name="Миска глиняная", price=990, categoryId=1),
            ),
        )
        refresh_search(community_id=table.pk)
        return table

    def found(self, client: Client, **asked: object) -> tuple[list[str], str]:
        page = words(client.get("/c/table/products/", asked))
        return re.findall(r'thing-name two-lines"[^>]*>([^<]+)</a>', page), page

    @pytest.mark.parametrize(
        ("asked", "names"),
        [
            ({"q": "кружки"}, ["Кружка глиняная"]),
            ({"q": "глина"}, []),
            ({"q": "глиняные", "to": 1000}, ["Миска глиняная"]),
            ({"from": 1000}, ["Кружка глиняная"]),
            ({"sort": "cheap"}, ["Миска глиняная", "Кружка глиняная"]),
            ({"q": "", "from": "", "to": "", "sort": "best"}, ["Кружка глиняная", "Миска глиняная"]),
        ],
    )
    def test_it_finds(self, client: Client, shop: Community, asked: dict[str, object], names: list[str]) -> None:
        assert self.found(client, **asked)[0] == names

    def test_it_says_what_was_meant(self, client: Client, shop: Community) -> None:
        names, page = self.found(client, q="rhe;rf")
        assert (names, "Показано: «кружка»" in page) == (["Кружка глиняная"], True)
        names, page = self.found(client, q="кружкка", to=5)
        assert (names, 'href="/c/table/products/?q=%D0%BA%D1%80%D1%83%D0%B6%D0%BA%D0%B0"' in page) == ([], True)
        names, page = self.found(client, q="<b>самовар</b>")
        assert (names, "ничего не\u00a0нашлось" in page, "<b>самовар" in page) == ([], True, False)

    @pytest.mark.parametrize(
        "asked",
        [
            {"q": "\0"}, {"q": "a" * 9_000}, {"q": "'\"<>&%_\\"}, {"from": "-1", "to": "x"}, {"from": "9" * 40},
            {"sort": "<x>"}, {"sort": "dear", "after": "9" * 18}, {"after": "abc", "q": "кружка"}, {"category": "٣"},
        ],
    )  # fmt: skip
    def test_hostile_questions_are_answered(self, client: Client, shop: Community, asked: dict[str, str]) -> None:
        assert client.get("/c/table/products/", asked).status_code == 200

    def test_htmx_gets_what_was_found_alone(self, client: Client, shop: Community) -> None:
        answer = client.get("/c/table/products/", {"q": "кружка"}, headers={"HX-Request": "true"})
        page = words(answer)
        assert ("<html" in page, page.startswith('<div id="found">'), "HX-Request" in answer["Vary"]) == (
            False,
            True,
            True,
        )

    def test_the_question_stays_on_the_way_to_the_next_page_and_another_shelf(
        self, client: Client, table: Community
    ) -> None:
        take_in(table, document(*[offer(f"m{n}") for n in range(PAGE_CARDS + 1)]))
        refresh_search(community_id=table.pk)
        page = words(client.get("/c/table/products/", {"q": "кружка", "sort": "dear"}))
        more = unescape(re.search(r'hx-get="([^"]+after[^"]+)"', page)[1])  # type: ignore[index]
        assert more == f"/c/table/products/?after={PAGE_CARDS}&q=%D0%BA%D1%80%D1%83%D0%B6%D0%BA%D0%B0&sort=dear"
        assert len(re.findall("<article", words(client.get(more, headers={"HX-Request": "true"})))) == 1
        assert "?category=" in page
        assert "&amp;q=%D0%BA" in page

    def test_a_stranger_finds_no_closed_shelf(self, client: Client, cellar: Community, dmitri: Member) -> None:
        client.force_login(dmitri)
        for headers in ({}, {"HX-Request": "true"}):
            assert client.get("/c/cellar/products/", {"q": "кружка"}, headers=headers).status_code == 404

    @pytest.mark.parametrize("count", [1, 3])
    def test_a_search_costs_the_same_for_one_and_many(
        self, client: Client, table: Community, count: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        take_in(table, document(*[offer(f"m{n}") for n in range(count)]))
        refresh_search(community_id=table.pk)
        with django_assert_num_queries(6):
            client.get("/c/table/products/", {"q": "кружка"})


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
