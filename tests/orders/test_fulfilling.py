"""A paid order's way: packed, sent, collected, kept; or called off, or left at its point. Money to the kopeck."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from svoi.catalog.models import Variant
from svoi.db.models import OutboxEvent
from svoi.ledger.queries.checking import check_ledger
from svoi.orders.actions import (
    cancel_order,
    expire_orders,
    keep_orders,
    pack_order,
    request_again,
    restock_order,
    send_order,
    withdraw_order,
    withdraw_uncollected,
)
from svoi.orders.models import Order
from svoi.orders.rules import AlreadySent, OrderClosed, OrderNotPaid
from svoi.payments.actions import receive_notice
from svoi.payments.models import Payment, Receipt, Refund
from svoi.payments.providers import fake
from svoi.payments.providers.fake import HOLD_LASTS, close_pages
from svoi.pickup.actions import expire_parcels, give_back
from svoi.pickup.models import Parcel
from svoi.pickup.rules.parcels import ParcelUnknown
from tests import cast
from tests.cast import NOON
from tests.orders.way import (
    again,
    at_the_point,
    books,
    collected,
    decided,
    follow,
    left,
    nothing_is_promised,
    ordered,
    refuses,
)

DAY = timedelta(days=1)
EVEN = {"due": 0, "bank": 0, "sales": 0, "back": 0}
pytestmark = pytest.mark.django_db


@pytest.fixture
def mug(table) -> Variant:
    return cast.product(table, stock=5)


@pytest.fixture
def bowl(table) -> Variant:
    return cast.product(table, stock=5, price_minor=50_050, name="Миска")


@pytest.fixture
def point(table):
    return cast.pickup_point(table)


@pytest.fixture
def paid(vera, mug, bowl, point) -> Order:
    """Two mugs and two bowls, 3 981.00 in all."""
    return decided(ordered(vera, mug, bowl, point=point))


def receipts(order: Order) -> list[tuple[str, int, str]]:
    found = Receipt.objects.filter(payment__subject=order.subject).order_by("id")
    return [(one.kind, one.amount_minor, one.state) for one in found]


def test_from_payment_to_kept(paid, anna):
    assert (paid.stage, books(paid)) == ("paid", {**EVEN, "due": 398_100, "bank": -398_100})
    order = collected(paid, anna)
    assert (order.stage, order.collected_at) == ("collected", NOON)
    assert books(order) == {**EVEN, "sales": 398_100, "bank": -398_100}
    assert receipts(order) == [("prepayment", 398_100, "registered"), ("closing", 398_100, "registered")]
    assert keep_orders(at=NOON + 7 * DAY) == 0  # the seventh day ends at midnight
    assert (keep_orders(at=NOON + 8 * DAY), keep_orders(at=NOON + 8 * DAY)) == (1, 0)
    assert again(order).stage == "kept"
    assert cast.recorded("order_kept") == [
        ("order_kept", {"order_id": order.pk, "buyer_id": order.buyer_id, "kept_minor": 398_100})
    ]
    assert check_ledger() == []


def test_a_collected_parcel_told_of_twice_is_one_sale(paid, anna):
    order = collected(paid, anna)
    OutboxEvent.objects.create(
        event_id=uuid4(), kind="parcel_handed_over", payload={"parcel_id": 1, "subject": order.subject}
    )
    follow(NOON + DAY)
    assert (again(order).collected_at, books(order)["sales"]) == (NOON, 398_100)


def test_packing_twice_is_once_and_nothing_leaves_unpaid(vera, anna, mug, point, paid):
    waiting = ordered(vera, mug, point=point)
    with refuses(OrderNotPaid):
        pack_order(order_id=waiting.pk, by=anna, at=NOON)
    with refuses(OrderNotPaid):
        send_order(order_id=waiting.pk, by=anna, at=NOON)
    with refuses(ParcelUnknown):
        send_order(order_id=paid.pk, by=anna, at=NOON)
    assert pack_order(order_id=paid.pk, by=anna, at=NOON).pk == pack_order(order_id=paid.pk, by=anna, at=NOON).pk
    assert (Parcel.objects.count(), len(cast.recorded("order_packed"))) == (1, 1)


def test_a_paid_order_is_called_off_until_its_parcel_leaves(paid, anna, mug, bowl):
    pack_order(order_id=paid.pk, by=anna, at=NOON)
    withdraw_order(order_id=paid.pk, reason="buyer", at=NOON)
    withdraw_order(order_id=paid.pk, reason="buyer", at=NOON)
    follow()
    order = again(paid)
    assert (order.stage, order.withdrawn_for, left(mug), left(bowl)) == ("withdrawn", "buyer", 5, 5)
    assert (Parcel.objects.get().stage, Refund.objects.get().state, books(order)) == ("came_back", "succeeded", EVEN)
    assert restock_order(subject=order.subject, at=NOON) is False
    assert (nothing_is_promised(), check_ledger()) == (True, [])


def test_a_parcel_on_its_way_is_not_called_off(paid, anna, mug):
    at_the_point(paid, anna)
    with refuses(AlreadySent):
        withdraw_order(order_id=paid.pk, reason="buyer", at=NOON)
    assert (again(paid).stage, left(mug), Refund.objects.count()) == ("paid", 3, 0)


def test_what_nobody_collects_comes_back_by_itself(paid, anna, mug, bowl):
    parcel = at_the_point(paid, anna)
    assert expire_parcels(at=NOON + 8 * DAY) == 1
    follow(NOON + 8 * DAY)
    order = again(paid)
    assert (order.stage, order.withdrawn_for, Refund.objects.get().state) == ("withdrawn", "not_collected", "succeeded")
    assert (left(mug), left(bowl), books(order)) == (3, 3, EVEN)  # the goods are still at the point
    give_back(parcel_id=parcel.pk, at=NOON + 9 * DAY)
    follow(NOON + 9 * DAY)
    assert (left(mug), left(bowl)) == (5, 5)
    assert withdraw_uncollected(subject=order.subject, at=NOON) is False
    assert check_ledger() == []


def test_other_subjects_are_nobodys_order():
    assert withdraw_uncollected(subject="pool:1", at=NOON) is False
    assert restock_order(subject="order:999999", at=NOON) is False


@pytest.fixture
def on_hold(vera, mug, point, settings) -> Order:
    """Two mugs whose money is held on the card."""
    settings.HOLD_MONEY = True
    return decided(ordered(vera, mug, point=point))


def test_held_money_is_taken_when_the_order_is_packed(on_hold, anna):
    assert (on_hold.stage, books(on_hold)) == ("held", EVEN)
    parcel = pack_order(order_id=on_hold.pk, by=anna, at=NOON)
    with refuses(OrderNotPaid):  # decided, and not yet taken
        send_order(order_id=on_hold.pk, by=anna, at=NOON)
    follow()
    assert (again(on_hold).stage, books(on_hold)["due"]) == ("paid", 298_000)
    assert send_order(order_id=on_hold.pk, by=anna, at=NOON).pk == parcel.pk
    assert [kind for kind, _ in cast.recorded("order_paid")] == ["order_paid"]


def test_an_order_on_hold_does_not_run_out_with_its_reservation(on_hold):
    assert expire_orders(at=NOON + DAY) == 0
    assert again(on_hold).stage == "held"


def test_an_order_on_hold_is_let_go_with_its_money(on_hold, mug):
    assert cancel_order(order_id=on_hold.pk, reason="buyer", at=NOON) is True
    follow()
    payment = Payment.objects.get()
    assert (again(on_hold).stage, payment.state, left(mug), books(on_hold)) == ("cancelled", "voided", 5, EVEN)


def test_money_that_is_being_taken_is_not_let_go(on_hold, anna, mug):
    pack_order(order_id=on_hold.pk, by=anna, at=NOON)
    assert cancel_order(order_id=on_hold.pk, reason="buyer", at=NOON) is False
    follow()
    assert (again(on_hold).stage, left(mug)) == ("paid", 3)


def test_a_hold_that_ran_out_lets_the_order_fall_and_unpacks_it(on_hold, anna, mug):
    close_pages(at=NOON + HOLD_LASTS)  # the bank let it go; its notice is still on the way
    pack_order(order_id=on_hold.pk, by=anna, at=NOON + HOLD_LASTS)
    follow(NOON + HOLD_LASTS)
    order = again(on_hold)
    assert (order.stage, order.cancelled_for, left(mug)) == ("cancelled", "hold_ran_out", 5)
    assert (Parcel.objects.get().stage, books(order)) == ("came_back", EVEN)


def test_the_fast_payment_system_pays_at_once_even_where_cards_are_held(vera, mug, point, settings):
    settings.HOLD_MONEY = True
    assert decided(ordered(vera, mug, point=point, method="sbp")).stage == "paid"


def test_money_that_came_is_not_asked_for_again_before_the_order_heard_of_it(vera, mug, point):
    order = ordered(vera, mug, point=point)
    payment = Payment.objects.get()
    fake.decide(bank_id=UUID(payment.provider_id), decision="succeed", at=NOON)
    receive_notice(provider="fake", body={"notice": "n", "payment": payment.provider_id}, at=NOON)
    with refuses(OrderClosed):
        request_again(order_id=order.pk, key=uuid4(), at=NOON)
    assert (again(order).stage, Payment.objects.count()) == ("placed", 1)
