"""What the desk decides about: each kind of thing by its own room's rules and its own statement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from svoi.envelopes import rules as envelopes
from svoi.flash import rules as flash
from svoi.kernel.refused import Refused

Thing = tuple[str, int]  # kind and id
Answer = envelopes.Answer | flash.FlashAnswer
Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody asks for part of a thing. Whoever asks twice has one place and one answer."""

    kind: str
    thing_id: int
    member_id: int
    key: UUID
    quantity: int = 1

    @property
    def thing(self) -> Thing:
        return self.kind, self.thing_id


class Kind(Protocol):
    """What the desk has to know of a kind of things. `lease` is the first key of the lock that its owner holds."""

    lease: int
    asking_sql: str  # what the rule needs to know of those who ask
    taking_sql: str  # the only writer: gives a row per ask, in their order, with the place first
    over: tuple[type[Refused], ...]  # answers after which nothing of the thing is left to decide

    def asking(self, asked: Sequence[Asked], at: datetime) -> list[Any]: ...

    def sort(self, asked: Sequence[Asked], rows: Sequence[Row], at: datetime) -> tuple[list[Refused | None], list[int]]:
        """What is refused, by place, and a number that the statement takes with each."""
        ...

    def taking(self, asked: Sequence[Asked], numbers: Sequence[int], at: datetime) -> list[Any]: ...

    def answer(self, row: Row) -> Answer: ...


class Envelopes:
    """Shares of an envelope; the number is which share of her day it would be."""

    lease = 0x5E_1F
    asking_sql, taking_sql = envelopes.CLAIMANTS_SQL, envelopes.CLAIM_SQL
    over: tuple[type[Refused], ...] = (envelopes.EnvelopeEmpty, envelopes.AlreadyOver)

    def __init__(self, zone: str) -> None:
        self._zone = zone

    def asking(self, asked: Sequence[Asked], at: datetime) -> list[Any]:
        return [*_pairs(asked), envelopes.local_day(at, self._zone)]

    def sort(self, asked: Sequence[Asked], rows: Sequence[Row], at: datetime) -> tuple[list[Refused | None], list[int]]:
        claims = [envelopes.Claim(one.thing_id, one.member_id, one.key) for one in asked]
        return envelopes.sort_claims(claims, rows, at=at)

    def taking(self, asked: Sequence[Asked], numbers: Sequence[int], at: datetime) -> list[Any]:
        keys = [one.key for one in asked]
        return [*_pairs(asked), keys, list(numbers), envelopes.local_day(at, self._zone), at]

    def answer(self, row: Row) -> Answer:
        return envelopes.answer_of(*row[1:])


class Flash:
    """Pieces of a flash deal; the number is how many she asks for."""

    lease = 0x5E_20
    asking_sql, taking_sql = flash.ASKERS_SQL, flash.TAKE_SQL
    over: tuple[type[Refused], ...] = (flash.SoldOut, flash.DealOver)

    def asking(self, asked: Sequence[Asked], at: datetime) -> list[Any]:
        return _pairs(asked)

    def sort(self, asked: Sequence[Asked], rows: Sequence[Row], at: datetime) -> tuple[list[Refused | None], list[int]]:
        asks = [flash.Ask(one.thing_id, one.member_id, one.quantity, one.key) for one in asked]
        return flash.sort_asks(asks, rows, at=at), [one.quantity for one in asked]

    def taking(self, asked: Sequence[Asked], numbers: Sequence[int], at: datetime) -> list[Any]:
        return [*_pairs(asked), list(numbers), [one.key for one in asked], at]

    def answer(self, row: Row) -> Answer:
        return flash.answer_to(*row[1:])


KINDS: dict[str, Callable[[str], Kind]] = {"envelope": Envelopes, "flash": lambda zone: Flash()}


def _pairs(asked: Sequence[Asked]) -> list[Any]:
    return [[one.thing_id for one in asked], [one.member_id for one in asked]]
