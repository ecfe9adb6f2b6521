"""The reactions of one room: paced for each viewer, added up by weight, told as the latest total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from svoi.gateway.inbound import Allowance
from svoi.shows.rules.weighing import HALVES, shown_reasons

PER_SECOND = 5.0
BURST = 10.0
SHOW_MAX = 1_000  # of one viewer and one show: more than a hand gives of joy, and no total is made by one
PACED_MAX = 20_000
REMEMBERED_MAX = 1 << 15  # of those whose reactions weigh less


@dataclass(frozen=True, slots=True)
class Reacted:
    """All reactions of the show, and their weights in halves; who weighs less, and for which reasons (bit sets)."""

    raw: int = 0
    halves: int = 0
    seen: Mapping[str, int] = field(default_factory=dict)
    given: Mapping[str, int] = field(default_factory=dict)  # by those who gave many


class Reactions:
    """Totals only grow; they go on from those of an earlier life."""

    def __init__(self, before: Reacted | None = None) -> None:
        before = before or Reacted()
        self.raw = before.raw
        self._halves = before.halves
        self._seen = dict(before.seen)
        self._people = Counter(self._seen.values())
        self._given = dict(before.given)
        self._paces: dict[str, Allowance] = {}

    def take(self, viewer: str, *, at: float) -> bool:
        """Whether she may react now; quicker or more than a hand does is left out of every total."""
        given = self._given.pop(viewer, 0)
        self._given[viewer] = given  # moved to the end: the quietest are forgotten first
        if given >= SHOW_MAX:
            return False
        pace = self._paces.pop(viewer, None) or Allowance(at, per_second=PER_SECOND, burst=BURST)
        self._paces[viewer] = pace
        for kept in (self._paces, self._given):
            if len(kept) > PACED_MAX:
                del kept[next(iter(kept))]
        if not pace.take(at):
            return False
        self._given[viewer] += 1
        return True

    def add(self, viewer: str, seen: int | None) -> None:
        """One more, with the reasons it weighs less for; None while nothing is weighed."""
        self.raw += 1
        self._halves += HALVES[seen or 0]
        before = self._seen.get(viewer, 0)
        if not seen or seen | before == before:
            return
        if not before and len(self._seen) >= REMEMBERED_MAX:
            self._people[self._seen.pop(next(iter(self._seen)))] -= 1
        if before:
            self._people[before] -= 1
        self._seen[viewer] = seen | before
        self._people[seen | before] += 1

    @property
    def weighed(self) -> int:
        """The whole number of the sum of weights; never more than `raw`."""
        return self._halves // 2

    @property
    def why(self) -> dict[str, int]:
        """How many viewers each reason is said of."""
        return shown_reasons(+self._people)
