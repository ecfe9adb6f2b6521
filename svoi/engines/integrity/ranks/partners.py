"""How much of an account's doings other accounts did beside it, over what both being busy would explain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from svoi.engines.integrity.facts import NONE
from svoi.engines.integrity.ranks.acts import Acts, Floats, Ints, distinct, within

REACH_S = 86_400.0
NEIGHBOURS = 16  # each fact looks at so many next ones at its target: linear, and a crowd is a sample of itself
EXPECTED_LEAST = 0.02
SHARED_LEAST = 2


@dataclass(frozen=True, slots=True)
class _Meetings:
    """Two accounts at one target within the reach, shape (meetings,): `busy` is how many facts each had there and then,
    multiplied; `stretch` counts stretches of two reaches from the beginning of the table."""

    one: Ints
    other: Ints
    target: Ints
    busy: Ints
    stretch: Ints


def coincidence(acts: Acts) -> Floats:
    """Nats per fact, for each account: the sum of log-likelihood ratios over its partners, over its facts.

    Two independent accounts as busy in those days, drawing targets by popularity p, meet at target v as often as
    busy x p(v)^2. A pair that met c >= 2 times, `expected` in all, is worth the Poisson ratio of having met c times on
    purpose: the sum of ln(c / (busy x q(v))) over its meetings, less c - expected. q is the geometric mean of two
    thoughts of what purpose looks like: all targets more often alike (q = sum of p^2), or any target alike
    (q = T p(v)^2 of T targets), so that meeting at the most popular target is worth less than at a rare one.
    """
    found = _meetings(acts)
    places = len(acts.accounts)
    strength = np.zeros(places)
    if len(found.one):
        low, high = np.minimum(found.one, found.other), np.maximum(found.one, found.other)
        pairs, pair, met = np.unique(low * places + high, return_inverse=True, return_counts=True)
        worth = _worth(acts, found, pair.reshape(-1), met)
        strength += np.bincount(pairs // places, worth, minlength=places)
        strength += np.bincount(pairs % places, worth, minlength=places)
    return np.asarray(strength / acts.by_account)


def _worth(acts: Acts, found: _Meetings, pair: Ints, met: Ints) -> Floats:
    """Nats of each pair."""
    stretches = int(found.stretch.max()) + 1
    apart = distinct(pair * stretches + found.stretch) // stretches
    busy = np.bincount(pair, found.busy) / met * np.bincount(apart, minlength=len(met))
    popular = acts.by_target / len(acts.what)
    alike = float((popular * popular).sum())
    any_alike = np.maximum(len(popular) * popular * popular, 1.0 / len(popular))
    chance = np.maximum(busy[pair] * np.sqrt(any_alike * alike)[found.target], EXPECTED_LEAST)
    gain = np.bincount(pair, np.log(met[pair] / chance))
    return np.asarray(np.where(met >= SHARED_LEAST, np.maximum(gain - np.maximum(met - busy * alike, 0.0), 0.0), 0.0))


def _meetings(acts: Acts) -> _Meetings:
    """Meetings that one exposure led both to are left out: it explains them."""
    order = np.lexsort((np.arange(len(acts.what)), acts.at_s, acts.what))
    who, what, at_s = acts.who[order], acts.what[order], acts.at_s[order]
    shown, busy = acts.exposure[order], within(acts.who, acts.at_s, REACH_S)[order]
    ones, others, targets, products, stretches = [], [], [], [], []
    for step in range(1, NEIGHBOURS + 1):
        near = (what[step:] == what[:-step]) & (at_s[step:] - at_s[:-step] <= REACH_S)
        near &= (who[step:] != who[:-step]) & ((shown[step:] != shown[:-step]) | (shown[step:] == NONE))
        first = np.nonzero(near)[0]
        ones.append(who[first])
        others.append(who[first + step])
        targets.append(what[first])
        products.append(busy[first] * busy[first + step])
        stretches.append((at_s[first] // (2 * REACH_S)).astype(np.int64))
    return _Meetings(*(np.concatenate(parts) for parts in (ones, others, targets, products, stretches)))
