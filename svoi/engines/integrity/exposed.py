"""What was shown explains who came: facts an exposure brought, and how many actors one may bring after it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from svoi.engines.integrity.columns import Pairs
from svoi.engines.integrity.compiled import compiled
from svoi.engines.integrity.facts import Exposures, Facts, Floats, Ints

SOON_S, LATE_S = 2 * 3600.0, 86_400.0
RESPONSE_SOON, RESPONSE_LATE = 0.3, 0.05  # of those reached: generous on purpose, so that a raid explains itself


def brought(facts: Facts, exposures: Exposures) -> npt.NDArray[np.bool_]:
    """Facts that name an exposure which others of the same target and verb name too, shape (n,).

    An exposure that more accounts name than it reached explains nothing: its link was handed on. One that the table of
    exposures does not have explains itself.
    """
    result = np.zeros(len(facts), dtype=np.bool_)
    if facts.exposure is None or not len(facts):
        return result
    shown = np.flatnonzero(facts.exposure >= 0)
    pair = np.stack((facts.exposure[shown], facts.actor[shown]), axis=1)
    if not len(pair):
        return result
    distinct = np.unique(pair, axis=0)[:, 0]
    ids, actors_n = np.unique(distinct, return_counts=True)
    reach = _reach_of(ids, exposures)
    is_believed = actors_n <= reach
    place = np.searchsorted(ids, facts.exposure[shown])
    result[shown] = is_believed[place] & (actors_n[place] > 1)
    return result


def _reach_of(ids: Ints, exposures: Exposures) -> Floats:
    reach = np.full(len(ids), np.inf)
    if len(exposures):
        known, at = np.unique(exposures.exposure, return_inverse=True)
        total = np.bincount(at.reshape(-1), weights=exposures.reach_n.astype(np.float64))
        place = np.clip(np.searchsorted(known, ids), 0, len(known) - 1)
        reach = np.where(known[place] == ids, total[place], np.inf)
    return reach


def explained_by(pairs: Pairs, exposures: Exposures) -> Floats:
    """For each row how many actors exposures of its target in the day before would have brought, shape (rows,)."""
    explained = np.zeros(len(pairs))
    if not len(exposures) or not len(pairs):
        return explained
    target = pairs.item_target[pairs.item].astype(np.int64)
    order = np.argsort(target, kind="stable")
    starts = np.searchsorted(target[order], np.arange(len(pairs.targets) + 1))
    place = np.clip(np.searchsorted(pairs.targets, exposures.target), 0, len(pairs.targets) - 1)
    is_known = pairs.targets[place] == exposures.target
    _explain(
        pairs.at_s,
        order,
        starts.astype(np.int64),
        place[is_known].astype(np.int64),
        exposures.at_s[is_known],
        exposures.reach_n[is_known].astype(np.float64),
        explained,
    )
    return explained


@compiled
def _explain(
    at_s: Floats, order: Ints, starts: Ints, targets: Ints, shown_s: Floats, reach: Floats, explained: Floats
) -> None:
    """Each fact takes the strongest exposure of its target in the day before it; both are in time order."""
    for shown in range(len(targets)):
        rows = order[starts[targets[shown]] : starts[targets[shown] + 1]]
        first = np.searchsorted(at_s[rows], shown_s[shown])
        for place in range(first, len(rows)):
            since = at_s[rows[place]] - shown_s[shown]
            if since > LATE_S:
                break
            response = RESPONSE_SOON if since <= SOON_S else RESPONSE_LATE
            explained[rows[place]] = max(explained[rows[place]], response * reach[shown])
