"""Real threads on a real database: the last piece goes to exactly one, and a tap sent many times is one order."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import connection

from svoi.catalog.models import Stock
from svoi.catalog.rules import OutOfStock
from svoi.kernel.money import Money
from svoi.kernel.refused import Refused
from svoi.orders.actions import place_order
from svoi.orders.models import Order, OrderLine
from svoi.orders.rules import Origin
from tests import cast
from tests.cast import NOON

pytestmark = pytest.mark.django_db(transaction=True)


def race(*attempts: Callable[[], object]) -> list[object]:
    """Start all attempts at one moment; return what each gave or raised."""
    gate, outcomes = threading.Barrier(len(attempts)), [None] * len(attempts)

    def run(place: int, attempt: Callable[[], object]) -> None:
        connection.ensure_connection()
        gate.wait(10)
        try:
            outcomes[place] = attempt()
        except Refused as refusal:
            outcomes[place] = type(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(attempts)]
    [thread.start() for thread in threads]
    [thread.join(30) for thread in threads]
    return outcomes


def purchase(buyer, variant, point, key: UUID) -> Callable[[], Order]:
    return lambda: place_order(
        buyer=buyer,
        community_id=variant.community_id,
        variant_id=variant.pk,
        quantity=1,
        shown_price=Money(149_000),
        pickup_point_id=point.pk,
        origin=Origin("show", 1),
        announced=False,
        key=key,
        number=uuid4().hex[:8].upper(),
        at=NOON,
    )


def test_stock_is_never_oversold(table):
    mug, point = cast.product(table, stock=5), cast.pickup_point(table)
    buyers = [cast.member(f"Buyer{number}") for number in range(16)]
    outcomes = race(*(purchase(buyer, mug, point, uuid4()) for buyer in buyers))
    assert Counter(type(one) if isinstance(one, Order) else one for one in outcomes) == {Order: 5, OutOfStock: 11}
    assert Stock.objects.get(variant=mug).on_hand == 0
    assert OrderLine.objects.filter(variant=mug).count() == 5


def test_the_last_piece_goes_to_exactly_one_of_two(table, vera, boris):
    mug, point = cast.product(table, stock=1), cast.pickup_point(table)
    outcomes = race(purchase(vera, mug, point, uuid4()), purchase(boris, mug, point, uuid4()))
    assert sorted(str(type(one) if isinstance(one, Order) else one) for one in outcomes) == sorted(
        [str(Order), str(OutOfStock)]
    )


def test_one_tap_sent_many_times_is_one_order(table, vera):
    mug, point, key = cast.product(table, stock=5), cast.pickup_point(table), uuid4()
    outcomes = race(*(purchase(vera, mug, point, key) for _ in range(8)))
    assert len({one.pk for one in outcomes if isinstance(one, Order)}) == 1
    assert (len([one for one in outcomes if isinstance(one, Order)]), Order.objects.count()) == (8, 1)
    assert Stock.objects.get(variant=mug).on_hand == 4
