"""What accounts and sybils are ranked with elsewhere, plainly: REV2, SybilRank, SybilSCAR, and the number of facts."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from svoi.engines.integrity.fairness import FairnessPriors, fairness_of

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

GAP_BINS, RATING_BINS = 31, 21
PRIOR_COUNT = 5.0
SCAR_BELIEF = 0.1


def area_under_curve(suspicion: Floats, is_bad: npt.NDArray[np.bool_]) -> float:
    """The chance that a bad one stands above a good one; ties count half."""
    ranks = rankdata(suspicion)
    bad, good = int(is_bad.sum()), int((~is_bad).sum())
    return float((ranks[is_bad].sum() - bad * (bad + 1) / 2) / (bad * good))


def rev2(actor: Ints, target: Ints, rating: Floats, at_s: Floats) -> tuple[Ints, Floats]:
    """Reviewers and unfairness by REV2 with a behaviour term, summed over its grid of weights; no labels."""
    accounts, who = np.unique(actor, return_inverse=True)
    usual = 1 - rankdata(birdnest(who, rating, at_s)) / len(accounts)
    fair = np.zeros(len(accounts))
    for alpha, beta, behaviour, own, agreement in product((0, 1, 2), (0, 1, 2), (0, 1, 2), (1, 2), (0, 1, 2)):
        priors = FairnessPriors(alpha, beta, behaviour, 0.0, own, agreement)
        fair += fairness_of(actor, target, rating, normal=usual, priors=priors).fairness
    return accounts, -fair


def birdnest(who: Ints, rating: Floats, at_s: Floats) -> Floats:
    """Surprise of each account's gaps and ratings: divergence of a Dirichlet mean from everybody's (Hooi et al.)."""
    order = np.lexsort((at_s, who))
    own = np.diff(who[order]) == 0
    gap = np.clip(np.log2(np.maximum(np.diff(at_s[order])[own], 1.0)), 0, GAP_BINS - 1).astype(np.int64)
    mark = np.clip(np.rint((rating + 1) * 10), 0, RATING_BINS - 1).astype(np.int64)
    tables = np.zeros((who.max() + 1, GAP_BINS)), np.zeros((who.max() + 1, RATING_BINS))
    np.add.at(tables[0], (who[order][1:][own], gap), 1)
    np.add.at(tables[1], (who, mark), 1)
    return np.sum([_surprise(table) for table in tables], axis=0)


def _surprise(table: Floats) -> Floats:
    everybody = (table.sum(axis=0) + 1) / (table.sum() + table.shape[1])
    mine = (table + PRIOR_COUNT * everybody) / (table.sum(axis=1, keepdims=True) + PRIOR_COUNT)
    return np.asarray((mine * np.log(mine / everybody)).sum(axis=1))


def sybilrank(matrix: Any, seeds: Ints) -> Floats:
    """Cao et al., NSDI 2012: trust after log2(n) steps from good seeds, over the degree."""
    places = matrix.shape[0]
    degrees = np.maximum(np.asarray(matrix.sum(axis=1)).reshape(-1), 1.0)
    trust = np.zeros(places)
    trust[seeds] = places / len(seeds)
    for _ in range(int(np.ceil(np.log2(places)))):
        trust = matrix @ (trust / degrees)
    return np.asarray(trust / degrees)


def sybilscar(matrix: Any, good: Ints, bad: Ints) -> Floats:
    """Wang et al., INFOCOM 2017: p = q + 2 W p with one weight for every link, half over the mean degree, clipped.

    It is given bad seeds, too, as many as good ones.
    """
    places = matrix.shape[0]
    weight = 0.5 / float(matrix.sum() / places)
    prior = np.zeros(places)
    prior[good], prior[bad] = SCAR_BELIEF, -SCAR_BELIEF
    belief = prior
    for _ in range(int(np.ceil(np.log2(places)))):
        belief = np.clip(prior + 2 * weight * (matrix @ belief), -0.5, 0.5)
    return np.asarray(belief)
