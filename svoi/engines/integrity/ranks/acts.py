"""The facts as the ranking walks over them: accounts and targets by place, in one order whatever order they came in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from svoi.engines.integrity.facts import NONE, Facts

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]

_Number = TypeVar("_Number", np.int64, np.float64)


@dataclass(frozen=True, slots=True)
class Acts:
    """Facts by (moment, actor, target, verb). `who` and `what` are places in `accounts` and `targets`, shape (n,)."""

    accounts: Ints
    targets: Ints
    who: Ints
    what: Ints
    verb: Ints
    verbs: tuple[str | int, ...]
    at_s: Floats
    exposure: Ints

    @property
    def by_account(self) -> Ints:
        """How many facts each account has."""
        return np.bincount(self.who, minlength=len(self.accounts))

    @property
    def by_target(self) -> Ints:
        """How many facts each target has."""
        return np.bincount(self.what, minlength=len(self.targets))

    def mean_of(self, values: Floats) -> Floats:
        """The mean of a value over the facts of each account."""
        return np.bincount(self.who, values, minlength=len(self.accounts)) / self.by_account


def order_acts(facts: Facts) -> Acts:
    """Ties of the clock are put into one order, so that the order of rows cannot change a score."""
    order = np.lexsort((facts.verb, facts.target, facts.actor, facts.at_s))
    accounts, who = np.unique(facts.actor[order], return_inverse=True)
    targets, what = np.unique(facts.target[order], return_inverse=True)
    shown = np.full(len(order), NONE, dtype=np.int64) if facts.exposure is None else facts.exposure[order]
    at_s = facts.at_s[order]
    begin = at_s[0] if len(at_s) else 0.0
    verb = facts.verb[order].astype(np.int64)
    return Acts(accounts, targets, who.reshape(-1), what.reshape(-1), verb, facts.verbs, at_s - begin, shown)


def within(places: Ints, at_s: Floats, reach_s: float) -> Ints:
    """For each fact, how many facts of the same place lie within `reach_s` before and after it, itself included."""
    spread_s = float(at_s.max(initial=0.0)) + 3 * reach_s  # one number holds a place and a moment, places apart
    line = places * spread_s + at_s
    ordered = np.sort(line)
    ahead = np.searchsorted(ordered, line + reach_s, side="right")
    behind = np.searchsorted(ordered, line - reach_s, side="left")
    return ahead - behind


def distinct(values: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """Sorted distinct values; numpy's own asks a hash table first, which takes ten times as long for many of them."""
    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered


def standing_of(values: Floats) -> Floats:
    """Ranks from -1 (least) to +1 (most), ties in the middle of their places: all equal gives zeros."""
    _, place, times = np.unique(np.round(values, 9), return_inverse=True, return_counts=True)
    below = np.cumsum(times) - times
    middle = below + times / 2
    return np.asarray(2 * middle[place.reshape(-1)] / len(values) - 1)
