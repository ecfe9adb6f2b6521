"""What a sound transfer is, before anything is asked of the database."""

from __future__ import annotations

import pytest

from svoi.kernel.money import Money
from svoi.ledger.actions import post, void
from svoi.ledger.rules import COLLECTING, KINDS, NEVER_NEGATIVE, Leg, Wanted, kind_of, two_legs
from tests.cast import NOON

PAIR = two_legs(debit="pot:1", credit="points:vera", amount=Money(5))


def test_the_convention():
    assert (Leg("pot:1", Money(-5)), Leg("points:vera", Money(5))) == PAIR


def test_kinds_of_account():
    kinds = {word: kind_of(f"{word}:1") for word in KINDS}
    assert {word for word, kind in kinds.items() if kind == COLLECTING} == {"provider", "shop", "issued"}
    assert {word for word, kind in kinds.items() if kind == NEVER_NEGATIVE} == {"due", "points", "pot", "budget"}
    assert kind_of("due:order:12") == NEVER_NEGATIVE


@pytest.mark.parametrize("key", ["", "due", "due:", "purse:1", ":1", "due:" + "x" * 77])
def test_no_key_of_an_account(key: str):
    with pytest.raises(ValueError, match="not a key of an account"):
        kind_of(key)


@pytest.mark.parametrize("minor", [0, -1])
def test_a_transfer_moves_something_forward(minor: int):
    with pytest.raises(ValueError, match="more than nothing"):
        two_legs(debit="pot:1", credit="points:vera", amount=Money(minor))


@pytest.mark.parametrize("key", ["", "x" * 121, "h:ended"])
def test_no_key_of_a_transfer(key: str):
    with pytest.raises(ValueError, match="not a key of a transfer"):
        Wanted(key=key, legs=PAIR, reason="test")
    for end in (post, void):
        with pytest.raises(ValueError, match="not a key of a transfer"):
            end.__wrapped__(key=key, at=NOON)


@pytest.mark.parametrize(
    "legs",
    [
        (),
        (Leg("pot:1", Money(0)),),
        (Leg("pot:1", Money(-5)), Leg("points:vera", Money(4))),
        (Leg("pot:1", Money(-5)), Leg("pot:1", Money(5))),
        (Leg("pot:1", Money(-5)), Leg("pot:2", Money(5)), Leg("pot:3", Money(0))),
        (Leg("pot:1", Money(-5)), Leg("pot:2", Money(5, "USD"))),
        (*PAIR, *(Leg(f"pot:{place}", Money(1 if place % 2 else -1)) for place in range(2, 1_002))),
    ],
)
def test_unsound_legs(legs: tuple[Leg, ...]):
    with pytest.raises(ValueError):
        Wanted(key="a", legs=legs, reason="test")


@pytest.mark.parametrize("told", [{"reason": ""}, {"reason": "x" * 41}, {"reason": "test", "subject": "x" * 41}])
def test_words_are_short(told: dict[str, str]):
    with pytest.raises(ValueError, match="reason"):
        Wanted(key="a", legs=PAIR, **told)


def test_a_hold_is_between_two():
    legs = (Leg("pot:1", Money(-5)), Leg("points:vera", Money(4)), Leg("points:boris", Money(1)))
    assert Wanted(key="a", legs=legs, reason="test").legs == legs
    with pytest.raises(ValueError, match="between two"):
        Wanted(key="a", legs=legs, reason="test", held=True)


def test_a_posting_moves_something():
    with pytest.raises(ValueError, match="moves something"):
        post.__wrapped__(key="a", amount=Money(0), at=NOON)
