"""Returns: a right for seven days, a decision after that; money and stock follow the goods, once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError

from svoi.catalog.models import Variant
from svoi.ledger.queries.checking import check_ledger
from svoi.orders.actions import ask_return, decide_return, drop_return, expire_returns, keep_orders, receive_return
from svoi.orders.models import Order, Return, ReturnLine
from svoi.orders.queries import refund_key, returnable
from svoi.orders.rules import NothingToReturn, ReturnClosed, ReturnIsRight, ReturnTooLate, ReturnUnworded
from svoi.payments.models import Receipt, Refund
from svoi.pickup.actions import take_back
from tests import cast
from tests.cast import NOON
from tests.orders.way import again, books, collected, decided, follow, left, ordered, refuses

DAY = timedelta(days=1)
LATE = NOON + 20 * DAY
pytestmark = pytest.mark.django_db


@pytest.fixture
def mug(table) -> Variant:
    return cast.product(table, stock=5)


@pytest.fixture
def bowl(table) -> Variant:
    return cast.product(table, stock=5, price_minor=50_050, name="Миска")


@pytest.fixture
def order(vera, anna, mug, bowl, table) -> Order:
    """Two mugs and two bowls, collected at noon."""
    return collected(decided(ordered(vera, mug, bowl, point=cast.pickup_point(table))), anna)


def asks(order: Order, *pieces: int, reason: str = "changed_mind", at=NOON + DAY, key: UUID | None = None) -> Return:
    lines = order.lines.order_by("id").values_list("pk", flat=True)
    wanted = {line: many for line, many in zip(lines, pieces, strict=False) if many}
    return ask_return(order_id=order.pk, wanted=wanted, reason=reason, words="", key=key or uuid4(), at=at)


def given_in(asked: Return, by, at=NOON + 2 * DAY) -> Return:
    take_back(subject=asked.order.subject, by=by, claim=asked.claim, at=at)
    follow(at)
    return Return.objects.get(pk=asked.pk)


def test_a_part_comes_back_with_its_money_and_its_stock(order, anna, mug, bowl):
    asked = asks(order, 0, 1)
    assert (asked.stage, asked.is_right, asked.amount_minor) == ("accepted", True, 50_050)
    assert (left(bowl), Refund.objects.count()) == (3, 0)  # nothing moves before the goods do
    asked = given_in(asked, anna)
    refund = Refund.objects.get()
    assert (asked.stage, refund.amount_minor, refund.state, refund.key) == (
        "received",
        50_050,
        "succeeded",
        refund_key(asked),
    )
    assert (left(mug), left(bowl), again(order).stage) == (3, 4, "collected")
    assert books(order) == {"due": 0, "bank": -348_050, "sales": 398_100, "back": -50_050}
    receipt = Receipt.objects.get(kind="refund")
    assert [(line.name, line.quantity, line.price_minor) for line in receipt.lines.all()] == [("Миска", 1, 50_050)]
    assert check_ledger() == []


def test_given_in_twice_moves_once(order, anna, bowl):
    asked = given_in(asks(order, 0, 1), anna)
    assert receive_return(subject=order.subject, claim=asked.claim, at=NOON) is False
    given_in(asked, anna)
    assert (Refund.objects.count(), left(bowl)) == (1, 4)


def test_all_of_it_in_two_steps_is_a_returned_order_that_is_never_kept(order, anna):
    given_in(asks(order, 2, 1), anna)
    given_in(asks(order, 0, 1), anna)
    assert again(order).stage == "returned"
    assert books(order) == {"due": 0, "bank": 0, "sales": 398_100, "back": -398_100}
    assert keep_orders(at=LATE) == 0
    assert [kind for kind, _ in cast.recorded("order_returned")] == ["order_returned"]
    assert (sum(returnable(order).values()), check_ledger()) == (0, [])


@pytest.mark.parametrize("pieces", [(3,), (0, 3), (), (-1,), (10**9,)])
def test_no_more_comes_back_than_was_bought(order, pieces):
    with refuses(NothingToReturn):
        asks(order, *pieces)
    assert Return.objects.count() == 0


def test_lines_of_another_order_do_not_come_back_with_this_one(order, vera, anna, table):
    other = collected(decided(ordered(vera, cast.product(table), point=order.pickup_point)), anna)
    foreign = other.lines.get().pk
    with refuses(NothingToReturn):
        ask_return(order_id=order.pk, wanted={foreign: 1}, reason="defect", words="", key=uuid4(), at=NOON)
    assert Return.objects.count() == 0


def test_one_tap_is_one_return_and_what_is_asked_back_is_not_asked_again(order):
    key = uuid4()
    first = asks(order, 2, key=key)
    assert asks(order, 2, key=key).pk == first.pk
    with refuses(NothingToReturn):
        asks(order, 1)
    assert drop_return(return_id=first.pk, at=NOON) is True
    assert drop_return(return_id=first.pk, at=NOON) is False
    assert asks(order, 1).stage == "accepted"


def test_what_was_not_collected_is_not_returned(vera, mug, table):
    order = decided(ordered(vera, mug, point=cast.pickup_point(table)))
    with refuses(NothingToReturn):
        asks(order, 1)


def test_the_right_ends_with_the_seventh_day(order):
    last = NOON + 7 * DAY
    assert asks(order, 1, at=last).is_right
    with refuses(ReturnTooLate):
        asks(order, 1, at=NOON + 8 * DAY)


def test_a_shop_may_give_more_days_and_never_fewer(order, settings):
    settings.RETURN_DAYS = 1
    assert asks(order, 1, at=NOON + 7 * DAY).is_right
    settings.RETURN_DAYS = 30
    assert asks(order, 1, at=LATE).is_right


def test_a_right_is_not_declined(order, anna):
    asked = asks(order, 1)
    with refuses(ReturnIsRight):
        decide_return(return_id=asked.pk, accept=False, words="Не хотим", by=anna, at=NOON)
    assert Return.objects.get().stage == "accepted"
    with refuses(DatabaseError):
        Return.objects.update(accepted_at=None, declined_at=NOON)


def test_a_late_claim_about_quality_is_decided_by_the_shop_in_words(order, anna, mug):
    asked = asks(order, 1, reason="defect", at=LATE)
    assert (asked.stage, asked.is_right) == ("asked", False)
    with refuses(ReturnClosed):
        receive_return(subject=order.subject, claim=asked.claim, at=LATE)
    with refuses(ReturnUnworded):
        decide_return(return_id=asked.pk, accept=False, words="  \0 ", by=anna, at=LATE)
    decide_return(return_id=asked.pk, accept=True, words="", by=anna, at=LATE)
    with refuses(ReturnClosed):
        decide_return(return_id=asked.pk, accept=False, words="Нет", by=anna, at=LATE)
    asked = given_in(asked, anna, LATE)
    assert (asked.stage, left(mug), Refund.objects.get().state) == ("received", 3, "succeeded")  # broken: not on sale


def test_a_declined_return_says_why_and_moves_nothing(order, anna):
    asked = asks(order, 1, reason="damaged", at=LATE)
    told = decide_return(return_id=asked.pk, accept=False, words=" Следы\n падения ", by=anna, at=LATE)
    assert (told.stage, told.decided_words, told.decided_by) == ("declined", "Следы падения", anna)
    assert (Refund.objects.count(), books(order)["sales"]) == (0, 398_100)


def test_nobody_brings_it_for_two_weeks_and_it_is_over_yet_goods_brought_later_are_paid_for(order, anna, mug):
    asked = asks(order, 1)
    assert keep_orders(at=NOON + 8 * DAY) == 0  # something is still on its way back
    assert (expire_returns(at=NOON + 15 * DAY), expire_returns(at=LATE)) == (0, 1)
    assert keep_orders(at=LATE) == 1
    asked = given_in(asked, anna, LATE)
    assert (asked.stage, left(mug), Refund.objects.get().state) == ("received", 4, "succeeded")


def test_a_lapsed_return_does_not_take_what_another_one_asked_for(order):
    lapsed = asks(order, 2)
    drop_return(return_id=lapsed.pk, at=NOON)
    asks(order, 1)
    with refuses(ReturnClosed):
        receive_return(subject=order.subject, claim=lapsed.claim, at=NOON)
    assert Refund.objects.count() == 0


@pytest.mark.parametrize("claim", ["return", "return:", "return:x", "return:0", "gift:1", "return:99999999"])
def test_claims_of_nothing_move_nothing(order, claim):
    asks(order, 1)
    assert receive_return(subject=order.subject, claim=claim, at=NOON) is False
    assert Refund.objects.count() == 0


def test_a_claim_of_another_order_moves_nothing(order):
    asked = asks(order, 1)
    assert receive_return(subject="order:1234567", claim=asked.claim, at=NOON) is False


def test_the_database_itself_holds_returns_within_the_order(order):
    asked = asks(order, 2)
    line = order.lines.order_by("id").first()
    other = Return.objects.create(order=order, key=uuid4(), reason="defect", is_right=False, amount_minor=1)
    with refuses(DatabaseError, match="comes back than was bought"):
        ReturnLine.objects.create(returning=other, order_line=line, quantity=1)
    drop_return(return_id=asked.pk, at=NOON)
    ReturnLine.objects.create(returning=other, order_line=line, quantity=2)
    with refuses(DatabaseError, match="comes back than was bought"):
        Return.objects.filter(pk=asked.pk).update(dropped_at=None)
    with refuses(DatabaseError, match="never changed"):
        ReturnLine.objects.update(quantity=1)
