"""What an order costs and when it may go on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.kernel.money import Money
from svoi.orders.rules import (
    CART_LINES_MAX,
    EXTENSION_S,
    EXTENSIONS_MAX,
    LINES_MAX,
    RESERVATION_S,
    RETURN_DAYS_MIN,
    RETURN_REASONS,
    UNPAID_ORDERS_MAX,
    AlreadySent,
    BasketEmpty,
    BuyingTooFast,
    CartFull,
    ExtendedEnough,
    NothingToReturn,
    OrderClosed,
    OrderNotPaid,
    Origin,
    PriceMoved,
    ReturnClosed,
    ReturnIsRight,
    ReturnTooLate,
    ReturnUnworded,
    Wanted,
    admit_another_order,
    admit_basket,
    admit_cart,
    admit_decision,
    admit_packing,
    admit_payment,
    admit_return_request,
    admit_sending,
    admit_withdrawal,
    begun_in,
    bring_until,
    extend_until,
    goes_back_on_sale,
    may_still_bring,
    order_id_in,
    order_named,
    price_line,
    reserve_until,
    return_stage,
    returnable_until,
    stage_of,
)
from tests.cast import NOON

prices = st.integers(min_value=1, max_value=10**9)


@given(prices, st.integers(min_value=1, max_value=20))
def test_a_line_costs_what_was_shown_times_its_pieces(minor: int, quantity: int):
    assert price_line(offered=Money(minor), shown=Money(minor), quantity=quantity) == Money(minor * quantity)


@given(prices, prices)
def test_a_moved_price_is_refused_either_way(offered: int, shown: int):
    if offered == shown:
        return
    with pytest.raises(PriceMoved) as refusal:
        price_line(offered=Money(offered), shown=Money(shown), quantity=1)
    assert refusal.value.facts == {"shown_minor": shown, "offered_minor": offered, "currency": "RUB"}


def test_another_currency_is_another_price():
    with pytest.raises(PriceMoved):
        price_line(offered=Money(100, "RUB"), shown=Money(100, "USD"), quantity=1)


def test_one_person_cannot_lock_the_shop_up():
    admit_another_order(unpaid=UNPAID_ORDERS_MAX - 1)
    with pytest.raises(BuyingTooFast):
        admit_another_order(unpaid=UNPAID_ORDERS_MAX)


@pytest.mark.parametrize("stage", ["paid", "cancelled"])
def test_a_closed_order_is_not_paid_again(stage: str):
    with pytest.raises(OrderClosed):
        admit_payment(stage=stage)


def test_a_waiting_order_may_be_paid():
    admit_payment(stage="placed")


def test_a_reservation_lasts_a_quarter_of_an_hour():
    assert reserve_until(at=NOON) - NOON == timedelta(seconds=RESERVATION_S)


def test_an_origin_must_be_one_we_know():
    with pytest.raises(AssertionError):
        Origin("advertisement")


@given(st.lists(st.sampled_from(["show", "product"]), min_size=1, max_size=5))
def test_an_order_began_in_a_show_if_any_of_it_did(kinds: list[str]):
    wanted = [Wanted(place, 1, Money(1), Origin(kind, place)) for place, kind in enumerate(kinds)]
    first = kinds.index("show") if "show" in kinds else 0
    assert begun_in(wanted) == Origin(kinds[first], first)


def test_a_basket_has_something_in_it_and_an_end():
    with pytest.raises(BasketEmpty):
        admit_basket([])
    wanted = [Wanted(place, 1, Money(1), Origin("product")) for place in range(LINES_MAX + 1)]
    admit_basket(wanted[:-1])
    with pytest.raises(CartFull):
        admit_basket(wanted)
    with pytest.raises(AssertionError):
        admit_basket([wanted[0], wanted[0]])


@given(st.integers(0, 60 * 60), st.integers(0, EXTENSIONS_MAX + 3))
def test_more_time_is_never_less_and_ends(late_s: int, extended: int):
    at, until = NOON + timedelta(seconds=late_s), NOON + timedelta(seconds=RESERVATION_S)
    if extended >= EXTENSIONS_MAX:
        with pytest.raises(ExtendedEnough):
            extend_until(stage="placed", until=until, extended=extended, at=at)
        return
    assert extend_until(stage="placed", until=until, extended=extended, at=at) == max(
        until, at + timedelta(seconds=EXTENSION_S)
    )
    with pytest.raises(OrderClosed):
        extend_until(stage="paid", until=until, extended=extended, at=at)


MOMENTS = ("held", "paid", "collected", "kept", "returned", "cancelled", "withdrawn")


@pytest.mark.parametrize(
    ("happened", "stage"),
    [
        ((), "placed"),
        (("held",), "held"),
        (("held", "paid"), "paid"),
        (("paid", "collected"), "collected"),
        (("paid", "collected", "kept"), "kept"),
        (("paid", "collected", "returned"), "returned"),
        (("held", "cancelled"), "cancelled"),
        (("paid", "withdrawn"), "withdrawn"),
    ],
)
def test_the_last_moment_names_the_stage(happened: tuple[str, ...], stage: str):
    assert stage_of(**{moment: moment in happened for moment in MOMENTS}) == stage


def test_what_is_paid_or_held_is_packed_and_only_what_is_paid_leaves():
    assert [admit_packing(stage=stage) for stage in ("held", "paid")] == [True, False]
    admit_sending(stage="paid")
    for stage in ("placed", "collected", "cancelled"):
        with pytest.raises(OrderNotPaid):
            admit_packing(stage=stage)
    for stage in ("placed", "held", "withdrawn"):
        with pytest.raises(OrderNotPaid):
            admit_sending(stage=stage)
        with pytest.raises(OrderNotPaid):
            admit_withdrawal(stage=stage, sent_at=None)
    with pytest.raises(AlreadySent):
        admit_withdrawal(stage="paid", sent_at=NOON)


@given(st.one_of(st.integers(0, 10**12).map(lambda n: f"order:{n}"), st.text(max_size=20)))
def test_a_subject_names_its_order_or_none(subject: str):
    number = order_id_in(subject)
    assert number == 0 or subject.removeprefix("order:").lstrip("0") == str(number)
    assert order_id_in(order_named(17)) == 17


@given(st.integers(0, 60), st.integers(0, 23))
def test_the_right_to_return_is_never_shorter_than_the_law(days: int, hour: int):
    collected = NOON.replace(hour=hour)
    until = returnable_until(collected_at=collected, days=days)
    assert until - collected >= timedelta(days=max(days, RETURN_DAYS_MIN))
    assert (until.hour, until.minute, until.second) == (23, 59, 59)


def test_what_may_come_back():
    until = NOON + timedelta(days=7)
    asking = {"wanted": {1: 1}, "left": {1: 2}, "reason": "changed_mind", "collected_at": NOON, "until": until}
    assert admit_return_request(**asking, at=until) is True
    late = until + timedelta(seconds=1)
    with pytest.raises(ReturnTooLate):
        admit_return_request(**asking, at=late)
    assert admit_return_request(**{**asking, "reason": "defect"}, at=late) is False
    with pytest.raises(ReturnTooLate):
        admit_return_request(**{**asking, "reason": "defect"}, at=NOON + timedelta(days=731))
    for wrong in (
        {"reason": "gift"},
        {"wanted": {}},
        {"wanted": {1: 3}},
        {"wanted": {1: 0}},
        {"wanted": {2: 1}},
        {"collected_at": None},
        {"until": None},
    ):
        with pytest.raises(NothingToReturn):
            admit_return_request(**{**asking, **wrong}, at=NOON)


@pytest.mark.parametrize(
    ("happened", "stage"),
    [
        ((), "asked"),
        (("accepted",), "accepted"),
        (("declined",), "declined"),
        (("accepted", "dropped"), "dropped"),
        (("accepted", "received"), "received"),
    ],
)
def test_the_last_moment_names_the_stage_of_a_return(happened: tuple[str, ...], stage: str):
    moments = ("accepted", "declined", "dropped", "received")
    assert return_stage(**{moment: moment in happened for moment in moments}) == stage
    assert may_still_bring(stage) is (stage == "accepted")


def test_a_shop_decides_once_with_a_reason_and_not_over_a_right():
    deciding = {"stage": "asked", "accept": True, "words": " \0 ", "is_right": False, "until": NOON}
    assert admit_decision(**deciding) == ""
    assert admit_decision(**{**deciding, "accept": False, "words": "  нет \n чека "}) == "нет чека"
    for wrong, refusal in (
        ({"accept": False}, ReturnUnworded),
        ({"accept": False, "words": "я" * 501}, ReturnUnworded),
        ({"stage": "received"}, ReturnClosed),
        ({"accept": False, "is_right": True, "words": "нет"}, ReturnIsRight),
    ):
        with pytest.raises(refusal):
            admit_decision(**{**deciding, **wrong})


def test_broken_goods_are_not_sold_again():
    assert [goes_back_on_sale(reason) for reason in RETURN_REASONS] == [True, True, True, False, False]


def test_a_cart_takes_so_many_things():
    admit_cart(lines=CART_LINES_MAX - 1)
    with pytest.raises(CartFull):
        admit_cart(lines=CART_LINES_MAX)


def test_an_accepted_return_is_brought_within_two_weeks():
    assert bring_until(accepted_at=NOON) == NOON + timedelta(days=14)
