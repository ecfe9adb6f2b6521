"""What speaks for a group, as data: counts, expectation, window, what was accounted for, and families in nats."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from svoi.engines.integrity.bursts import Burst
from svoi.engines.integrity.columns import Pairs
from svoi.engines.integrity.lockstep import Lockstep
from svoi.engines.integrity.traces import Sharing

FAMILY_MAX = 3.0  # nats that one family may bring into a score
_SHARED_SPAN = 1.5  # windows that lie within so many of the longest are one window


@dataclass(frozen=True, slots=True)
class Trace:
    """Accounts that share devices or payments (`kind`) among the members: how many, on how many, how many expected."""

    kind: str
    accounts: int
    traces: int
    expected: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts of a group. `observed` and `expected` are coincidences: (account, target) hits inside the windows.

    `window_s` is how long a usual window lasts; `is_one_window` says that it is the same for all targets. `verbs` are
    those of the columns. `accounted` names what the expectation already holds: "activity", "popularity", "exposures".
    `families` are (name, nats) as measured; `capped` cuts each at FAMILY_MAX for a score that adds families up.
    """

    accounts: int
    targets: int
    observed: int
    expected: float
    window_s: float
    is_one_window: bool
    verbs: tuple[str | int, ...]
    accounted: tuple[str, ...]
    families: tuple[tuple[str, float], ...]
    traces: tuple[Trace, ...]
    by_chance: float

    @property
    def capped(self) -> tuple[tuple[str, float], ...]:
        """Families, each at most FAMILY_MAX nats."""
        return tuple((name, min(FAMILY_MAX, nats)) for name, nats in self.families)


def evidence_of_lockstep(
    pairs: Pairs,
    group: Lockstep,
    *,
    verbs: tuple[str | int, ...],
    sharing: list[Sharing],
    accounted: tuple[str, ...],
    by_chance: float,
) -> Evidence:
    """Evidence of a group that hits several targets together."""
    columns = group.columns
    lasts = columns.end_s - columns.begin_s
    span_s = float(columns.end_s.max() - columns.begin_s.min())
    is_one = span_s <= _SHARED_SPAN * float(lasts.max())
    return Evidence(
        accounts=len(group.members),
        targets=len(np.unique(pairs.item_target[columns.items])),
        observed=int(group.hits.sum()),
        expected=float(group.expected.sum()),
        window_s=span_s if is_one else float(np.median(lasts)),
        is_one_window=is_one,
        verbs=tuple(verbs[code] for code in np.unique(pairs.item_verb[columns.items])),
        accounted=accounted,
        families=(("time", group.score), *((one.kind, one.nats) for one in sharing)),
        traces=_traces(sharing),
        by_chance=by_chance,
    )


def evidence_of_burst(
    pairs: Pairs, burst: Burst, *, verbs: tuple[str | int, ...], accounted: tuple[str, ...]
) -> Evidence:
    """Evidence of a crowd at one target that shares devices or payments."""
    time = (("time", burst.time_nats),) if burst.time_nats > 0 else ()
    return Evidence(
        accounts=len(burst.accounts),
        targets=1,
        observed=len(burst.accounts),
        expected=burst.expected,
        window_s=burst.end_s - burst.begin_s,
        is_one_window=True,
        verbs=(verbs[int(pairs.item_verb[burst.item])],),
        accounted=accounted,
        families=(*time, *((one.kind, one.nats) for one in burst.sharing)),
        traces=_traces(burst.sharing),
        by_chance=0.0,
    )


def _traces(sharing: list[Sharing] | tuple[Sharing, ...]) -> tuple[Trace, ...]:
    return tuple(Trace(one.kind, one.sharing, one.traces, one.expected) for one in sharing if one.nats > 0)
