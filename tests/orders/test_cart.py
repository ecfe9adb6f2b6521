"""A cart: what lies in it, what becomes of it when it is ordered, and who can touch it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from svoi.catalog.models import Variant
from svoi.catalog.rules import QUANTITY_MAX, NoLongerSold, OutOfStock, QuantityOutOfRange
from svoi.kernel.money import Money
from svoi.orders.actions import change_cart, expire_orders, extend_reservation, place_cart, put_in_cart
from svoi.orders.models import CartLine, Order
from svoi.orders.queries import cart_of, cart_size
from svoi.orders.rules import (
    CART_LINES_MAX,
    EXTENSION_S,
    EXTENSIONS_MAX,
    BasketEmpty,
    CartFull,
    ExtendedEnough,
    KeyReused,
    Origin,
    PriceMoved,
)
from tests import cast
from tests.cast import NOON
from tests.orders.way import left, ordered, refuses


@pytest.fixture
def mug(table) -> Variant:
    return cast.product(table, stock=5)


@pytest.fixture
def bowl(table) -> Variant:
    return cast.product(table, stock=5, price_minor=50_000, name="Миска")


@pytest.fixture
def point(table):
    return cast.pickup_point(table)


def lay(member, variant, **changes) -> CartLine:
    wanted = {"community_id": variant.community_id, "variant_id": variant.pk, "quantity": 1}
    return put_in_cart(
        **{**wanted, "member": member, "shown_price": variant.price, "origin": Origin("show", 7), "at": NOON, **changes}
    )


def take(member, variants, point, **changes) -> Order:
    shown = [(one.pk, 1, one.price) for one in variants]
    wanted = {"buyer": member, "community_id": variants[0].community_id, "shown": shown, "pickup_point_id": point.pk}
    return place_cart(**{**wanted, "key": uuid4(), "number": uuid4().hex[:8].upper(), "at": NOON, **changes})


def lying(member) -> list[tuple[int, int]]:
    return list(CartLine.objects.filter(member=member).order_by("id").values_list("variant_id", "quantity"))


def test_the_same_thing_adds_up_to_what_a_person_buys_and_keeps_where_it_was_met(vera, mug):
    lay(vera, mug)
    lay(vera, mug, quantity=2, origin=Origin("product", mug.product_id), shown_price=Money(150_000))
    lay(vera, mug, quantity=QUANTITY_MAX, shown_price=Money(150_000))
    line = CartLine.objects.get()
    assert (line.quantity, line.origin, line.shown_price) == (QUANTITY_MAX, Origin("show", 7), Money(150_000))
    assert (cart_size(member=vera), left(mug)) == (QUANTITY_MAX, 5)


@pytest.mark.parametrize("quantity", [0, -1, QUANTITY_MAX + 1])
def test_no_more_and_no_less_than_a_person_buys(vera, mug, quantity):
    with refuses(QuantityOutOfRange):
        lay(vera, mug, quantity=quantity)
    assert lying(vera) == []


def test_what_is_not_sold_here_is_not_laid_in(vera, anna, mug):
    elsewhere = cast.community(anna, slug="other")
    for refused in ({"community_id": elsewhere.pk}, {"variant_id": mug.pk + 1_000}):
        with refuses(NoLongerSold):
            lay(vera, mug, **refused)
    Variant.objects.filter(pk=mug.pk).update(withdrawn_at=NOON)
    with refuses(NoLongerSold):
        lay(vera, mug)
    assert lying(vera) == []


def test_a_cart_has_an_end(vera, table, mug):
    for _ in range(CART_LINES_MAX):
        lay(vera, cast.product(table))
    with refuses(CartFull):
        lay(vera, mug)
    assert len(lying(vera)) == CART_LINES_MAX


def test_it_is_changed_and_emptied_by_its_owner_only(vera, boris, mug):
    lay(vera, mug)
    assert change_cart(member=boris, variant_id=mug.pk, quantity=3) == 0
    assert change_cart(member=vera, variant_id=mug.pk, quantity=3) == 3
    assert lying(vera) == [(mug.pk, 3)]
    with refuses(QuantityOutOfRange):
        change_cart(member=vera, variant_id=mug.pk, quantity=QUANTITY_MAX + 1)
    assert change_cart(member=vera, variant_id=mug.pk, quantity=0) == 0
    assert lying(vera) == []


def test_the_page_sees_what_moved_since(vera, mug, bowl, django_assert_num_queries):
    for variant in (mug, bowl):
        lay(vera, variant, quantity=4)
    Variant.objects.filter(pk=mug.pk).update(price_minor=160_000)
    Variant.objects.filter(pk=bowl.pk).update(withdrawn_at=NOON)
    with django_assert_num_queries(2):
        rows = cart_of(member=vera, community_id=mug.community_id)
    assert [(row.price_moved, row.sum.minor, row.left, row.can_be_bought) for row in rows] == [
        (True, 640_000, 5, True),
        (False, 200_000, 0, False),
    ]


def test_an_order_takes_what_was_shown_out_of_the_cart_and_keeps_each_origin(vera, mug, bowl, table, point):
    lay(vera, mug, origin=Origin("product", mug.product_id))
    lay(vera, bowl, origin=Origin("show", 9))
    stays = cast.product(table)
    lay(vera, stays)
    order = take(vera, [mug, bowl], point)
    assert (order.total_minor, order.origin_kind, order.origin_id) == (199_000, "show", 9)
    assert list(order.lines.order_by("id").values_list("variant_id", "quantity", "origin_kind", "origin_id")) == [
        (mug.pk, 1, "product", mug.product_id),
        (bowl.pk, 1, "show", 9),
    ]
    assert (lying(vera), left(mug), left(bowl)) == ([(stays.pk, 1)], 4, 4)


def test_a_refused_line_refuses_the_whole_and_the_cart_is_as_it_was(vera, mug, bowl, point):
    lay(vera, mug)
    lay(vera, bowl)
    for refusal, shown in (
        (PriceMoved, [(mug.pk, 1, mug.price), (bowl.pk, 1, Money(49_999))]),
        (OutOfStock, [(mug.pk, 1, mug.price), (bowl.pk, 6, bowl.price)]),
        (BasketEmpty, []),
    ):
        with refuses(refusal):
            take(vera, [mug], point, shown=shown)
    assert (Order.objects.count(), left(mug), left(bowl), len(lying(vera))) == (0, 5, 5, 2)


def test_one_key_is_one_order_of_the_same_things(vera, mug, bowl, point):
    key = uuid4()
    first = take(vera, [mug, bowl], point, key=key)
    assert take(vera, [bowl, mug], point, key=key).pk == first.pk
    with refuses(KeyReused):
        take(vera, [mug], point, key=key)
    assert (Order.objects.count(), left(mug)) == (1, 4)


def test_time_to_pay_can_be_extended_ten_times(vera, mug, point):
    order = ordered(vera, mug, point=point)
    moment = order.reserved_until - timedelta(seconds=20)
    for _ in range(EXTENSIONS_MAX):
        order = extend_reservation(order_id=order.pk, at=moment)
        assert order.reserved_until == moment + timedelta(seconds=EXTENSION_S)
        moment = order.reserved_until - timedelta(seconds=20)
    with refuses(ExtendedEnough):
        extend_reservation(order_id=order.pk, at=moment)
    assert expire_orders(at=moment) == 0
    assert expire_orders(at=order.reserved_until) == 1
    assert left(mug) == 5
