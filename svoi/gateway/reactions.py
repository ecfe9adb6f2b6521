"""The reactions of one room: paced for each viewer, added up by weight, told as the latest total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from svoi.gateway.inbound import Allowance
from svoi.gateway.totals import Before, RunningTotal

PER_SECOND = 5.0
BURST = 10.0
SHOW_MAX = 1_000  # of one viewer and one show: more than a hand gives of joy, and no total is made by one
PACED_MAX = 20_000


@dataclass(frozen=True, slots=True)
class Reacted(Before):
    """All reactions of the show so far, and how many those gave who gave many."""

    given: Mapping[str, int] = field(default_factory=dict)


class Reactions(RunningTotal):
    """Totals only grow; they go on from those of an earlier life."""

    def __init__(self, before: Reacted | None = None) -> None:
        super().__init__(before)
        self._given = dict(before.given) if before else {}
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
