"""Any steps in any order: the ledger answers as the schoolbook does, and is sound after each of them."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from svoi.kernel.money import Money
from svoi.kernel.refused import Refused
from svoi.ledger.actions import hold, post, post_batch, take_checkpoint, transfer, void
from svoi.ledger.models import Transfer
from svoi.ledger.queries import balance, check_ledger, pending
from svoi.ledger.rules import Wanted, two_legs
from tests.cast import NOON
from tests.ledger.model import Asked, Book

RUNS = count(1)
KEYS = st.integers(0, 9)
MINORS = st.integers(1, 60)
PLACES = st.permutations(["pot", "points", "due", "shop"]).map(lambda order: order[:2])
VERBS = st.sampled_from(["transfer", "hold"])


class Steps(RuleBasedStateMachine):
    """Three accounts with a floor, one that collects; keys meet again often."""

    @initialize()
    def open(self) -> None:
        self.run = next(RUNS)
        places = [self.place(word) for word in ("pot", "points", "due", "shop")]
        self.book = Book(dict.fromkeys(places, 0), floors=set(places[:3]))
        self.history: list[Asked] = []
        self.take(Asked("transfer", f"{self.run} fill", places[3], places[0], 100))

    def place(self, word: str) -> str:
        return f"{word}:{self.run}"

    def asked(self, verb: str, key: int, places: list[str] | None = None, minor: int | None = None) -> Asked:
        debit, credit = map(self.place, places) if places else ("", "")
        return Asked(verb, f"{self.run} {key}", debit, credit, minor)

    def take(self, asked: Asked) -> None:
        told = self.book.take(asked)
        self.history.append(asked)
        assert really(asked) == told.replace("repeated", "done")

    @rule(verb=VERBS, key=KEYS, places=PLACES, minor=MINORS)
    def move(self, verb: str, key: int, places: list[str], minor: int) -> None:
        self.take(self.asked(verb, key, places, minor))

    @rule(key=KEYS, part=st.none() | MINORS)
    def post(self, key: int, part: int | None) -> None:
        self.take(self.asked("posting", key, minor=part))

    @rule(key=KEYS)
    def void(self, key: int) -> None:
        self.take(self.asked("voiding", key))

    @rule(which=st.integers(0, 99))
    def again(self, which: int) -> None:
        self.take(self.history[which % len(self.history)])

    @rule(steps=st.lists(st.tuples(VERBS, KEYS, PLACES, MINORS), min_size=1, max_size=6))
    def batch(self, steps: list[tuple[str, int, list[str], int]]) -> None:
        asked = [self.asked(*step) for step in steps]
        told = [self.book.take(each) for each in asked]
        outcomes = post_batch(wanted=[wanted(each) for each in asked], at=NOON)
        assert [outcome.code for outcome in outcomes] == told

    @rule()
    def checkpoint(self) -> None:
        assert take_checkpoint(account=self.place("shop"), at=NOON) is not None

    @invariant()
    def stands_as_in_the_book(self) -> None:
        for place, minor in self.book.balances.items():
            assert (balance(place).minor, pending(place).minor) == (minor, self.book.held.get(place, 0))
            assert place not in self.book.floors or minor >= self.book.held.get(place, 0)
        assert sum(self.book.balances.values()) == 0
        known = Transfer.objects.filter(key__startswith=f"{self.run} ")
        assert known.count() == len(self.book.known) + len(self.book.endings)
        assert check_ledger() == []


def really(asked: Asked) -> str:
    part = Money(asked.minor) if asked.minor else None
    try:
        if asked.verb == "posting":
            post(key=asked.key, amount=part, at=NOON)
        elif asked.verb == "voiding":
            void(key=asked.key, at=NOON)
        else:
            verb = hold if asked.verb == "hold" else transfer
            assert part is not None
            verb(key=asked.key, debit=asked.debit, credit=asked.credit, amount=part, reason="step", at=NOON)
    except Refused as refused:
        return refused.code
    return "done"


def wanted(asked: Asked) -> Wanted:
    legs = two_legs(debit=asked.debit, credit=asked.credit, amount=Money(asked.minor or 0))
    return Wanted(key=asked.key, legs=legs, reason="step", held=asked.verb == "hold")


@pytest.mark.django_db(transaction=True)
def test_any_steps_in_any_order():
    run_state_machine_as_test(
        Steps,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
