"""What may be promised, who may take, and how long it is kept: decided over values alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from svoi.flash.rules import (
    ARMED_S,
    Fired,
    Terms,
    admit_arming,
    admit_claim,
    admit_firing,
    admit_keeping,
    keep_until,
    opens_and_ends,
    read_terms,
)
from svoi.kernel.money import Money
from svoi.kernel.refused import Refused
from tests.cast import NOON

TERMS = Terms(quantity=10, per_person=2)
LOWEST = Money(149_000)
DEAL = Fired(NOON, NOON + timedelta(minutes=5), "", 0, 2)
LONG_AGO = NOON - timedelta(days=100)


def refusal(rule: Callable[[], object]) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as refused:
        rule()
    return refused.value.code, refused.value.facts


@pytest.mark.parametrize(
    ("wish", "code", "facts"),
    [
        ({"is_free": False}, "deal_under_way", {}),
        ({"price": LOWEST}, "price_not_lower", {"lowest_minor": 149_000, "currency": "RUB"}),
        ({"price": Money(0)}, "price_not_lower", {"lowest_minor": 149_000, "currency": "RUB"}),
        ({"price": Money(-1)}, "price_not_lower", {"lowest_minor": 149_000, "currency": "RUB"}),
        ({"price": Money(1, "USD")}, "price_not_lower", {"lowest_minor": 149_000, "currency": "RUB"}),
        ({"left": 9}, "out_of_stock", {"left": 9, "wanted": 10}),
        (
            {"terms": replace(TERMS, quantity=1)},
            "term_unfit",
            {"name": "per_person", "least": 1, "most": 1},
        ),
        (
            {"terms": replace(TERMS, countdown_s=9)},
            "term_unfit",
            {"name": "countdown_s", "least": 10, "most": 300},
        ),
        ({"terms": replace(TERMS, runs_s=1_201)}, "term_unfit", {"name": "runs_s", "least": 60, "most": 1_200}),
        ({"terms": replace(TERMS, quantity=0)}, "term_unfit", {"name": "quantity", "least": 1, "most": 10_000}),
    ],
)
def test_what_is_not_promised(wish: dict[str, object], code: str, facts: dict[str, object]) -> None:
    good: dict[str, object] = {"terms": TERMS, "price": Money(99_000), "lowest": LOWEST, "left": 10, "is_free": True}
    admit_arming(**good)  # type: ignore[arg-type]
    told = {**good, **wish}
    assert refusal(lambda: admit_arming(**told)) == (code, facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"is_closed": True}, "deal_called_off"),
        ({"armed_at": NOON - timedelta(seconds=ARMED_S)}, "armed_too_long"),
        ({"is_free": False}, "deal_under_way"),
        ({"lowest": Money(148_999)}, "lowest_moved"),
        ({"lowest": Money(149_001)}, "lowest_moved"),
    ],
)
def test_what_is_not_set_off(wish: dict[str, object], code: str) -> None:
    good: dict[str, object] = {
        "armed_at": NOON - timedelta(seconds=ARMED_S - 1),
        "is_closed": False,
        "is_free": True,
        "stated": LOWEST,
        "lowest": LOWEST,
        "at": NOON,
    }
    admit_firing(**good)  # type: ignore[arg-type]
    told = {**good, **wish}
    assert refusal(lambda: admit_firing(**told))[0] == code  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("deal", "joined_at", "quantity", "at", "code", "facts"),
    [
        (replace(DEAL, closed_for="sold_out"), None, 1, NOON, "not_one_of_us", {}),
        (replace(DEAL, closed_for="sold_out"), LONG_AGO, 1, NOON, "flash_sold_out", {}),
        (replace(DEAL, closed_for="called_off"), LONG_AGO, 1, NOON, "flash_over", {}),
        (DEAL, LONG_AGO, 1, DEAL.ends_at, "flash_over", {}),
        (DEAL, LONG_AGO, 1, NOON - timedelta(seconds=7), "flash_not_yet", {"wait_s": 7}),
        (DEAL, LONG_AGO, 3, NOON, "flash_limit", {"most": 2}),
        (DEAL, LONG_AGO, 0, NOON, "flash_limit", {"most": 2}),
        (
            replace(DEAL, age_days=7),
            NOON - timedelta(days=6),
            1,
            NOON,
            "flash_too_new",
            {"since": NOON + timedelta(days=1)},
        ),
    ],
)
def test_who_does_not_take(
    deal: Fired, joined_at: datetime | None, quantity: int, at: datetime, code: str, facts: dict[str, object]
) -> None:
    told = refusal(lambda: admit_claim(deal, joined_at=joined_at, quantity=quantity, at=at))
    assert told == (code, facts)


def test_who_takes() -> None:
    for quantity, at in ((1, NOON), (2, DEAL.ends_at - timedelta(microseconds=1))):
        admit_claim(DEAL, joined_at=NOON, quantity=quantity, at=at)


def test_the_clock_of_a_deal() -> None:
    assert opens_and_ends(countdown_s=30, runs_s=300, at=NOON) == (
        NOON + timedelta(seconds=30),
        NOON + timedelta(seconds=330),
    )


def test_more_time_never_shortens_it_and_ends_after_ten() -> None:
    assert keep_until(until=NOON + timedelta(minutes=1), extended=9, at=NOON) == NOON + timedelta(minutes=5)
    assert keep_until(until=NOON + timedelta(minutes=9), extended=0, at=NOON) == NOON + timedelta(minutes=9)
    assert refusal(lambda: keep_until(until=NOON, extended=10, at=NOON)) == ("extended_enough", {"most": 10})


def test_what_ran_out_names_the_usual_price() -> None:
    told = ("flash_ran_out", {"offered_minor": 149_000, "currency": "RUB"})
    assert refusal(lambda: admit_keeping(is_over=False, until=NOON, offered=LOWEST, at=NOON)) == told
    assert refusal(lambda: admit_keeping(is_over=True, until=NOON, offered=LOWEST, at=LONG_AGO)) == told


@pytest.mark.parametrize("typed", ["", "0", "-1", "10001", "7.5", "٣", "9" * 12])
def test_a_term_is_a_number_within_bounds(typed: str) -> None:
    assert read_terms({"quantity": " 10 ", "per_person": "2"}) == TERMS
    told = ("term_unfit", {"name": "quantity", "least": 1, "most": 10_000})
    assert refusal(lambda: read_terms({"quantity": typed})) == told
