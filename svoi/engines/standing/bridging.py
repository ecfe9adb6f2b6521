"""Bridging: usefulness on which people agree who usually disagree; a circle that only praises its own earns nothing.

The model of Wojcik et al., "Birdwatch: Crowd Wisdom and Bridging Algorithms can Inform Understanding and Reduce the
Spread of Misinformation" (2022): rating = mean + leniency of the rater + intercept of the item + viewpoint of the rater
x viewpoint of the item, squared errors with a ridge five times as strong on intercepts as on viewpoints. What a
viewpoint explains is not credited to the item. Fitted by alternating least squares from a start without dice; sums run
in the order of sorted ratings, so the order of arrival does not matter.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from svoi.engines.standing.units import POINT

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

RIDGE_INTERCEPT, RIDGE_VIEWPOINT = 0.15, 0.03  # as published
FULL, NOTHING = 0.40, 0.20  # the published threshold of helpful; below half of it nothing, between them in proportion
BONUS_MAX = POINT  # a story that everybody values earns one point more
RATINGS_MIN = 5  # of an item; fewer say nothing about bridging
ROUNDS = 60


def intercepts(raters: Places, items: Places, ratings: Floats) -> Floats:
    """(items,) how useful each item is beyond viewpoints, about -1 to 1; `ratings` (k,) are 0 to 1.

    Raters and items are numbers from 0. Raises ValueError for ratings out of range or given twice.
    """
    order = np.lexsort((raters, items))
    raters, items, ratings = raters[order], items[order], ratings[order]
    if ((ratings < 0) | (ratings > 1)).any():
        raise ValueError("a rating is between 0 and 1")
    if ((np.diff(raters) == 0) & (np.diff(items) == 0)).any():
        raise ValueError("somebody rated an item twice")
    if not len(ratings):
        return np.zeros(0)
    people, things = int(raters.max()) + 1, int(items.max()) + 1
    lenient, view, side = np.zeros(people), np.zeros(people), _start(raters, items, ratings)
    useful, mean = np.zeros(things), 0.0
    for _ in range(ROUNDS):
        mean = float(np.mean(ratings - lenient[raters] - useful[items] - view[raters] * side[items]))
        lenient, view = _solved(raters, people, ratings - mean - useful[items], side[items])
        useful, side = _solved(items, things, ratings - mean - lenient[raters], view[raters])
    return useful


def bonuses(raters: Places, items: Places, ratings: Floats) -> Places:
    """(items,) micro-points of bonus: 0 up to NOTHING, BONUS_MAX from FULL on, and 0 where too few rated."""
    useful = intercepts(raters, items, ratings)
    enough = np.bincount(items, minlength=len(useful)) >= RATINGS_MIN
    parts = np.clip((useful - NOTHING) / (FULL - NOTHING), 0.0, 1.0)
    return np.where(enough, np.rint(parts * BONUS_MAX), 0).astype(np.int64)


def _start(raters: Places, items: Places, ratings: Floats) -> Floats:
    """A first viewpoint of every item: the direction in which ratings differ most, after means, by power iteration.

    It begins at fixed numbers that no two items share; which end is called positive makes no difference.
    """
    people, things = int(raters.max()) + 1, int(items.max()) + 1
    rest = ratings - _mean(items, things, ratings)[items]
    rest = rest - _mean(raters, people, rest)[raters]
    side: Floats = np.modf(np.arange(1, things + 1) * 0.618_033_988_749_895)[0] - 0.5
    for _ in range(ROUNDS):
        view = np.bincount(raters, rest * side[items], minlength=people)
        turned = np.bincount(items, rest * view[raters], minlength=things)
        side = turned / max(float(np.sqrt(np.mean(turned * turned))), 1e-12)
    return side


def _mean(places: Places, size: int, values: Floats) -> Floats:
    counts = np.maximum(np.bincount(places, minlength=size), 1)
    return np.asarray(np.bincount(places, values, minlength=size) / counts, dtype=np.float64)


def _solved(places: Places, size: int, target: Floats, other: Floats) -> tuple[Floats, Floats]:
    """Ridge regression of `target` on (1, other) for every place at once: its intercepts and its slopes."""
    count = np.bincount(places, minlength=size) + RIDGE_INTERCEPT
    cross = np.bincount(places, other, minlength=size)
    square = np.bincount(places, other * other, minlength=size) + RIDGE_VIEWPOINT
    plain = np.bincount(places, target, minlength=size)
    along = np.bincount(places, target * other, minlength=size)
    whole = count * square - cross * cross
    return (plain * square - along * cross) / whole, (count * along - cross * plain) / whole
