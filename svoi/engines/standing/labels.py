"""Distance labels: lower bounds of how far accounts are from the seeds, and the shelves that find the unreachable."""

from __future__ import annotations

import numba
import numpy as np


@numba.njit(cache=True)
def distances(seeds, starts, ends, mates, room):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Exact labels at the beginning, breadth first: 1 for seeds, n + 1 for who cannot be reached.

    And the shelves, (4, n + 2): the first account of each label, the one before and after each account on its shelf,
    the highest label in use, and how often labels were raised since.
    """
    n = len(seeds)
    label = np.full(n, n + 1, dtype=np.int64)
    shelves = np.full((4, n + 2), -1, dtype=np.int64)
    shelves[3, 1] = 0
    queue = np.empty(n, dtype=np.int64)
    last = 0
    for account in range(n):
        if seeds[account] > 0:
            label[account] = 1
            queue[last] = account
            last += 1
    first = 0
    while first < last:
        at = queue[first]
        first += 1
        if shelves[0, label[at]] >= 0:
            shelves[1, shelves[0, label[at]]] = at
        shelves[2, at] = shelves[0, label[at]]
        shelves[0, label[at]] = at
        shelves[3, 0] = label[at]
        for arc in range(starts[at], starts[at + 1]):
            if room[mates[arc]] > 0 and label[ends[arc]] > n:
                label[ends[arc]] = label[at] + 1
                queue[last] = ends[arc]
                last += 1
    return label, shelves


@numba.njit(cache=True)
def relabel(at, seeds, starts, ends, mates, room, label, shelves):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Raise an account's label to one more than the nearest account with room to it; to n + 1 if none can reach it.

    Where it was the last of its label, nothing with a higher one can be reached any more, and is dead at once (the gap
    heuristic of Cherkassky and Goldberg 1997): labels along a path from the root rise by one at most.
    """
    dead, old = len(seeds) + 1, label[at]
    shelves[3, 1] += 1
    nearest = dead
    for arc in range(starts[at], starts[at + 1]):
        if room[arc] > 0:
            nearest = min(nearest, label[ends[arc]] + 1)
    _move(at, nearest, label, shelves)
    if shelves[0, old] < 0:
        above = old + 1
        while above < dead and above <= shelves[3, 0]:
            while shelves[0, above] >= 0:
                _move(shelves[0, above], dead, label, shelves)
            above += 1
        shelves[3, 0] = old


@numba.njit(cache=True)
def _move(account, to, label, shelves):  # type: ignore[no-untyped-def]  # pragma: no cover
    """From the shelf of its label to another one; the dead, n + 1, stand on none."""
    first, before, after, highest = shelves[0], shelves[1], shelves[2], shelves[3]
    if before[account] >= 0:
        after[before[account]] = after[account]
    else:
        first[label[account]] = after[account]
    if after[account] >= 0:
        before[after[account]] = before[account]
    label[account] = to
    if to < len(label) + 1:
        before[account], after[account] = -1, first[to]
        if first[to] >= 0:
            before[first[to]] = account
        first[to] = account
        highest[0] = max(highest[0], to)
