"""Points in an order: price, payment, receipt, ledger and refund agree to the kopeck, whatever comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings as house
from hypothesis import given
from hypothesis import strategies as st

from svoi.ledger.queries import check_ledger
from svoi.orders.actions import (
    ask_return,
    cancel_order,
    drop_return,
    expire_orders,
    keep_orders,
    place_cart,
    receive_return,
    withdraw_order,
)
from svoi.orders.models import CartLine, Order
from svoi.orders.rules import Bought, KeyReused, Paid, worth_now
from svoi.payments.models import Payment, Receipt, Refund
from svoi.points.models import Earning
from svoi.points.rules import PointsOverShare, PointsShort
from tests import cast
from tests.cast import NOON
from tests.orders.way import again, books, collected, decided, follow, nothing_is_promised, ordered, refuses
from tests.points.bank import earned, has, in_budget, points_on

LINES = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 500_000)), min_size=1, max_size=6)


@given(lines=LINES, share=st.integers(0, 100), steps=st.data())
def test_whatever_comes_back_it_is_never_more_and_all_together_exactly_what_was_paid(lines, share, steps):
    """Pieces are asked back, given up and asked back again; lapsed ones are brought all the same, worth anew."""
    bought = {key: Bought(*line) for key, line in enumerate(lines)}
    total = sum(one.pieces * one.price_minor for one in bought.values())
    points = max(0, (total - 100) // 100) * share // 100
    paid = Paid(total - points * 100, points)
    asked: list[tuple[dict[int, int], Paid]] = []
    lapsed: list[dict[int, int]] = []

    def ask(now: dict[int, int]) -> None:
        before = {key: sum(pieces.get(key, 0) for pieces, _ in asked) for key in bought}
        given_back = Paid(sum(one.minor for _, one in asked), sum(one.points for _, one in asked))
        asked.append((now, worth_now(before=before, now=now, given=given_back, lines=bought, paid=paid)))
        assert sum(one.minor for _, one in asked) <= paid.minor
        assert sum(one.points for _, one in asked) <= paid.points

    for _ in range(steps.draw(st.integers(0, 8))):
        left = {key: one.pieces - sum(pieces.get(key, 0) for pieces, _ in asked) for key, one in bought.items()}
        verb = steps.draw(st.sampled_from(["ask", "drop", "bring"]))
        if verb == "ask" and any(left.values()):
            key = steps.draw(st.sampled_from([key for key in left if left[key]]))
            ask({key: steps.draw(st.integers(1, left[key]))})
        elif verb == "drop" and asked:
            lapsed.append(asked.pop(steps.draw(st.integers(0, len(asked) - 1)))[0])
        elif verb == "bring" and lapsed:
            pieces = lapsed.pop()
            if all(left[key] >= some for key, some in pieces.items()):
                ask(pieces)
    left = {key: one.pieces - sum(pieces.get(key, 0) for pieces, _ in asked) for key, one in bought.items()}
    if any(left.values()):
        ask(left)
    assert sum(one.minor for _, one in asked) == paid.minor
    assert sum(one.points for _, one in asked) == paid.points


@pytest.fixture
def shop(table, anna, vera):
    """Points on, a budget of 5,000, and 2,000 of them Vera's; two things and a point."""
    points_on(table, anna, budget=5_000)
    earned(table, vera, 2_000)
    cast.joins(vera, table)
    mugs, pots = cast.product(table), cast.product(table, price_minor=33_333)
    return mugs, pots, cast.pickup_point(table)


def test_points_are_held_with_the_order_and_spent_with_the_payment(shop, table, vera):
    mugs, pots, point = shop
    order = ordered(vera, mugs, pots, point=point, points=1_000)
    payment = Payment.objects.get(subject=order.subject)
    assert (order.total_minor, order.payable.minor, payment.amount_minor) == (364_666, 264_666, 264_666)
    assert has(table, vera) == (2_000, 1_000)
    order = decided(order)
    assert (order.stage, has(table, vera), books(order)["due"]) == ("paid", (1_000, 1_000), 264_666)
    receipt = Receipt.objects.get(payment=payment)
    assert sum(line.quantity * line.price_minor for line in receipt.lines.all()) == 264_666
    assert check_ledger() == []


@pytest.mark.parametrize("way", ["let go", "not paid in time", "declined and let go"])
def test_an_order_that_falls_away_leaves_her_points(shop, table, vera, way: str):
    mugs, _pots, point = shop
    order = ordered(vera, mugs, point=point, points=800)
    if way == "not paid in time":
        expire_orders(at=NOON + timedelta(hours=1))
    else:
        order = decided(order, "decline") if way.startswith("declined") else order
        cancel_order(order_id=order.pk, reason="buyer", at=NOON)
    assert (again(order).stage, has(table, vera)) == ("cancelled", (2_000, 2_000))
    assert nothing_is_promised()


def test_money_that_is_only_held_holds_the_points_too(shop, table, vera, anna, settings):
    settings.HOLD_MONEY = True
    mugs, _pots, point = shop
    order = decided(ordered(vera, mugs, point=point, points=800))
    assert (order.stage, has(table, vera)) == ("held", (2_000, 1_200))
    cancel_order(order_id=order.pk, reason="buyer", at=NOON)
    follow()
    assert (has(table, vera), house.HOLD_MONEY) == ((2_000, 2_000), True)


def test_late_money_for_a_fallen_order_goes_back_and_her_points_stay(shop, table, vera):
    mugs, _pots, point = shop
    order = ordered(vera, mugs, point=point, points=800)
    cancel_order(order_id=order.pk, reason="buyer", at=NOON)
    decided(order)
    assert (Refund.objects.get().amount_minor, has(table, vera)) == (218_000, (2_000, 2_000))


def test_an_order_called_off_gives_back_money_and_points(shop, table, vera):
    mugs, _pots, point = shop
    order = decided(ordered(vera, mugs, point=point, points=800))
    withdraw_order(order_id=order.pk, reason="buyer", at=NOON)
    follow()
    assert (Refund.objects.get().amount_minor, has(table, vera)) == (218_000, (2_000, 2_000))
    assert books(order)["due"] == 0


def test_a_part_that_comes_back_brings_its_share_and_the_rest_the_rest(shop, table, vera, anna):
    mugs, pots, point = shop
    order = collected(decided(ordered(vera, mugs, pots, point=point, points=1_001)), anna)
    back = []
    for pieces in ({0: 1}, {1: 1}, {0: 1, 1: 1}):
        lines = list(order.lines.order_by("id"))
        wanted = {lines[place].pk: some for place, some in pieces.items()}
        key = cast.uuid4()
        asked = ask_return(order_id=order.pk, wanted=wanted, reason="changed_mind", words="", key=key, at=NOON)
        receive_return(subject=order.subject, claim=asked.claim, at=NOON)
        follow()
        back.append((asked.amount_minor, asked.points_back, has(table, vera)[1]))
    assert back == [(108_100, 409, 1_408), (24_183, 91, 1_499), (132_283, 501, 2_000)]
    assert sum(one[0] for one in back) == order.payable.minor == 264_566
    assert (again(order).stage, books(order)["due"]) == ("returned", 0)
    for refund in Refund.objects.all():
        printed = sum(line.quantity * line.price_minor for line in refund.receipt.lines.all())
        assert printed == refund.amount_minor
    assert check_ledger() == []


def test_a_lapsed_return_that_is_brought_is_worth_what_is_left(shop, table, vera, anna):
    mugs, _pots, point = shop
    order = collected(decided(ordered(vera, mugs, point=point, quantity=4, points=3)), anna)
    line = order.lines.get().pk

    def ask(pieces: int):
        return ask_return(
            order_id=order.pk, wanted={line: pieces}, reason="changed_mind", words="", key=cast.uuid4(), at=NOON
        )

    first, second, late = ask(1), ask(1), ask(2)
    assert [one.points_back for one in (first, second, late)] == [0, 1, 2]
    for one in (late, first, second):
        drop_return(return_id=one.pk, at=NOON)
    anew = ask(2)
    receive_return(subject=order.subject, claim=anew.claim, at=NOON)
    receive_return(subject=order.subject, claim=late.claim, at=NOON)
    follow()
    assert (has(table, vera)[0], again(order).stage, books(order)["due"]) == (2_000, "returned", 0)
    assert sum(Refund.objects.values_list("amount_minor", flat=True)) == order.payable.minor


def test_what_is_kept_earns_of_the_money_alone_and_once(shop, table, vera, anna):
    mugs, _pots, point = shop
    order = collected(decided(ordered(vera, mugs, point=point, points=800)), anna)
    line = order.lines.get().pk
    asked = ask_return(order_id=order.pk, wanted={line: 1}, reason="changed_mind", words="", key=cast.uuid4(), at=NOON)
    receive_return(subject=order.subject, claim=asked.claim, at=NOON)
    later = NOON + timedelta(days=9)
    follow()
    assert keep_orders(at=later) == 1
    follow(later)
    earning = Earning.objects.get(subject=order.subject)
    assert (earning.kept_minor, earning.amount, earning.paid_at) == (109_000, 109, later)
    assert (has(table, vera)[0], in_budget(table)) == (2_000 - 800 + 400 + 109, 3_000 - 109)


def test_more_than_she_has_or_may_spend_changes_nothing(shop, table, vera, anna):
    mugs, _pots, point = shop
    with refuses(PointsShort):
        ordered(vera, mugs, point=point, points=2_001)
    with refuses(PointsOverShare, match="most=894"):
        ordered(vera, mugs, point=point, points=895)
    assert (Order.objects.count(), CartLine.objects.count(), has(table, vera)) == (0, 0, (2_000, 2_000))


def test_a_tap_stands_for_its_points(shop, table, vera):
    mugs, _pots, point = shop
    order = ordered(vera, mugs, point=point, points=800)
    told = {
        "buyer": vera,
        "community_id": table.pk,
        "shown": [(mugs.pk, 2, mugs.price)],
        "pickup_point_id": point.pk,
        "key": order.key,
        "number": "ANOTHER1",
        "at": NOON,
    }
    assert place_cart(**told, points=800) == order
    with refuses(KeyReused):
        place_cart(**told, points=700)
    assert has(table, vera) == (2_000, 1_200)
