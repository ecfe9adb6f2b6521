"""Real threads on a real database: the same points are laid down once, and a short budget pays what it has."""

from __future__ import annotations

from uuid import uuid4

import pytest

from svoi.ledger.queries import check_ledger
from svoi.orders.actions import place_cart, put_in_cart
from svoi.orders.models import Order
from svoi.orders.rules import Origin
from svoi.points.actions import expire_points, pay_owed, take_back_budget
from svoi.points.models import Earning
from tests import cast
from tests.cast import NOON
from tests.points.bank import earned, has, in_budget, points_on
from tests.races.at_once import THREADS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_points_pay_for_one_order_only(table, anna, vera):
    points_on(table, anna, budget=500)
    earned(table, vera, 400)
    point, things = cast.pickup_point(table), [cast.product(table) for _ in range(THREADS)]
    for thing in things:
        put_in_cart(
            member=vera,
            community_id=table.pk,
            variant_id=thing.pk,
            quantity=1,
            shown_price=thing.price,
            origin=Origin("product"),
            at=NOON,
        )

    def order(place: int) -> None:
        place_cart(
            buyer=vera,
            community_id=table.pk,
            shown=[(things[place].pk, 1, things[place].price)],
            pickup_point_id=point.pk,
            key=uuid4(),
            number=uuid4().hex[:8].upper(),
            at=NOON,
            points=300,
        )

    assert at_once(order) == ["done", *["points_short"] * (THREADS - 1)]
    assert (list(Order.objects.values_list("points_spent", flat=True)), has(table, vera)) == ([300], (400, 100))
    assert check_ledger() == []


def test_earning_paying_taking_back_and_running_out_at_once_never_overdraw(table, anna, vera, boris):
    points_on(table, anna, budget=100, life=1)
    subjects = [f"kept:{place}" for place in range(THREADS)]

    def step(place: int) -> None:
        if place % 4 == 0:
            earned(table, vera if place else boris, 30, subject=subjects[place])
        elif place % 4 == 1:
            pay_owed(at=NOON)
        elif place % 4 == 2:
            take_back_budget(community=table, amount=20, reason="x", by=anna, key=uuid4(), at=NOON)
        else:
            expire_points(at=NOON)

    assert at_once(step) == ["done"] * THREADS
    pay_owed(at=NOON)
    paid = sum(Earning.objects.exclude(paid_at=None).values_list("amount", flat=True))
    assert (has(table, vera)[0] + has(table, boris)[0], in_budget(table)) == (paid, 60 - paid)
    assert check_ledger() == []
