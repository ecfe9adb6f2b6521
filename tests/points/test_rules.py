"""What points are worth, how many may be spent, and in which order they run out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.kernel.money import Money
from svoi.points.rules import (
    BUDGET_CHANGE_MAX,
    BudgetChangeOutOfRange,
    BudgetUnworded,
    Lot,
    Move,
    PointsOverShare,
    PointsShort,
    PolicyOutOfRange,
    Terms,
    admit_budget_change,
    admit_policy,
    admit_spending,
    budget_account,
    earned_for,
    expired_in,
    issued_account,
    lots_left,
    points_account,
    pot_account,
    spendable,
    whole_points,
    worth,
)
from tests.cast import NOON

DAY = timedelta(days=1)


def year(_at):
    return 365


def test_accounts_are_named_so_that_the_ledger_knows_their_kind():
    assert issued_account(7) == "issued:7"
    assert budget_account(7) == "budget:7"
    assert points_account(7, 12) == "points:7:12"
    assert pot_account("envelope", 3) == "pot:envelope:3"
    assert whole_points(5) == Money(5, "PTS")
    assert worth(5) == Money(500, "RUB")


@pytest.mark.parametrize(
    ("total_minor", "have", "percent", "most"),
    [
        (298_000, 5_000, 30, 894),
        (298_000, 100, 30, 100),
        (99, 50, 90, 0),
        (199, 50, 90, 0),
        (200, 50, 90, 1),
        (100_000, 50_000, 0, 0),
        (333_33, 999, 30, 99),
    ],
)
def test_points_pay_a_share_and_leave_a_rouble(total_minor: int, have: int, percent: int, most: int):
    assert spendable(total=Money(total_minor), have=have, terms=Terms(spend_percent=percent)) == most


def test_points_take_nothing_off_a_sum_in_another_currency():
    assert spendable(total=Money(100_000, "USD"), have=50, terms=Terms()) == 0
    assert earned_for(kept=Money(100_000, "USD"), terms=Terms(earn_percent=10)) == 0


def test_spending_says_which_bound_is_in_the_way():
    admit_spending(wanted=30, total=Money(10_000), have=30, terms=Terms())
    with pytest.raises(PointsShort) as short:
        admit_spending(wanted=31, total=Money(1_000_000), have=30, terms=Terms())
    with pytest.raises(PointsOverShare) as over:
        admit_spending(wanted=31, total=Money(10_000), have=500, terms=Terms())
    assert short.value.facts == {"have": 30}
    assert over.value.facts == {"most": 30, "percent": 30}


def test_earning_rounds_down_to_whole_points():
    assert [earned_for(kept=Money(minor), terms=Terms(earn_percent=5)) for minor in (0, 1_999, 2_000, 298_099)] == [
        0,
        0,
        1,
        149,
    ]


def test_a_budget_changes_by_something_for_a_reason():
    assert admit_budget_change(amount=5, reason="  Новый \n год ") == "Новый год"
    for amount in (0, -5, BUDGET_CHANGE_MAX + 1):
        with pytest.raises(BudgetChangeOutOfRange):
            admit_budget_change(amount=amount, reason="x")
    for reason in ("", " \0 ", "x" * 201):
        with pytest.raises(BudgetUnworded):
            admit_budget_change(amount=5, reason=reason)


@pytest.mark.parametrize(("earn", "spend", "life"), [(51, 30, 365), (5, 91, 365), (5, 30, 3_651), (-1, 30, 365)])
def test_rules_stay_within_bounds(earn: int, spend: int, life: int):
    with pytest.raises(PolicyOutOfRange):
        admit_policy(earn_percent=earn, spend_percent=spend, life_days=life)


def test_the_oldest_go_first_and_what_is_held_counts_as_gone():
    moves = [Move(100, NOON), Move(50, NOON + DAY), Move(-30, NOON + 2 * DAY)]
    assert lots_left(moves, held=80, life_at=year) == [Lot(40, NOON + 366 * DAY)]
    assert lots_left(moves, held=0, life_at=year) == [Lot(70, NOON + 365 * DAY), Lot(50, NOON + 366 * DAY)]


def test_shorter_rules_touch_only_what_comes_later_and_no_days_are_for_good():
    moves = [Move(10, NOON), Move(20, NOON + DAY), Move(30, NOON + 2 * DAY)]
    lives = {NOON: 365, NOON + DAY: 30, NOON + 2 * DAY: 0}
    lots = lots_left(moves, held=0, life_at=lives.__getitem__)
    assert lots == [Lot(20, NOON + 31 * DAY), Lot(10, NOON + 365 * DAY), Lot(30, None)]
    assert expired_in(lots, at=NOON + 31 * DAY) == 20
    assert expired_in(lots, at=NOON + 5_000 * DAY) == 30


@given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, 100)), max_size=12), st.integers(0, 50))
def test_what_is_left_is_what_came_less_what_went(steps, held):
    moves, whole = [], 0
    for day, (came, wanted) in enumerate(steps):
        went = min(wanted, whole + came)
        whole += came - went
        moves += [Move(came, NOON + day * DAY)] + ([Move(-went, NOON + day * DAY)] if went else [])
    lots = lots_left(moves, held=min(held, whole), life_at=year)
    assert sum(lot.amount for lot in lots) == whole - min(held, whole)
    assert [lot.expires_at for lot in lots] == sorted(lot.expires_at for lot in lots)
