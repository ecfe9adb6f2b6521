"""Baskets in opposite orders at sell-out: no circle of waiting, nothing oversold, a refused basket takes nothing."""

from __future__ import annotations

import random
from collections import Counter
from uuid import uuid4

import pytest

from svoi.catalog.models import Stock
from svoi.catalog.rules import OutOfStock
from svoi.orders.actions import ask_return, cancel_order, place_cart, receive_return, withdraw_order
from svoi.orders.models import Order, OrderLine, Return
from svoi.orders.rules import NothingToReturn
from svoi.payments.models import Refund
from tests import cast
from tests.cast import NOON
from tests.orders.way import collected, decided, follow, left, ordered
from tests.races.test_orders import race

pytestmark = pytest.mark.django_db(transaction=True)
BUYERS = 12


def basket(buyer, variants, point):
    return lambda: place_cart(
        buyer=buyer,
        community_id=point.community_id,
        shown=[(one.pk, 1, one.price) for one in variants],
        pickup_point_id=point.pk,
        key=uuid4(),
        number=uuid4().hex[:8].upper(),
        at=NOON,
    )


def test_baskets_in_opposite_orders_sell_out_exactly(table):
    things, point = [cast.product(table, stock=4) for _ in range(3)], cast.pickup_point(table)
    dice, attempts = random.Random(5), []
    for number in range(BUYERS):
        chosen = list(things)
        dice.shuffle(chosen)
        attempts.append(basket(cast.member(f"Buyer{number}"), chosen if number % 2 else chosen[::-1], point))
    outcomes = race(*attempts)
    assert Counter(type(one) if isinstance(one, Order) else one for one in outcomes) == {Order: 4, OutOfStock: 8}
    assert (Order.objects.count(), OrderLine.objects.count()) == (4, 12)
    assert set(Stock.objects.values_list("on_hand", flat=True)) == {0}


def test_a_cancellation_and_many_cancellations_give_the_stock_back_once(table, vera):
    mug, point = cast.product(table, stock=5), cast.pickup_point(table)
    order = ordered(vera, mug, point=point)
    gone = race(*[lambda: cancel_order(order_id=order.pk, reason="buyer", at=NOON)] * 6)
    assert (sorted(gone), left(mug)) == ([False] * 5 + [True], 5)


def test_calling_off_at_one_moment_pays_back_once(table, vera):
    mug, point = cast.product(table, stock=5), cast.pickup_point(table)
    order = decided(ordered(vera, mug, point=point))
    race(*[lambda: withdraw_order(order_id=order.pk, reason="buyer", at=NOON)] * 6)
    follow()
    assert (Refund.objects.count(), Refund.objects.get().amount_minor, left(mug)) == (1, 298_000, 5)


def test_returns_asked_for_at_one_moment_stay_within_what_was_bought(table, vera, anna):
    mug, point = cast.product(table, stock=5), cast.pickup_point(table)
    order = collected(decided(ordered(vera, mug, point=point)), anna)
    line = order.lines.get().pk

    def ask():
        return ask_return(order_id=order.pk, wanted={line: 1}, reason="defect", words="", key=uuid4(), at=NOON)

    outcomes = race(*[ask] * 6)
    assert Counter(type(one) if isinstance(one, Return) else one for one in outcomes) == {Return: 2, NothingToReturn: 4}
    asked = [one for one in outcomes if isinstance(one, Return)]
    race(*[lambda one=one: receive_return(subject=order.subject, claim=one.claim, at=NOON) for one in asked * 3])
    follow()
    assert sorted(Refund.objects.values_list("amount_minor", "state")) == [(149_000, "succeeded")] * 2
