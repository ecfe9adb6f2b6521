"""Real threads at what a show may sell: never more, however they come, and what is counted is what was ordered."""

from __future__ import annotations

from collections import Counter
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.db.models import F

from svoi.catalog.models import Allotment, AllotmentChange, Stock, Variant
from svoi.communities.models import Community
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.orders.actions import cancel_order, place_cart, put_in_cart
from svoi.orders.models import Order
from svoi.orders.rules import Origin
from svoi.shows.actions.allotting import allot_in_show, tighten_in_show
from svoi.shows.actions.buying import buy_in_show
from svoi.shows.models import Show
from svoi.shows.queries.allotted import gone_in_show
from tests import cast
from tests.cast import NOON
from tests.envelopes.purse import crowd
from tests.flash.stall import fire
from tests.races.at_once import THREADS, at_once

pytestmark = pytest.mark.django_db(transaction=True)
BUYERS = 16


@pytest.fixture
def mug(table: Community) -> Variant:
    return cast.product(table, stock=100)


@pytest.fixture
def show(table: Community, anna: Member, mug: Variant) -> Show:
    return cast.live_show(table, anna, mug)


def allot(show: Show, variant: Variant, by: Member, pieces: int) -> Allotment:
    told = {"show_id": show.pk, "product_id": variant.product_id, "pieces": pieces, "reason": "plan"}
    return allot_in_show(**told, by=by, at=NOON)


def buy(show: Show, variant: Variant, buyer: Member, point: int, quantity: int = 1) -> Order:
    return buy_in_show(
        show_id=show.pk,
        buyer=buyer,
        variant_id=variant.pk,
        quantity=quantity,
        shown_price=variant.price,
        pickup_point_id=point,
        seen_pin_id=None,
        announced=False,
        key=uuid4(),
        number=uuid4().hex[:8].upper(),
        at=NOON,
    )


def stands(show: Show, variant: Variant) -> tuple[int, int, int]:
    """Allotted, taken, and taken as orders and deals tell it."""
    one = Allotment.objects.get(show_id=show.pk, product_id=variant.product_id)
    return one.pieces, one.taken, gone_in_show(show_id=show.pk, product_id=variant.product_id)


def test_many_buyers_get_as_many_as_were_allotted(table: Community, anna: Member, show: Show, mug: Variant) -> None:
    point, people = cast.pickup_point(table).pk, crowd(table, BUYERS)
    allot(show, mug, anna, 5)
    told = at_once(lambda place: buy(show, mug, people[place], point), threads=BUYERS)
    assert Counter(told) == {"done": 5, "allotment_sold_out": BUYERS - 5}
    assert (stands(show, mug), Stock.objects.get(variant=mug).on_hand) == ((5, 5, 5), 95)
    assert [kind for kind, _ in cast.recorded("allotment_ran_out")] == ["allotment_ran_out"]


def test_the_table_alone_stops_overselling(anna: Member, show: Show, mug: Variant) -> None:
    allot(show, mug, anna, 3)

    def verb(_: int) -> None:
        try:
            Allotment.objects.filter(show_id=show.pk).update(taken=F("taken") + 1)
        except IntegrityError as stopped:
            raise Refused() from stopped

    assert Counter(at_once(verb))["done"] == 3
    assert Allotment.objects.get().left == 0


def test_stating_it_while_people_buy_counts_every_piece(table: Community, anna: Member) -> None:
    point, people = cast.pickup_point(table).pk, crowd(table, THREADS)
    for _ in range(4):
        mug = cast.product(table, stock=20)
        show = cast.live_show(table, anna, mug)
        at_once(lambda n: allot(show, mug, anna, 10) if n == 0 else buy(show, mug, people[n], point))  # noqa: B023
        assert stands(show, mug) == (10, THREADS - 1, THREADS - 1)
        orders = list(Order.objects.values_list("pk", flat=True))
        for pk in orders:
            cancel_order(order_id=pk, reason="buyer", at=NOON)
        assert stands(show, mug) == (10, 0, 0)


def test_lowering_it_while_people_buy_leaves_what_is_sold_within_it(table: Community, anna: Member) -> None:
    point, people = cast.pickup_point(table).pk, crowd(table, THREADS)
    for _ in range(4):
        mug = cast.product(table, stock=20)
        show = cast.live_show(table, anna, mug)
        allot(show, mug, anna, 10)

        def verb(place: int) -> None:
            if place == 0:
                told = {"show_id": show.pk, "product_id": mug.product_id, "pieces": 2, "reason": "keep"}  # noqa: B023
                tighten_in_show(**told, by=anna, at=NOON)
            else:
                buy(show, mug, people[place], point)  # noqa: B023

        told = Counter(at_once(verb))
        pieces, taken, counted = stands(show, mug)
        assert (taken, counted) == (told["done"] - 1, told["done"] - 1)
        assert pieces == max(2, AllotmentChange.objects.latest("id").taken)
        assert 2 <= taken <= pieces
        for pk in Order.objects.filter(cancelled_at=None).values_list("pk", flat=True):
            cancel_order(order_id=pk, reason="buyer", at=NOON)


def test_a_deal_and_ordinary_buying_share_it(table: Community, anna: Member) -> None:
    point, people = cast.pickup_point(table).pk, crowd(table, THREADS)
    for _ in range(3):
        mug = cast.product(table, stock=50)
        show = cast.live_show(table, anna, mug)
        allot(show, mug, anna, 5)

        def verb(place: int) -> None:
            if place == 0:
                fire(mug, anna, show_id=show.pk, quantity=5)  # noqa: B023
            else:
                buy(show, mug, people[place], point)  # noqa: B023

        told = Counter(at_once(verb))
        assert told in (
            {"done": 1, "allotment_sold_out": THREADS - 1},
            {"done": 5, "allotment_sold_out": THREADS - 5},
        )
        assert stands(show, mug) == (5, 5, 5)


def test_baskets_of_many_things_never_wait_in_a_circle(table: Community, anna: Member) -> None:
    """Sizes of two products lie crosswise by number, so that taking allotments with stock would deadlock."""
    first, second = cast.product(table, stock=50), cast.product(table, stock=50, name="Миска")
    others = [
        Variant.objects.create(product=one.product, community=table, external_id=f"L{one.pk}", price_minor=100_00)
        for one in (second, first)
    ]
    Stock.objects.bulk_create(Stock(variant=one, on_hand=50) for one in others)
    show, point = cast.live_show(table, anna, first, second), cast.pickup_point(table).pk
    for one in (first, second):
        allot(show, one, anna, 5)
    people = crowd(table, BUYERS)
    for place, person in enumerate(people):
        for one in (first, others[0]) if place % 2 else (second, others[1]):
            put_in_cart(member=person, community_id=table.pk, variant_id=one.pk, quantity=1, shown_price=one.price,
                        origin=Origin("show", show.pk), at=NOON)  # fmt: skip

    def verb(place: int) -> None:
        chosen = (first, others[0]) if place % 2 else (second, others[1])
        shown = [(one.pk, 1, one.price) for one in chosen]
        place_cart(buyer=people[place], community_id=table.pk, shown=shown, pickup_point_id=point, key=uuid4(),
                   number=uuid4().hex[:8].upper(), at=NOON)  # fmt: skip

    assert Counter(at_once(verb, threads=BUYERS)) == {"done": 5, "allotment_sold_out": BUYERS - 5}
    assert (stands(show, first), stands(show, second)) == ((5, 5, 5), (5, 5, 5))
    connection.close()
