"""Reviewers' fairness, products' goodness and ratings' reliability, each defined by the other two.

REV2 (Kumar et al., WSDM 2018): a fair reviewer gives reliable ratings; a reliable rating is near the goodness of its
product; a good product has reliable high ratings. Cold starts are priors worth a few ratings, and behaviour (BIRDNEST)
enters as pretended ratings. Rooms weigh reviews on verified orders by it; it says nothing about guilt.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

ROUNDS_MAX = 200
STILL = 1e-7


@dataclass(frozen=True, slots=True)
class FairnessPriors:
    """How many ratings each prior is worth: fairness of a new reviewer, goodness of a new product, behaviour of both;
    and the weight of the reviewer against that of agreement in a rating's reliability. REV2's alpha, beta and gamma."""

    reviewer: float = 1.0
    product: float = 1.0
    reviewer_behaviour: float = 1.0
    product_behaviour: float = 1.0
    who: float = 1.0
    agreement: float = 1.0

    def __post_init__(self) -> None:
        """Raises ValueError for a weight below nought, or where reliability would have none at all."""
        weights = (self.reviewer, self.product, self.reviewer_behaviour, self.product_behaviour)
        if min(*weights, self.who, self.agreement) < 0 or self.who + self.agreement <= 0:
            raise ValueError("weights of fairness are not below nought, and a rating has some")


@dataclass(frozen=True, slots=True)
class Fairness:
    """`reviewers` and `products` ascending with `fairness` in [0, 1] and `goodness` in [-1, 1] of the same shapes;
    `reliability` in [0, 1] in the order of the ratings given."""

    reviewers: Ints
    fairness: Floats
    products: Ints
    goodness: Floats
    reliability: Floats


def fairness_of(
    reviewer: npt.ArrayLike,
    product: npt.ArrayLike,
    rating: npt.ArrayLike,
    *,
    normal: npt.ArrayLike | None = None,
    product_normal: npt.ArrayLike | None = None,
    priors: FairnessPriors | None = None,
) -> Fairness:
    """From ratings in [-1, 1], shape (ratings,) each. Raises ValueError.

    `normal` (shape of the distinct reviewers, ascending) and `product_normal` in [0, 1] say how usual their timing and
    their distribution of ratings are; without them behaviour has no weight. Means of all stand in for newcomers, so a
    new reviewer is neither fair nor unfair. The rounds converge (REV2, theorem 1): each shrinks every difference by
    who / (who + agreement) plus a part of the rest.
    """
    marks = np.asarray(rating, dtype=np.float64).reshape(-1)
    reviewers, who = np.unique(np.asarray(reviewer, dtype=np.int64).reshape(-1), return_inverse=True)
    products, what = np.unique(np.asarray(product, dtype=np.int64).reshape(-1), return_inverse=True)
    if not len(marks) == len(who) == len(what):
        raise ValueError(f"{len(who)} reviewers, {len(what)} products and {len(marks)} ratings")
    if len(marks) and not (np.isfinite(marks).all() and float(np.abs(marks).max()) <= 1.0):
        raise ValueError("a rating is outside -1 to 1")
    priors = priors or FairnessPriors()
    usual, usual_product = _behaviour(normal, len(reviewers)), _behaviour(product_normal, len(products))
    alpha = priors.reviewer_behaviour if usual is not None else 0.0
    beta = priors.product_behaviour if usual_product is not None else 0.0
    given, got = np.bincount(who, minlength=len(reviewers)), np.bincount(what, minlength=len(products))
    fair, reliable = np.ones(len(reviewers)), np.ones(len(marks))
    # behaviour speaks of goodness on its own scale, -1 to 1
    hint = alpha * usual if usual is not None else 0.0
    product_hint = beta * (2 * usual_product - 1) if usual_product is not None else 0.0
    good = np.zeros(len(products))
    for _ in range(ROUNDS_MAX):
        total = np.bincount(what, reliable * marks, minlength=len(products))
        mean_good = float(total.sum() / max(float(reliable.sum()), 1e-12))
        good = (priors.product * mean_good + product_hint + total) / np.maximum(priors.product + beta + got, 1e-12)
        before = reliable
        agree = 1 - np.abs(marks - good[what]) / 2
        reliable = (priors.who * fair[who] + priors.agreement * agree) / (priors.who + priors.agreement)
        mean_fair = float(reliable.mean()) if len(reliable) else 1.0
        earned = np.bincount(who, reliable, minlength=len(reviewers))
        fair = (priors.reviewer * mean_fair + hint + earned) / np.maximum(priors.reviewer + alpha + given, 1e-12)
        if not len(marks) or float(np.abs(reliable - before).max()) < STILL:
            break
    return Fairness(reviewers, np.asarray(fair), products, np.asarray(good), np.asarray(reliable))


def _behaviour(values: npt.ArrayLike | None, length: int) -> Floats | None:
    if values is None:
        return None
    usual = np.asarray(values, dtype=np.float64).reshape(-1)
    if len(usual) != length or (length and not (float(usual.min()) >= 0.0 and float(usual.max()) <= 1.0)):
        raise ValueError(f"behaviour of {length} in [0, 1] is wanted, {len(usual)} came")
    return usual
