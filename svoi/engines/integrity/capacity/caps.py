"""How much an account may be believed at most: credit handed out from the seeds, link by link, never more than it took.

In the manner of Advogato (Levien, 2003) and of tickets in SumUp (Tran et al., NSDI 2009): accounts stand in levels by
their distance from the seeds, and what one does not need itself it hands on in equal parts.
"""

from __future__ import annotations

import numpy as np

from svoi.engines.integrity.capacity.graph import Floats, Graph, Ints

ONE_ACCOUNT = 1.0


def caps_of(graph: Graph, *, per_link: float = ONE_ACCOUNT) -> Floats:
    """A cap in [0, 1] for each account, shape (accounts,); 1 for the seeds.

    No link carries more than `per_link`, and no account hands on what it did not get. So whatever stands behind k links
    has k x `per_link` together at most, be it one account or a million.
    """
    levels = _levels(graph)
    first, second = graph.ends
    onward = levels[second] == levels[first] + 1
    first, second = first[onward], second[onward]
    heirs = np.bincount(first, minlength=len(levels))
    got = np.zeros(len(levels))
    got[graph.seeds] = np.inf
    for level in range(int(levels.max(initial=0))):
        here = levels[first] == level
        spare = np.maximum(got[first[here]] - ONE_ACCOUNT, 0.0) / heirs[first[here]]
        got += np.bincount(second[here], np.minimum(spare, per_link), minlength=len(levels))
    return np.minimum(got, ONE_ACCOUNT)


def _levels(graph: Graph) -> Ints:
    """Distance from the nearest seed; -2 where no seed reaches (one less than any level that leads on)."""
    levels = np.full(len(graph.accounts), -2, dtype=np.int64)
    levels[graph.seeds] = 0
    fresh, level = graph.seeds, 0
    while len(fresh):
        level += 1
        around = np.unique(graph.matrix[fresh].indices)
        fresh = around[levels[around] == -2]
        levels[fresh] = level
    return levels
