"""The cart: laying in, changing, taking out, and what is said of each line."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from svoi.catalog.models import Stock, Variant
from svoi.orders.models import CartLine
from tests import cast
from tests.cast import NOON
from tests.web.cart.steps import CART, HTMX, lays_in, lies, told

pytestmark = pytest.mark.django_db(transaction=True)  # a page is drawn after its refusal ended the transaction


def test_from_its_page_into_the_cart(hers, mug):
    answer = lays_in(hers, mug, quantity=2)
    assert (answer.status_code, answer.headers["Location"]) == (303, CART)
    assert lies() == [(mug.pk, 2, 149_000, "product", mug.product_id)]
    assert Stock.objects.get(variant=mug).on_hand == 5


def test_htmx_hears_how_many_lie_there_and_the_way_counts_along(hers, mug):
    lays_in(hers, mug)
    body = lays_in(hers, mug, htmx=True, quantity=2).content.decode()
    assert "В корзине: 3" in re.sub(r"\s", " ", body)
    assert re.findall(r'id="cart-way" hx-swap-oob="true".*?<b class="pill pill-plain">(\d+)</b>', body) == ["3"]
    assert lies() == [(mug.pk, 3, 149_000, "product", mug.product_id)]


def test_every_page_says_how_many_pieces_lie_in_the_cart(hers, mug):
    lays_in(hers, mug, quantity=2)
    for page in ("/", "/orders/", CART):
        assert re.findall(r'id="cart-way".*?<b class="pill pill-plain">(\d+)</b>', hers.get(page).content.decode()) == [
            "2"
        ]


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"variant": ""}, 409, "no_longer_sold"),
        ({"variant": "x"}, 409, "no_longer_sold"),
        ({"variant": 10**30}, 409, "no_longer_sold"),
        ({"variant": 10**9}, 409, "no_longer_sold"),
        ({"quantity": 0}, 422, "quantity_out_of_range"),
        ({"quantity": -3}, 422, "quantity_out_of_range"),
        ({"quantity": 10**6}, 422, "quantity_out_of_range"),
        ({"quantity": "1.5"}, 422, "quantity_out_of_range"),
        ({"shown": "0"}, 409, "price_moved"),
        ({"shown": "1e9"}, 409, "price_moved"),
        ({"shown": "-149000"}, 409, "price_moved"),
    ],
)
def test_what_cannot_be_read_is_not_laid_in(hers, mug, changes, status, code):
    answer = lays_in(hers, mug, **{f"{k}_{mug.pk}" if k == "shown" else k: v for k, v in changes.items()})
    assert (answer.status_code, told(answer), lies()) == (status, [code], [])


def test_anothers_shop_and_what_is_withdrawn_are_not_laid_in(hers, mug, cellar):
    foreign = cast.product(cellar)
    mug.withdrawn_at = NOON
    mug.save()
    for thing in (foreign, mug):
        assert told(lays_in(hers, thing)) == ["no_longer_sold"]
    assert lies() == []


class TestFromAShow:
    """The show stays the origin, and only for what lies in its tray while it is on air."""

    @pytest.fixture
    def show(self, table, anna, mug):
        return cast.live_show(table, anna, mug)

    def test_the_show_is_kept_as_the_origin(self, hers, show, mug):
        assert lays_in(hers, mug, htmx=True, show=show.pk).status_code == 200
        assert lies() == [(mug.pk, 1, 149_000, "show", show.pk)]

    def test_what_is_not_in_its_tray_did_not_come_from_it(self, hers, show, table):
        other = cast.product(table)
        answer = lays_in(hers, other, show=show.pk)
        assert (answer.status_code, told(answer), lies()) == (409, ["not_offered"], [])

    def test_a_show_that_is_over_sells_nothing_more(self, hers, show, mug):
        show.ended_at = timezone.now()
        show.save()
        assert (told(lays_in(hers, mug, show=show.pk)), lies()) == (["show_not_live"], [])

    def test_anothers_show_is_not_there(self, hers, mug, cellar, anna):
        foreign = cast.live_show(cellar, anna)
        for show_id in (foreign.pk, 10**9):
            assert lays_in(hers, mug, show=show_id).status_code == 404
        assert lies() == []


def test_others_are_led_to_the_door_and_back(client, table, cellar, dmitri, mug):
    page = f"/c/table/products/{mug.product_id}/"
    assert client.get(CART).headers["Location"] == "/sign-in?next=%2Fc%2Ftable%2Fcart"
    assert lays_in(client, mug, next=page).headers["Location"] == f"/sign-in?next={page.replace('/', '%2F')}"
    assert lays_in(client, mug, next="https://evil.example/").headers["Location"] == "/sign-in?next=%2Fc%2Ftable%2Fcart"
    client.force_login(dmitri)
    assert client.get(CART).headers["Location"] == "/c/table/memberships?next=%2Fc%2Ftable%2Fcart"
    assert lays_in(client, mug).headers["Location"] == "/c/table/memberships?next=%2Fc%2Ftable%2Fcart"
    for path in ("cart", "checkout"):
        assert client.get(f"/c/cellar/{path}").status_code == 404
    assert client.post("/c/cellar/cart/lines", {}).status_code == 404
    assert client.post(f"/c/cellar/cart/lines/{mug.pk}", {"quantity": 0}).status_code == 404
    assert lies() == []


def test_the_number_of_pieces_is_changed_and_none_takes_the_thing_out(hers, mug):
    lays_in(hers, mug)
    address = f"{CART}/lines/{mug.pk}"
    assert hers.post(address, {"quantity": 4}).headers["Location"] == CART
    assert lies() == [(mug.pk, 4, 149_000, "product", mug.product_id)]
    body = hers.post(address, {"quantity": 0}, headers=HTMX).content.decode()
    assert ("cart-line" in body, 'class="empty"' in body, lies()) == (False, True, [])


@pytest.mark.parametrize("pieces", ["", "-1", "x", "100000", "2.5"])
def test_pieces_that_cannot_be_read_change_nothing(hers, mug, pieces):
    lays_in(hers, mug, quantity=2)
    answer = hers.post(f"{CART}/lines/{mug.pk}", {"quantity": pieces}, headers=HTMX)
    assert (answer.status_code, told(answer)) == (422, ["quantity_out_of_range"])
    assert lies() == [(mug.pk, 2, 149_000, "product", mug.product_id)]


@pytest.mark.parametrize("variant", [10**9, 10**25])
def test_a_line_that_is_not_there_changes_nothing(hers, mug, variant):
    lays_in(hers, mug)
    assert hers.post(f"{CART}/lines/{variant}", {"quantity": 3}).status_code == 303
    assert lies() == [(mug.pk, 1, 149_000, "product", mug.product_id)]


def test_anothers_line_stays_as_it_is(hers, mug, boris, table):
    cast.joins(boris, table)
    line = CartLine.objects.create(
        member=boris, community=table, variant=mug, quantity=2, shown_minor=149_000, origin_kind="product"
    )
    hers.post(f"{CART}/lines/{mug.pk}", {"quantity": 0})
    line.refresh_from_db()
    assert line.quantity == 2
    assert "cart-line" not in hers.get(CART).content.decode()


def test_a_price_that_moved_is_told_with_both_and_seen(hers, mug):
    lays_in(hers, mug)
    Variant.objects.filter(pk=mug.pk).update(price_minor=159_000)
    body = re.sub(r"\s", " ", hers.get(CART).content.decode())
    assert "Вы видели 1 490 ₽, теперь цена 1 590 ₽." in body
    seen = {"quantity": 1, f"shown_{mug.pk}": 159_000, "currency": "RUB"}
    hers.post(f"{CART}/lines/{mug.pk}", seen)
    assert lies() == [(mug.pk, 1, 159_000, "product", mug.product_id)]
    assert "Вы видели" not in hers.get(CART).content.decode()


def test_what_is_sold_out_or_short_is_said_and_not_counted(hers, mug, table):
    gone, withdrawn = cast.product(table, name="Ваза"), cast.product(table, name="Чайник")
    for thing, pieces in ((mug, 4), (gone, 1), (withdrawn, 1)):
        lays_in(hers, thing, quantity=pieces)
    Stock.objects.filter(variant=gone).update(on_hand=0)
    Stock.objects.filter(variant=mug).update(on_hand=2)
    Variant.objects.filter(pk=withdrawn.pk).update(withdrawn_at=NOON)
    body = re.sub(r"\s", " ", hers.get(CART).content.decode())
    assert [words in body for words in ("Осталось всего 2 штуки.", "Всё продано.", "Больше не продаётся.")] == [
        True
    ] * 3
    assert re.findall(r'class="cart-total">.*?value="([\d.]+)"', body) == ["2980.00"]


def test_the_cart_asks_the_same_number_of_questions_however_full_it_is(hers, mug, table, django_assert_num_queries):
    lays_in(hers, mug, htmx=True)  # a page would tell a message, which is kept in the session
    with django_assert_num_queries(7):  # session, her, community, belongs, lines, pictures, pieces
        hers.get(CART)
    for _ in range(2):
        lays_in(hers, cast.product(table), htmx=True)
    with django_assert_num_queries(7):
        hers.get(CART)


def test_one_cart_is_opened_and_several_are_chosen_from(hers, client, vera, mug, anna):
    assert 'class="empty"' in hers.get("/cart").content.decode()
    lays_in(hers, mug, quantity=2)
    assert hers.get("/cart").headers["Location"] == CART
    other = cast.community(anna, slug="bench")
    cast.joins(vera, other)
    thing = cast.product(other)
    asked = {"variant": thing.pk, "quantity": 1, f"shown_{thing.pk}": thing.price_minor, "currency": "RUB"}
    hers.post("/c/bench/cart/lines", asked)
    assert re.findall(r'class="row" href="([^"]+)"', hers.get("/cart").content.decode()) == [CART, "/c/bench/cart"]
    client.logout()
    assert client.get("/cart").headers["Location"] == "/sign-in?next=%2Fcart"
