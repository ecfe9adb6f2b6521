"""Regions: accounts that all trust reaches through one and the same edge, and that are one account to the house.

Behind one outside edge there may be a hundred people or one person with a hundred accounts; nobody can tell. So what
they credit each other proves nothing, and only what others confirm counts, until a second edge or a seed among them.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from svoi.engines.standing.capacity import Vouches

Amounts = NDArray[np.int64]
FREE = -1


def regions(vouches: Vouches) -> Amounts:
    """(n,) for every account the first account of its region, or FREE: a seed, reached by two ways, or not at all.

    The edge is the one nearest to the seeds without which nothing reaches the account. Edges that all ways pass are
    read off the dominator tree (Lengauer and Tarjan 1979): an edge into v is such a one, if every other edge into v
    comes from behind v.
    """
    n = len(vouches.seeds)
    tails, tips, _ = vouches.edges()
    outer = vouches.seeds[tips] == 0  # all seeds are the root, 0; what leads into it does not matter
    tails = np.where(vouches.seeds[tails] > 0, 0, tails + 1)[outer]
    tips = tips[outer] + 1
    order_out, order_in = np.argsort(tails, kind="stable"), np.argsort(tips, kind="stable")
    found = _regions(_starts(tails, n), tips[order_out], _starts(tips, n), tails[order_in])
    return np.asarray(np.where(found[1:] > 0, found[1:] - 1, FREE), dtype=np.int64)


def is_outside(region: Amounts, givers: Amounts, takers: Amounts) -> NDArray[np.bool_]:
    """Which credits count: those that do not stay within one region."""
    return np.asarray((region[givers] == FREE) | (region[givers] != region[takers]), dtype=np.bool_)


def _starts(ends: Amounts, accounts: int) -> Amounts:
    return np.concatenate([[0], np.cumsum(np.bincount(ends, minlength=accounts + 1))]).astype(np.int64)


@numba.njit(cache=True)
def _regions(starts_out, tips, starts_in, tails):  # type: ignore[no-untyped-def]  # pragma: no cover
    """0 or the first account of the region, for the root and each account after it."""
    order, rank = _postorder(starts_out, tips)
    parent = _dominators(order, rank, starts_in, tails)
    opened, closed = _spans(order, parent)
    found = np.zeros(len(rank), dtype=np.int64)
    for place in range(len(order) - 2, -1, -1):
        at = order[place]
        if found[parent[at]] > 0:
            found[at] = found[parent[at]]
            continue
        ways = 0
        for edge in range(starts_in[at], starts_in[at + 1]):
            tail = tails[edge]
            ways += rank[tail] >= 0 and not (opened[at] <= opened[tail] < closed[at])
        if ways == 1:
            found[at] = at
    return found


@numba.njit(cache=True)
def _postorder(starts_out, tips):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Whom the root reaches, last visited last; and each one's place there, -1 for nobody's."""
    n = len(starts_out) - 1
    order, rank, stack = np.empty(n, np.int64), np.full(n, -1, np.int64), np.empty(n, np.int64)
    current, seen = starts_out[:-1].copy(), np.zeros(n, np.bool_)
    seen[0], stack[0], depth, count = True, 0, 1, 0
    while depth > 0:
        at = stack[depth - 1]
        if current[at] == starts_out[at + 1]:
            order[count], rank[at] = at, count
            count += 1
            depth -= 1
            continue
        tip = tips[current[at]]
        current[at] += 1
        if not seen[tip]:
            seen[tip], stack[depth] = True, tip
            depth += 1
    return order[:count], rank


@numba.njit(cache=True)
def _dominators(order, rank, starts_in, tails):  # type: ignore[no-untyped-def]  # pragma: no cover
    """The nearest account that all ways to an account pass (Cooper, Harvey and Kennedy 2001); the root's own is 0."""
    parent = np.full(len(rank), -1, dtype=np.int64)
    parent[0], changed = 0, True
    while changed:
        changed = False
        for place in range(len(order) - 2, -1, -1):
            at, meeting = order[place], -1
            for edge in range(starts_in[at], starts_in[at + 1]):
                tail = tails[edge]
                if parent[tail] < 0:
                    continue
                if meeting < 0:
                    meeting = tail
                while meeting != tail:
                    if rank[meeting] < rank[tail]:
                        meeting = parent[meeting]
                    else:
                        tail = parent[tail]
            if parent[at] != meeting:
                parent[at], changed = meeting, True
    return parent


@numba.njit(cache=True)
def _spans(order, parent):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Numbers by which "b is behind a" is opened[a] <= opened[b] < closed[a] in the dominator tree.

    A dominator comes later in postorder than what it dominates, so sizes are added up on the way.
    """
    n = len(parent)
    size, opened, used = np.ones(n, np.int64), np.zeros(n, np.int64), np.ones(n, np.int64)
    for at in order[:-1]:
        size[parent[at]] += size[at]
    for place in range(len(order) - 2, -1, -1):
        at = order[place]
        opened[at] = opened[parent[at]] + used[parent[at]]
        used[parent[at]] += size[at]
    return opened, opened + size
