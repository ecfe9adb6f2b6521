"""Shared devices and payments: how much more of them a set of accounts shares than accounts do elsewhere.

Networks are no evidence here: an office, a dormitory or a carrier puts hundreds of honest people behind one address.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from svoi.engines.integrity.facts import Facts, Floats, Ints

KINDS = ("device", "payment")
RATE_LEAST = 0.02  # accounts that share by chance or by family, where the data show fewer
FAMILY = 7  # accounts that a household may be
_SHARED_LEAST = 2


@dataclass(frozen=True, slots=True)
class Sharing:
    """Among `accounts`: how many share a trace with another of them, on how many traces, the expectation, nats.

    `members` are the places of those who share.
    """

    kind: str
    accounts: int
    sharing: int
    traces: int
    expected: float
    nats: float
    members: Ints


@dataclass(frozen=True, slots=True)
class Traces:
    """Traces of accounts: those of the account at place a are `trace[starts[a]:starts[a + 1]]`; `users` by trace."""

    kind: str
    starts: Ints
    trace: Ints
    users: Ints
    population: int


def traces_of(facts: Facts, kind: str, actors: Ints) -> Traces | None:
    """By place in `actors` (sorted, all of the table); None where there is no such column, or nothing in it."""
    column: Ints | None = getattr(facts, kind)
    if column is None or not (column >= 0).any():
        return None
    has = column >= 0
    _, trace = np.unique(column[has], return_inverse=True)
    trace = trace.reshape(-1).astype(np.int64)
    n_traces = int(trace.max()) + 1
    pairs = np.unique(np.searchsorted(actors, facts.actor[has]) * n_traces + trace)
    account, trace = pairs // n_traces, pairs % n_traces
    starts = np.searchsorted(account, np.arange(len(actors) + 1)).astype(np.int64)
    return Traces(kind, starts, trace, np.bincount(trace, minlength=n_traces), len(np.unique(account)))


def sharing_among(traces: Traces, accounts: Ints) -> Sharing:
    """What accounts (places) share among themselves, beyond traces that accounts outside share as well.

    Second users of a trace are counted against a geometric law (sharing comes in clumps, as families do).
    """
    n_each = traces.starts[accounts + 1] - traces.starts[accounts]
    owner = np.repeat(accounts, n_each)
    first = np.repeat(traces.starts[accounts] - np.concatenate(([0], np.cumsum(n_each)[:-1])), n_each)
    held = traces.trace[first + np.arange(len(owner))]
    trace, place, here = np.unique(held, return_inverse=True, return_counts=True)
    usual = len(accounts) * (traces.users[trace] - here + 0.1) / max(1, traces.population)
    is_shared = (here >= _SHARED_LEAST) & (_surprise(here, usual) > 1.0)
    members = np.unique(owner[is_shared[place.reshape(-1)]])
    second = max(0, len(members) - int(is_shared.sum()))
    expected = max(RATE_LEAST * len(accounts), 1e-9)
    nats = max(0.0, -(second * math.log(expected / (1 + expected))) - math.log1p(expected)) if second else 0.0
    return Sharing(traces.kind, len(accounts), len(members), int(is_shared.sum()), expected, nats, members)


def part_on_one(traces: Traces, accounts: Ints) -> float:
    """The largest part of the accounts (places) that uses one and the same trace."""
    held = np.concatenate([traces.trace[traces.starts[one] : traces.starts[one + 1]] for one in accounts])
    return float(np.bincount(held).max() / len(accounts)) if len(held) else 0.0


def _surprise(n: npt.NDArray[np.int64], expected: Floats) -> Floats:
    return np.where(n > expected, n * np.log(np.maximum(n, 1) / expected) - (n - expected), 0.0)
