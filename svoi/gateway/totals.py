"""A total of one room, raw and weighed, with the reasons some of it counts for less; it only grows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from svoi.shows.rules.weighing import HALVES, shown_reasons

REMEMBERED_MAX = 1 << 15  # of those whose deeds weigh less


@dataclass(frozen=True, slots=True)
class Before:
    """What the show came to in an earlier life: how many, their weights in halves, and who weighs less (bit sets)."""

    raw: int = 0
    halves: int = 0
    seen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Total:
    """A total at one moment. `weighed` is what counts when the mode is live; `why` is {reason: viewers}."""

    raw: int = 0
    weighed: int = 0
    why: dict[str, int] = field(default_factory=dict)


class RunningTotal:
    """Goes on from an earlier life of this process."""

    def __init__(self, before: Before | None = None) -> None:
        before = before or Before()
        self.raw = before.raw
        self._halves = before.halves
        self._seen = dict(before.seen)
        self._people = Counter(self._seen.values())

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
    def now(self) -> Total:
        """The whole number of the sum of weights, never more than `raw`; each reason with its viewers."""
        return Total(self.raw, self._halves // 2, shown_reasons(+self._people) if self.raw else {})
