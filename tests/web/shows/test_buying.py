"""Buying in a show: one tap is one order, what a refusal says, and what hostile input gets."""

from __future__ import annotations

import re

import pytest

from svoi.catalog.models import Stock, Variant
from svoi.orders.models import Order
from svoi.shows.models import Pin, Show
from tests import cast
from tests.cast import NOON
from tests.web.shows.sheet import KEY, bought, order_of, told

# A refusal ends its transaction; the sheet is drawn after it, so these need transactions of their own.
refused = pytest.mark.django_db(transaction=True)


def test_one_tap_is_one_order(one_of_us, vera, show, mug, point):
    answers = [bought(one_of_us, show, order_of(show, mug, point, quantity=2, announced="on")) for _ in range(2)]
    order = Order.objects.get()
    assert [answer.status_code for answer in answers] == [303, 303]
    assert {answer.headers["Location"] for answer in answers} == {f"/orders/{order.number}/"}
    assert (order.buyer, order.total_minor, order.origin_kind, order.origin_id) == (vera, 298_000, "show", show.pk)
    assert order.announced is True
    assert Stock.objects.get(variant=mug).on_hand == 1


def test_htmx_is_sent_to_the_order(one_of_us, show, mug, point):
    answer = bought(one_of_us, show, order_of(show, mug, point), htmx=True)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"/orders/{Order.objects.get().number}/")


def test_a_visitor_signs_in_first_and_comes_back(client, show, mug, point):
    answer = bought(client, show, order_of(show, mug, point))
    assert answer.headers["Location"] == f"/sign-in?next=%2Fshows%2F{show.pk}%2F%3Fbuy%3D{mug.product_id}"
    assert Order.objects.count() == 0


@refused
def test_whoever_does_not_belong_is_asked_to_join(client, dmitri, show, mug, point):
    client.force_login(dmitri)
    answer = bought(client, show, order_of(show, mug, point))
    assert (answer.status_code, told(answer)) == (403, ["not_one_of_us"])
    assert Order.objects.count() == 0


@refused
def test_a_pin_that_moved_is_said_and_the_next_tap_buys_from_the_bag(one_of_us, show, mug, towel, anna, point):
    filled = order_of(show, mug, point, quantity=2)
    show.pins.update(unpinned_at=NOON)
    other = Pin.objects.create(show=show, product=towel.product, pinned_by=anna, pinned_at=NOON)
    answer = bought(one_of_us, show, filled, htmx=True)
    body = answer.content.decode()
    assert (answer.status_code, told(answer)) == (409, ["pin_moved"])
    assert f"sheet?product={towel.product_id}&amp;pin={other.pk}" in body
    assert 'name="pin" value=""' in body
    assert 'name="quantity" value="2"' in body
    assert f'name="key" value="{KEY}"' in body
    assert bought(one_of_us, show, {**filled, "pin": ""}).status_code == 303


@refused
def test_a_price_that_moved_is_said_with_both_prices(one_of_us, show, mug, point):
    filled = order_of(show, mug, point)
    Variant.objects.filter(pk=mug.pk).update(price_minor=159_000)
    answer = bought(one_of_us, show, filled, htmx=True)
    body = answer.content.decode()
    assert (answer.status_code, told(answer)) == (409, ["price_moved"])
    assert "1\u202f490" in body
    assert f'name="shown_{mug.pk}" value="159000"' in body
    assert re.findall(r'name="pickup_point" value="(\d+)"[^>]* checked', body) == [str(point.pk)]
    assert bought(one_of_us, show, {**filled, f"shown_{mug.pk}": "159000"}).status_code == 303


@refused
def test_too_few_left_says_how_many(one_of_us, show, mug, point):
    answer = bought(one_of_us, show, order_of(show, mug, point, quantity=4), htmx=True)
    body = answer.content.decode()
    assert (answer.status_code, told(answer)) == (409, ["out_of_stock"])
    assert 'name="quantity" value="3" min="1" max="3"' in body
    assert Stock.objects.get(variant=mug).on_hand == 3


@refused
def test_a_closed_point_is_said(one_of_us, show, mug, point):
    point.closed_at = NOON
    point.save()
    answer = bought(one_of_us, show, order_of(show, mug, point))
    assert (answer.status_code, told(answer)) == (409, ["point_closed"])


@refused
@pytest.mark.parametrize(
    ("moments", "code"),
    [({"went_live_at": None}, "show_not_live"), ({"ended_at": NOON}, "show_not_live")],
)
def test_off_air_nothing_is_sold(one_of_us, show, mug, point, moments, code):
    Show.objects.filter(pk=show.pk).update(**moments)
    answer = bought(one_of_us, show, order_of(show, mug, point))
    assert (answer.status_code, told(answer)) == (409, [code])


@refused
def test_a_key_of_another_purchase_is_renewed(one_of_us, show, mug, point):
    bought(one_of_us, show, order_of(show, mug, point))
    answer = bought(one_of_us, show, order_of(show, mug, point, quantity=2))
    assert (answer.status_code, told(answer)) == (409, ["key_reused"])
    assert f'name="key" value="{KEY}"' not in answer.content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"pickup_point": None},
        {"pickup_point": "x"},
        {"quantity": ""},
        {"quantity": "0"},
        {"quantity": "999999"},
        {"quantity": "1e3"},
        {"variant": ""},
        {"key": "not-a-key"},
        {"pin": "x"},
        {"variant": str(10**30)},
    ],
)
def test_what_cannot_be_read_comes_back_to_be_corrected(one_of_us, show, mug, point, changes):
    answer = bought(one_of_us, show, order_of(show, mug, point, **changes), htmx=True)
    assert answer.status_code == 422
    assert "buy-form" in answer.content.decode()
    assert Order.objects.count() == 0


@refused
@pytest.mark.parametrize("shown", ["", "x", "-149000", "149000.0", "9" * 40, "１４９０００"])
def test_a_price_nobody_saw_buys_nothing(one_of_us, show, mug, point, shown):
    answer = bought(one_of_us, show, order_of(show, mug, point, **{f"shown_{mug.pk}": shown}))
    assert (answer.status_code, told(answer)) == (409, ["price_moved"])
    assert Order.objects.count() == 0


@refused
def test_a_variant_of_another_community_is_not_for_sale_here(one_of_us, show, mug, point, cellar):
    other = cast.product(cellar)
    filled = order_of(show, mug, point, variant=other.pk, pin="", **{f"shown_{other.pk}": other.price_minor})
    answer = bought(one_of_us, show, filled)
    assert (answer.status_code, told(answer)) == (409, ["not_offered"])
    assert Order.objects.count() == 0


@refused
def test_a_point_of_another_community_is_no_point(one_of_us, show, mug, cellar):
    answer = bought(one_of_us, show, order_of(show, mug, cast.pickup_point(cellar)))
    assert (answer.status_code, told(answer)) == (409, ["point_closed"])
