"""What chance would find: actors exchanged inside day and exposure, the best score of each exchange, and q-values.

Every target keeps its daily total and every actor her daily activity, so a busy day or a push explains itself. The
groups found are taken out first: a large attack is most of its day, and exchanged within it would still be itself.
The best scores of few exchanges give the place and width of a Gumbel law (maxima of light-tailed scores), whose tail
gives p; its width is never taken below WIDTH_LEAST, as scores in nats fall at least that slowly.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from svoi.engines.integrity.columns import Pairs, with_rows
from svoi.engines.integrity.facts import Floats, Ints
from svoi.engines.integrity.sweep import DAY_S, sweep

WIDTH_LEAST = 5.0
_EULER = 0.5772156649


def best_by_chance(
    pairs: Pairs, explained: Floats, exposure: Ints | None, dice: np.random.Generator, runs: int
) -> Floats:
    """The best score of each of `runs` exchanges, shape (runs,); 0 where nothing was found."""
    best = np.zeros(runs)
    stratum = _strata(pairs, exposure)
    everything = np.ones(len(pairs), dtype=np.bool_)
    for run in range(runs):
        actor = exchanged(pairs.actor, stratum, dice)
        found = sweep(with_rows(pairs, everything, actor), explained)
        best[run] = max((group.score for group in found), default=0.0)
    return best


def exchanged(actor: npt.NDArray[np.int32], stratum: Ints, dice: np.random.Generator) -> npt.NDArray[np.int32]:
    """Actors in another order inside each stratum."""
    order = np.argsort(stratum, kind="stable")
    mixed = np.lexsort((dice.random(len(stratum)), stratum))
    result = np.empty_like(actor)
    result[order] = actor[mixed]
    return result


def p_values(scores: Floats, by_chance: Floats) -> Floats:
    """Chance of a best score as high, by a Gumbel law fitted to the best scores by moments."""
    width = WIDTH_LEAST
    place = 0.0
    if len(by_chance):
        width = max(WIDTH_LEAST, float(by_chance.std()) * math.sqrt(6) / math.pi)
        place = float(by_chance.mean()) - _EULER * width
    return np.asarray(-np.expm1(-np.exp(np.clip(-(scores - max(0.0, place)) / width, -700, 50))))


def q_values(p: Floats) -> Floats:
    """Benjamini and Hochberg (1995): the least false discovery rate at which each is reported."""
    if not len(p):
        return p
    order = np.argsort(p)
    ranked = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum.accumulate(ranked[::-1])[::-1].clip(0, 1)
    return q


def _strata(pairs: Pairs, exposure: Ints | None) -> Ints:
    day = np.floor(pairs.at_s / DAY_S).astype(np.int64)
    if exposure is None:
        return day
    _, shown = np.unique(exposure[pairs.fact], return_inverse=True)
    _, stratum = np.unique(day * (int(shown.max(initial=0)) + 1) + shown.reshape(-1), return_inverse=True)
    return np.asarray(stratum.reshape(-1), dtype=np.int64)
