"""Three weak signs of conduct, each from what an account did: whom it sides with, how hurried it is, how crowded."""

from __future__ import annotations

import numpy as np

from svoi.engines.integrity.facts import NONE
from svoi.engines.integrity.ranks.acts import Acts, Floats, standing_of, within
from svoi.engines.integrity.ranks.opinions import verb_values

PRIOR_FACTS = 3.0  # a target nobody else spoke of is worth three average opinions
PRIOR_OWN = 1.0  # an account's own evidence is weighed against one fact of no consequence
PAUSES = (0.5, 1.0)  # how many typical pauses an account is believed to have rested before it is known
CROWD_S = 86_400.0
CROWD_PRIOR = 0.5
PAUSE_S_MIN = 1.0


def discord(acts: Acts, trust: Floats) -> Floats:
    """How little an account's verbs agree with what others, weighed by `trust` in [0, 1], said of the same targets.

    For valued verbs the mean product of own value and the others' shrunken mean, times the root of the number of facts
    (a z score with a prior); the goodness of REV2 (Kumar et al., WSDM 2018, eq. 3), its cold start included. For mere
    kinds: how much more usual the verb is at the target than elsewhere. Zero where nobody can agree.
    """
    weight = trust[acts.who]
    agreed = _by_value(acts, weight) + _by_kind(acts, weight)
    total = np.bincount(acts.who, agreed, minlength=len(acts.accounts))
    return np.asarray(-total / np.sqrt(acts.by_account + PRIOR_OWN))


def _by_value(acts: Acts, weight: Floats) -> Floats:
    value = verb_values(acts.verbs)[acts.verb]
    spoke = ~np.isnan(value)
    weight, value = np.where(spoke, weight, 0.0), np.where(spoke, value, 0.0)
    usual = float((weight * value).sum() / max(float(weight.sum()), 1e-12))
    others = np.bincount(acts.what, weight, minlength=len(acts.targets))[acts.what] - weight
    said = np.bincount(acts.what, weight * value, minlength=len(acts.targets))[acts.what] - weight * value
    return np.asarray(value * (said + PRIOR_FACTS * usual) / (others + PRIOR_FACTS))


def _by_kind(acts: Acts, weight: Floats) -> Floats:
    values = verb_values(acts.verbs)
    mere = np.isnan(values)[acts.verb] if len(acts.verbs) else np.zeros(0, dtype=bool)
    weight = np.where(mere, weight, 0.0)
    usual = np.bincount(acts.verb, weight, minlength=len(acts.verbs)) / max(float(weight.sum()), 1e-12)
    others = np.bincount(acts.what, weight, minlength=len(acts.targets))[acts.what] - weight
    _, cell = np.unique(acts.what * max(len(acts.verbs), 1) + acts.verb, return_inverse=True)
    cell = cell.reshape(-1)
    same = np.bincount(cell, weight)[cell] - weight if len(cell) else weight
    expected = usual[acts.verb]
    return np.asarray(np.where(mere, (same + PRIOR_FACTS * expected) / (others + PRIOR_FACTS) - expected, 0.0))


def hurry(acts: Acts) -> Floats:
    """Facts a second under a Gamma prior of one fact in a typical pause: a newcomer of one fact is typical, not fast.

    The typical pause is the median over accounts of the mean gap between their facts, so the unit of time of the table
    does not matter. The logarithms are averaged over two priors, as REV2 averages over its constants. Where a table is
    short, the busy are fast because they are busy: a rising trend over the number of facts is taken out.
    """
    count = acts.by_account
    first, last = np.full(len(count), np.inf), np.full(len(count), -np.inf)
    np.minimum.at(first, acts.who, acts.at_s)
    np.maximum.at(last, acts.who, acts.at_s)
    span = last - first
    again = count > 1
    if not again.any():
        return np.zeros(len(count))
    pause = max(float(np.median(span[again] / (count[again] - 1))), PAUSE_S_MIN)
    pace = sum(np.log(count * pause * prior / (span + pause * prior)) for prior in PAUSES) / len(PAUSES)
    number = np.log(count)
    away = number[again] - number[again].mean()
    trend = float((away * pace[again]).sum() / max(float((away * away).sum()), 1e-12))
    return np.asarray(pace - max(trend, 0.0) * number)


def crowding(acts: Acts) -> Floats:
    """Mean log of others at the same target within a day over what the target's own rate and the day's traffic expect.

    Facts that an exposure led to are explained by it and add nothing.
    """
    total = len(acts.who)
    here = within(acts.what, acts.at_s, CROWD_S) - 1
    around = within(np.zeros(total, dtype=np.int64), acts.at_s, CROWD_S)
    expected = around / max(total, 1) * (acts.by_target[acts.what] - 1)
    surprise = np.log((here + CROWD_PRIOR) / (expected + CROWD_PRIOR))
    return acts.mean_of(np.where(acts.exposure == NONE, surprise, 0.0))


def suspicion_of(acts: Acts, rounds: int) -> Floats:
    """The sum of the three as ranks, in [-3, 3]; who is suspected speaks less of targets in the next round."""
    steady = standing_of(hurry(acts)) + standing_of(crowding(acts))
    trust = np.ones(len(acts.accounts))
    suspicion = steady
    for _ in range(rounds):
        suspicion = standing_of(discord(acts, trust)) + steady
        trust = (1 - standing_of(suspicion)) / 2
    return suspicion
