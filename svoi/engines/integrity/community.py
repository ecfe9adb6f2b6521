"""People who belong together meet everywhere, not only at some targets: their likeness elsewhere is expected here too.

Elsewhere are the facts of the members on all other targets, of each no more than a LARGE_PART of the members would
make (a target that most of them share is rather more of the same group). Two facts of two members meet there so many
times more often than a fact of a member and one of the public. For strangers, however busy, this is about 1; for a
circle around one feed it is 4 to 14.
"""

from __future__ import annotations

import numpy as np

from svoi.engines.integrity.columns import Pairs
from svoi.engines.integrity.facts import Floats, Ints
from svoi.engines.integrity.lockstep import Lockstep

LIKENESS_FREE = 2.0  # of fellow shoppers in the same weeks
LIKENESS_MAX = 3.5  # from here on people are a circle, whatever they do together
PAIRS_PRIOR = 50.0  # meetings elsewhere below which likeness says little
LARGE_PART = 0.25


def likeness(pairs: Pairs, group: Lockstep) -> float:
    """How many times more often members meet elsewhere than a member meets the public; 1 where little is known."""
    n_items = len(pairs.item_verb)
    is_member = np.zeros(len(pairs.actors), dtype=np.bool_)
    is_member[group.members] = True
    rows = np.flatnonzero(is_member[pairs.actor])
    public = np.diff(pairs.item_starts) - np.bincount(pairs.item[rows], minlength=n_items)
    is_theirs = np.zeros(len(pairs.targets), dtype=np.bool_)
    is_theirs[pairs.item_target[group.columns.items]] = True
    rows = rows[~is_theirs[pairs.item_target[pairs.item[rows]]]]
    distinct: Ints = np.unique(pairs.actor[rows] * np.int64(n_items) + pairs.item[rows])
    own: Floats = np.bincount(distinct % n_items, minlength=n_items).astype(np.float64)
    own = np.minimum(own, max(2.0, LARGE_PART * len(group.members)))
    total, of_public = own.sum(), max(1, int(public[~is_theirs[pairs.item_target]].sum()))
    if total < 2:
        return 1.0
    met = float((own * (own - 1)).sum()) / 2
    usual = float((own * public).sum()) / of_public * (total - 1) / 2
    return float((met + PAIRS_PRIOR) / (usual + PAIRS_PRIOR))


def more_expected(pairs: Pairs, group: Lockstep) -> float:
    """How many times more hits are to be expected of such people, infinity for a circle.

    The square: what members like best is what a group was grown around, so likeness there exceeds likeness elsewhere.
    """
    times = likeness(pairs, group)
    return np.inf if times >= LIKENESS_MAX else max(1.0, times / LIKENESS_FREE) ** 2
