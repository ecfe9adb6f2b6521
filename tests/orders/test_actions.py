"""Orders on a real database: one per tap, exact stock, and every way an order ends."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from svoi.catalog.models import Stock, Variant
from svoi.catalog.rules import NoLongerSold, OutOfStock, QuantityOutOfRange
from svoi.kernel.money import Money
from svoi.orders.actions import cancel_order, expire_orders, place_order, request_again, settle_order
from svoi.orders.models import Order
from svoi.orders.rules import KeyReused, OrderClosed, Origin, PriceMoved
from svoi.payments.actions import apply_told
from svoi.payments.models import Payment, Refund
from svoi.payments.providers.shape import Told
from svoi.pickup.rules import PointClosed
from tests import cast
from tests.cast import NOON

KEY = UUID("11111111-2222-4333-8444-555555555555")


@pytest.fixture
def mug(table) -> Variant:
    return cast.product(table, stock=3)


@pytest.fixture
def point(table):
    return cast.pickup_point(table)


def buy(buyer, variant, point, **changes) -> Order:
    wanted = {
        "buyer": buyer,
        "community_id": variant.community_id,
        "variant_id": variant.pk,
        "quantity": 1,
        "shown_price": Money(149_000),
        "pickup_point_id": point.pk,
        "origin": Origin("show", 7),
        "announced": False,
        "key": KEY,
        "number": uuid4().hex[:8].upper(),
        "at": NOON,
    }
    return place_order(**{**wanted, **changes})


def left(variant: Variant) -> int:
    return Stock.objects.get(variant=variant).on_hand


def pay(order: Order) -> Payment:
    """The provider confirms the latest request of this order."""
    payment = Payment.objects.select_for_update().filter(subject=f"order:{order.pk}").latest("id")
    apply_told(payment=payment, told=Told("bank-1", "succeeded", payment.amount_minor), at=NOON)
    return payment


def test_an_order_takes_stock_freezes_the_price_and_asks_for_money(vera, mug, point):
    order = buy(vera, mug, point, quantity=2, number="KRUZHKA2")
    line = order.lines.get()
    assert (order.stage, order.total, line.price_minor, line.quantity) == ("placed", Money(298_000), 149_000, 2)
    assert order.reserved_until == NOON + timedelta(minutes=15)
    assert left(mug) == 1
    payment = Payment.objects.get()
    assert (payment.subject, payment.amount, payment.state) == (f"order:{order.pk}", Money(298_000), "requested")
    assert (payment.purpose, payment.return_url) == ("№ KRUZHKA2", "/orders/KRUZHKA2/")
    told = {"order_id": order.pk, "buyer_id": vera.pk, "origin_kind": "show", "origin_id": 7}
    assert cast.recorded() == [
        ("payment_requested", {"payment_id": payment.pk, "subject": payment.subject}),
        ("order_placed", {**told, "total_minor": 298_000}),
    ]


def test_the_same_tap_finds_the_order_it_made(vera, mug, point):
    first = buy(vera, mug, point)
    assert buy(vera, mug, point) == first
    assert (Order.objects.count(), Payment.objects.count(), left(mug)) == (1, 1, 2)


def test_a_key_makes_one_purchase_only(vera, mug, point):
    buy(vera, mug, point)
    with pytest.raises(KeyReused):
        buy(vera, mug, point, quantity=2)


def test_keys_of_two_buyers_do_not_meet(vera, boris, mug, point):
    assert buy(vera, mug, point) != buy(boris, mug, point)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"shown_price": Money(148_999)}, PriceMoved),
        ({"quantity": 4}, OutOfStock),
        ({"quantity": 0}, QuantityOutOfRange),
        ({"quantity": 21}, QuantityOutOfRange),
        ({"pickup_point_id": 999_999}, PointClosed),
        ({"variant_id": 999_999}, NoLongerSold),
    ],
)
def test_a_refused_order_changes_nothing(vera, mug, point, changes, refusal):
    with pytest.raises(refusal):
        buy(vera, mug, point, **changes)


@pytest.mark.django_db(transaction=True)
def test_after_a_refusal_nothing_is_left(vera, mug, point):
    with pytest.raises(PriceMoved):
        buy(vera, mug, point, shown_price=Money(1))
    assert (Order.objects.count(), Payment.objects.count(), left(mug), cast.recorded()) == (0, 0, 3, [])


def test_another_communitys_point_is_not_found(vera, mug, cellar):
    with pytest.raises(PointClosed):
        buy(vera, mug, cast.pickup_point(cellar, "C1"))


def test_another_communitys_product_is_not_found(vera, mug, point, cellar):
    with pytest.raises(NoLongerSold):
        buy(vera, cast.product(cellar), point, community_id=mug.community_id)


def test_a_closed_point_is_refused(vera, mug, point):
    point.closed_at = NOON
    point.save()
    with pytest.raises(PointClosed):
        buy(vera, mug, point)


def test_money_settles_the_order_once(vera, mug, point):
    order = buy(vera, mug, point, announced=True)
    payment = pay(order)
    settle_order(payment_id=payment.pk, at=NOON)
    settle_order(payment_id=payment.pk, at=NOON + timedelta(hours=1))
    order.refresh_from_db()
    assert (order.stage, order.paid_at) == ("paid", NOON)
    paid = cast.recorded("order_paid")
    assert [(told["name"], told["product_id"], told["total_minor"]) for _, told in paid] == [
        ("Vera", mug.product_id, 149_000)
    ]


def test_a_buyer_who_did_not_agree_is_not_named(vera, mug, point):
    settle_order(payment_id=pay(buy(vera, mug, point)).pk, at=NOON)
    assert [told["name"] for _, told in cast.recorded("order_paid")] == [None]


def test_an_unpaid_order_lets_its_stock_go(vera, mug, point):
    order = buy(vera, mug, point, quantity=2)
    assert expire_orders(at=NOON + timedelta(minutes=14)) == 0
    assert expire_orders(at=NOON + timedelta(minutes=15)) == 1
    assert expire_orders(at=NOON + timedelta(minutes=16)) == 0
    order.refresh_from_db()
    assert (order.stage, order.cancelled_for, left(mug)) == ("cancelled", "not_paid_in_time", 3)
    assert Payment.objects.get().state == "voided"


def test_a_paid_order_never_expires(vera, mug, point):
    order = buy(vera, mug, point)
    settle_order(payment_id=pay(order).pk, at=NOON)
    assert expire_orders(at=NOON + timedelta(days=1)) == 0
    assert cancel_order(order_id=order.pk, reason="late", at=timezone.now()) is False


def test_money_that_comes_too_late_goes_back(vera, mug, point):
    order = buy(vera, mug, point)
    expire_orders(at=NOON + timedelta(minutes=20))
    payment = pay(order)
    settle_order(payment_id=payment.pk, at=NOON + timedelta(minutes=21))
    order.refresh_from_db()
    refund = Refund.objects.get()
    assert (order.stage, refund.payment, refund.due_at) == ("cancelled", payment, NOON + timedelta(minutes=21))
    assert [told["amount_minor"] for _, told in cast.recorded("refund_due")] == [149_000]


def test_a_declined_order_can_be_paid_again(vera, mug, point):
    order = buy(vera, mug, point)
    first = Payment.objects.get()
    apply_told(payment=first, told=Told("bank-1", "declined", first.amount_minor, reason="no_money"), at=NOON)
    again = request_again(order_id=order.pk, key=uuid4(), at=NOON)
    assert (again.pk != first.pk, again.state, again.amount) == (True, "requested", order.total)
    assert request_again(order_id=order.pk, key=uuid4(), at=NOON) == again


def test_a_paid_order_is_not_asked_for_again(vera, mug, point):
    order = buy(vera, mug, point)
    settle_order(payment_id=pay(order).pk, at=NOON)
    with pytest.raises(OrderClosed):
        request_again(order_id=order.pk, key=uuid4(), at=NOON)
