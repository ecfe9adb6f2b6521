"""Augmenting paths: the flow behind `capacity`, one claim after another, each by shortest paths from the seeds.

Distance labels stay valid from claim to claim, because a claim adds an arc at the far end only; so an account that
nothing can reach any more is found out once. Ahuja and Orlin, "Distance-directed augmenting path algorithms" (1991),
walked backwards, from the claim to the seeds. Labels are lower bounds of the distance from the root above all seeds.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from svoi.engines.standing.labels import distances, relabel

Amounts = NDArray[np.int64]
GONE, STALE = -1, -2
FRESH = 1  # label raises an account between two looks at all distances


def serve(
    seeds: Amounts, tails: Amounts, tips: Amounts, limits: Amounts, accounts: Amounts, demands: Amounts
) -> Amounts:
    """What each claim gets, served in the order given; edges lead from `tails` to `tips`, each pair at most once."""
    starts, ends, mates, room = _arcs_by_account(tails, tips, limits, len(seeds))
    return np.asarray(_serve(seeds.copy(), starts, ends, mates, room, accounts, demands), dtype=np.int64)


def _arcs_by_account(
    tails: Amounts, tips: Amounts, limits: Amounts, accounts: int
) -> tuple[Amounts, Amounts, Amounts, Amounts]:
    """Two arcs an edge, one at either account, those of account a in places starts[a] to starts[a + 1].

    An arc has the account at its other end, its mate's place there, and the room for flow from there to here.
    """
    here, there = np.concatenate([tips, tails]), np.concatenate([tails, tips])
    starts = np.zeros(accounts + 1, dtype=np.int64)
    np.cumsum(np.bincount(here, minlength=accounts), out=starts[1:])
    order = np.argsort(here, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    mates = place[(order + len(tails)) % max(len(order), 1)]
    return starts, there[order], mates, np.concatenate([limits, np.zeros_like(limits)])[order]


@numba.njit(cache=True)
def _serve(seeds, starts, ends, mates, room, accounts, demands):  # type: ignore[no-untyped-def]  # pragma: no cover
    n = len(seeds)
    label, shelves = distances(seeds, starts, ends, mates, room)
    current, path = starts[:-1].copy(), np.empty(n + 1, dtype=np.int64)
    got, supply = np.zeros(len(accounts), dtype=np.int64), seeds.sum()
    for claim in range(len(accounts)):
        left = demands[claim]
        while left > 0 and supply > 0:
            steps = _walk(accounts[claim], seeds, starts, ends, mates, room, label, shelves, current, path)
            if steps == GONE:
                break
            if steps == STALE:
                label[:], shelves[:] = distances(seeds, starts, ends, mates, room)
                current[:] = starts[:-1]
                continue
            origin = accounts[claim]
            amount = left
            for step in range(steps):
                amount = min(amount, room[path[step]])
                origin = ends[path[step]]
            amount = min(amount, seeds[origin])
            seeds[origin] -= amount
            for step in range(steps):
                room[path[step]] -= amount
                room[mates[path[step]]] += amount
            left -= amount
            supply -= amount
        got[claim] = demands[claim] - left
    return got


@numba.njit(cache=True)
def _walk(  # type: ignore[no-untyped-def]  # pragma: no cover
    account, seeds, starts, ends, mates, room, label, shelves, current, path
):
    """Fill `path` with arcs from the account back to one with seed capacity left; their number, or GONE for no way.

    STALE where labels have been raised so often that finding all distances anew is cheaper.
    """
    n, at, steps = len(seeds), account, 0
    while label[account] <= n:
        if label[at] == 1 and seeds[at] > 0:
            return steps
        advanced = False
        while current[at] < starts[at + 1]:
            arc = current[at]
            if room[arc] > 0 and label[ends[arc]] == label[at] - 1 and label[at] > 1:
                path[steps] = arc
                steps += 1
                at = ends[arc]
                advanced = True
                break
            current[at] += 1
        if not advanced:
            relabel(at, seeds, starts, ends, mates, room, label, shelves)
            current[at] = starts[at]
            if shelves[3, 1] > FRESH * n:
                return STALE
            if steps > 0:
                steps -= 1
                at = ends[mates[path[steps]]]
    return GONE
