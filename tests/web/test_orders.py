"""A buyer's orders and the list of pickup points, asked as browsers ask."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.utils import translation

from svoi.catalog.models import Stock, Variant
from svoi.kernel.money import Money
from svoi.orders.models import Order
from svoi.payments.actions import request_payment
from svoi.payments.models import Payment, Refund
from svoi.pickup.models import PickupPoint
from svoi.ui.templatetags.hours import hours_words
from tests import cast
from tests.cast import NOON


@pytest.fixture
def mug(table) -> Variant:
    return cast.product(table, stock=3)


@pytest.fixture
def point(table) -> PickupPoint:
    return cast.pickup_point(table)


@pytest.fixture
def order(vera, mug, point) -> Order:
    """An order of Vera with its line and its request for money."""
    order = cast.unpaid_order(vera, mug, point)
    order.lines.create(variant=mug, name="Кружка", name_en="Mug", quantity=1, price_minor=149_000)
    ask(order)
    return order


@pytest.fixture
def hers(client, vera):
    client.force_login(vera)
    return client


def ask(order: Order) -> Payment:
    return request_payment(
        subject=f"order:{order.pk}", amount=Money(149_000), purpose="№", return_url="/", key=uuid4(), at=NOON
    )


def money_is(order: Order, **fields) -> None:
    Payment.objects.filter(subject=f"order:{order.pk}").update(**fields)


def step(response) -> str:
    return re.search(r'data-step="(\w+)"', response.content.decode()).group(1)


def test_her_orders_and_no_others(hers, order, boris, mug, point):
    other = cast.unpaid_order(boris, mug, point)
    body = hers.get("/orders/").content.decode()
    assert f"/orders/{order.number}/" in body
    assert other.number not in body


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(
    hers, vera, order, mug, point, django_assert_num_queries
):
    with django_assert_num_queries(8) as few:  # session, her, orders, lines, variants, pictures, parcels, her cart
        hers.get("/orders/")
    for _ in range(2):
        cast.unpaid_order(vera, mug, point).lines.create(variant=mug, name="К", quantity=1, price_minor=149_000)
    with django_assert_num_queries(len(few.captured_queries)):
        hers.get("/orders/")


def test_without_orders_the_page_says_what_will_be_here(hers):
    assert hers.get("/orders/").status_code == 200


@pytest.mark.parametrize("path", ["", "payment", "payments", "cancellation"])
def test_anothers_order_is_not_there(client, gleb, order, path):
    client.force_login(gleb)
    ask_for = client.post if path in ("payments", "cancellation") else client.get
    assert ask_for(f"/orders/{order.number}/{path}").status_code == 404
    order.refresh_from_db()
    assert order.stage == "placed"


@pytest.mark.parametrize("path", ["/orders/", "/orders/XXXXXXXX/"])
def test_a_visitor_signs_in_first(client, db, path):
    assert client.get(path).headers["Location"] == f"/sign-in?next={path.replace('/', '%2F')}"


@pytest.mark.parametrize(
    ("fields", "asked", "shown"),
    [
        ({}, "", "preparing"),
        ({"state": "pending", "page_url": "/fake-bank/1/"}, "", "ready"),
        ({"state": "pending", "page_url": "/fake-bank/1/"}, "?from=bank", "asking"),
        ({"state": "declined"}, "", "declined"),
        ({"state": "expired"}, "", "declined"),
        ({"state": "held"}, "", "asking"),
        ({"state": "succeeded"}, "", "asking"),
    ],
)
def test_where_the_money_is(hers, order, fields, asked, shown):
    if fields:
        money_is(order, **fields)
    assert step(hers.get(f"/orders/{order.number}/{asked}")) == shown
    assert step(hers.get(f"/orders/{order.number}/payment{asked}")) == shown


def test_it_asks_every_second_only_while_an_answer_is_due(hers, order):
    def asks() -> list[str]:
        return re.findall(r'hx-trigger="every (\d+)s"', hers.get(f"/orders/{order.number}/").content.decode())

    assert asks() == ["1"]
    Order.objects.filter(pk=order.pk).update(paid_at=NOON)
    assert (step(hers.get(f"/orders/{order.number}/")), asks()) == ("paid", ["30"])
    Order.objects.filter(pk=order.pk).update(collected_at=NOON)
    assert asks() == []


@pytest.mark.parametrize(
    ("refund", "shown"),
    [("", "cancelled"), ("due", "refunding"), ("sent", "refunding"), ("succeeded", "refunded")],
)
def test_an_order_that_fell_away_says_where_the_money_is(hers, order, refund, shown):
    Order.objects.filter(pk=order.pk).update(cancelled_at=NOON, cancelled_for="not_paid_in_time")
    money_is(order, state="succeeded" if refund else "voided", captured_minor=149_000 if refund else None)
    if refund:
        payment = Payment.objects.get()
        Refund.objects.create(key=uuid4(), payment=payment, amount_minor=149_000, state=refund, settled_at=NOON)
    assert step(hers.get(f"/orders/{order.number}/")) == shown


def test_paying_again_after_a_decline(hers, order):
    money_is(order, state="declined")
    answer = hers.post(f"/orders/{order.number}/payments", headers={"HX-Request": "true"})
    assert (answer.status_code, step(answer)) == (200, "preparing")
    assert Payment.objects.filter(subject=f"order:{order.pk}").count() == 2


@pytest.mark.django_db(transaction=True)  # the page is drawn after the refusal ended its transaction
def test_a_paid_order_is_not_paid_again(hers, order):
    Order.objects.filter(pk=order.pk).update(paid_at=NOON)
    answer = hers.post(f"/orders/{order.number}/payments", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert 'data-refused="order_closed"' in answer.content.decode()
    assert Payment.objects.count() == 1


def test_letting_an_order_go_gives_its_stock_back(hers, order, mug):
    answer = hers.post(f"/orders/{order.number}/cancellation")
    assert answer.headers["Location"] == f"/orders/{order.number}/"
    order.refresh_from_db()
    assert (order.stage, order.cancelled_for) == ("cancelled", "buyer")
    assert Stock.objects.get(variant=mug).on_hand == 4


# --- Pickup points ----------------------------------------------------------------------------------------------------


def found(response) -> list[tuple[str, bool]]:
    rows = re.findall(r'name="pickup_point" value="(\d+)"([^>]*)>', response.content.decode())
    return [(number, "checked" in rest) for number, rest in rows]


def test_points_are_found_by_words_and_the_chosen_one_stays(client, table, point):
    kazan = PickupPoint.objects.create(community=table, code="KZN", name="К", city="Казань", address="Баумана, 51")
    asked = {"community": table.pk, "q": "баумана", "pickup_point": point.pk}
    assert found(client.get("/pickup-points", asked)) == [(str(point.pk), True), (str(kazan.pk), False)]


def test_points_of_a_closed_community_are_not_there(client, dmitri, cellar):
    cast.pickup_point(cellar)
    client.force_login(dmitri)
    assert client.get("/pickup-points", {"community": cellar.pk}).status_code == 404


@pytest.mark.parametrize("community", ["", "x", "0", "9" * 30])
def test_points_of_nowhere_are_not_there(client, db, community):
    assert client.get("/pickup-points", {"community": community}).status_code == 404


def test_anothers_point_cannot_be_kept(client, table, cellar, point):
    foreign = cast.pickup_point(cellar)
    asked = {"community": table.pk, "pickup_point": foreign.pk, "q": "\0%_'"}
    assert found(client.get("/pickup-points", asked)) == []


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("Mo-Fr 09:00-20:00; Sa-Su 10:00-18:00", "пн–пт 09:00–20:00, сб–вс 10:00–18:00"),
        ("Mo-Sa 10:00-21:00; Su off", "пн–сб 10:00–21:00, вс закрыто"),
        ("24/7", "круглосуточно"),
        ("как повезёт", "как повезёт"),
        ("", ""),
    ],
)
def test_hours_are_read_as_people_read_them(hours, words):
    with translation.override("ru"):
        assert hours_words(hours) == words
