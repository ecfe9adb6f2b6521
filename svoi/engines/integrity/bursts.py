"""One target, many accounts at once: no lockstep to see, so shared devices or payments must speak beside the burst."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from svoi.engines.integrity.columns import Pairs
from svoi.engines.integrity.facts import Floats, Ints
from svoi.engines.integrity.sweep import DAY_S, HOUR_S
from svoi.engines.integrity.traces import FAMILY, Sharing, Traces, sharing_among

WIDTHS_S = (HOUR_S, DAY_S, 7 * DAY_S, math.inf)
RATE_LEAST = 0.05
FAMILIES_LEAST = 2
NATS_LEAST = 7.0  # of each family: one in a thousand


@dataclass(frozen=True, slots=True)
class Burst:
    """Accounts (places) that share traces inside one window of one item; nats of the burst itself (0 without a window).

    `expected` accounts would have come; `tested` crowds were looked at.
    """

    item: int
    begin_s: float
    end_s: float
    accounts: Ints
    expected: float
    time_nats: float
    sharing: tuple[Sharing, ...]
    tested: int

    @property
    def nats(self) -> float:
        """All families together."""
        return self.time_nats + sum(one.nats for one in self.sharing)

    @property
    def p_value(self) -> float:
        """Chance of families as strong, by Fisher's product of the two strongest."""
        strongest = sorted((self.time_nats, *(one.nats for one in self.sharing)))[-2:]
        total = sum(strongest)
        return math.exp(-total) * (1 + total)


def bursts_of(pairs: Pairs, explained: Floats, traces: list[Traces]) -> list[Burst]:
    """Bursts with two families, strongest first; of overlapping ones only the strongest is kept."""
    found: list[Burst] = []
    tested = 0
    for width_s in WIDTHS_S if traces else ():
        for rows in _crowds(pairs, width_s):
            tested += 1
            burst = _burst(pairs, explained, traces, rows, width_s)
            if burst is not None:
                found.append(burst)
    chosen: list[Burst] = []
    taken: dict[int, set[int]] = {}
    for burst in sorted(found, key=lambda one: -one.nats):
        of_item, accounts = taken.setdefault(burst.item, set()), burst.accounts.tolist()
        if of_item.isdisjoint(accounts):
            of_item.update(accounts)
            chosen.append(burst)
    return [replace(burst, tested=tested) for burst in chosen]


def _crowds(pairs: Pairs, width_s: float) -> list[Ints]:
    """Rows of each (item, piece of time) in which more accounts than a household acted."""
    if not len(pairs):
        return []
    begin = float(pairs.at_s[0])
    bucket = np.zeros(len(pairs), dtype=np.int64)
    if math.isfinite(width_s):
        bucket = np.floor((pairs.at_s - begin) / width_s).astype(np.int64)
    key = pairs.item * (bucket.max() + 1) + bucket
    order = np.argsort(key, kind="stable")
    edges = np.flatnonzero(np.diff(key[order])) + 1
    return [
        rows for rows in np.split(order, edges) if len(rows) > FAMILY and len(np.unique(pairs.actor[rows])) > FAMILY
    ]


def _burst(pairs: Pairs, explained: Floats, traces: list[Traces], rows: Ints, width_s: float) -> Burst | None:
    accounts = np.unique(pairs.actor[rows]).astype(np.int64)
    sharing = [sharing_among(one, accounts) for one in traces]
    strong = tuple(one for one in sharing if one.nats >= NATS_LEAST and one.sharing > FAMILY)
    if not strong:
        return None
    members = np.unique(np.concatenate([one.members for one in strong]))
    own = rows[np.isin(pairs.actor[rows], members)]
    expected, nats = _time_surprise(pairs, explained, own, len(members), width_s)
    if nats < NATS_LEAST and len(strong) < FAMILIES_LEAST:
        return None
    return Burst(
        int(pairs.item[rows[0]]),
        float(pairs.at_s[own].min()),
        float(pairs.at_s[own].max()),
        members,
        expected,
        nats,
        strong,
        0,
    )


def _time_surprise(pairs: Pairs, explained: Floats, rows: Ints, members: int, width_s: float) -> tuple[float, float]:
    """Accounts expected in the window by the item's own rate, activity and exposures; nats by a geometric law."""
    item = int(pairs.item[rows[0]])
    n_item = int(pairs.item_starts[item + 1] - pairs.item_starts[item])
    if not math.isfinite(width_s):
        return float(n_item), 0.0
    begin, end = float(pairs.at_s[rows].min()), float(pairs.at_s[rows].max())
    around = np.searchsorted(pairs.at_s, end, side="right") - np.searchsorted(pairs.at_s, begin)
    others = max(0, n_item - len(rows)) + 0.5
    outside = max(1, len(pairs) - len(rows))
    expected = max(RATE_LEAST, float((around - len(rows)) * others / outside))
    expected = max(expected, others * (end - begin) / max(1.0, float(pairs.at_s[-1] - pairs.at_s[0])))
    expected += float(explained[rows].max(initial=0.0))
    if members <= expected:
        return expected, 0.0
    return expected, max(0.0, -(members * math.log(expected / (1 + expected))) - math.log1p(expected))
