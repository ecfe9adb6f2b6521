"""Fairness: the vectors agree with the plain definition, newcomers stand in the middle, liars sink."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svoi.engines.integrity.fairness import FairnessPriors, fairness_of

RATINGS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6), st.integers(-10, 10)), min_size=1, max_size=60)


def by_the_book(rows, rounds=200):
    """REV2 with all weights at one and no behaviour, row by row."""
    fair, good, reliable = {who: 1.0 for who, _, _ in rows}, {}, [1.0] * len(rows)
    for _ in range(rounds):
        mean = sum(r * mark for r, (_, _, mark) in zip(reliable, rows, strict=True)) / sum(reliable)
        for product in {what for _, what, _ in rows}:
            got = [r * mark for r, (_, what, mark) in zip(reliable, rows, strict=True) if what == product]
            good[product] = (mean + sum(got)) / (1 + len(got))
        reliable = [(fair[who] + 1 - abs(mark - good[what]) / 2) / 2 for who, what, mark in rows]
        mean = sum(reliable) / len(rows)
        for reviewer in fair:
            given_ = [r for r, (who, _, _) in zip(reliable, rows, strict=True) if who == reviewer]
            fair[reviewer] = (mean + sum(given_)) / (1 + len(given_))
    return fair, good, reliable


def columns(rows):
    return ([row[0] for row in rows], [row[1] for row in rows], [row[2] / 10 for row in rows])


@settings(max_examples=30, deadline=None)
@given(RATINGS)
def test_it_is_what_the_book_says(ratings):
    rows = [(who, what, mark / 10) for who, what, mark in ratings]
    fair, good, reliable = by_the_book(rows)
    found = fairness_of(*columns(ratings))
    assert found.fairness == pytest.approx([fair[who] for who in sorted(fair)], abs=1e-5)
    assert found.goodness == pytest.approx([good[what] for what in sorted(good)], abs=1e-5)
    assert found.reliability == pytest.approx(reliable, abs=1e-5)


@settings(max_examples=30, deadline=None)
@given(RATINGS)
def test_bounds_hold_and_order_does_not_matter(ratings):
    found, turned = fairness_of(*columns(ratings)), fairness_of(*columns(ratings[::-1]))
    assert ((found.fairness >= 0) & (found.fairness <= 1)).all()
    assert ((found.goodness >= -1) & (found.goodness <= 1)).all()
    assert turned.fairness == pytest.approx(found.fairness, abs=1e-5)
    assert turned.reliability[::-1] == pytest.approx(found.reliability, abs=1e-5)


def crooked():
    """Thirty people find ten products good or bad; reviewer 99 says the opposite each time; 98 spoke once."""
    dice = np.random.default_rng(1)
    truth = np.where(np.arange(10) % 2, 0.8, -0.8)
    rows = [(who, what, int(10 * truth[what] + dice.integers(-1, 2))) for who in range(30) for what in range(10)]
    return [*rows, *((99, what, int(-10 * truth[what])) for what in range(10)), (98, 1, 8)]


def test_a_liar_sinks_and_a_newcomer_stands_in_between():
    found = fairness_of(*columns(crooked()))
    fair = dict(zip(found.reviewers.tolist(), found.fairness.tolist(), strict=True))
    assert fair[99] < 0.6 < min(fair[who] for who in range(30))
    assert fair[99] < fair[98] <= max(fair[who] for who in range(30))


def test_unusual_behaviour_lowers_fairness():
    plain = fairness_of(*columns(crooked()))
    normal = np.ones(len(plain.reviewers))
    normal[3] = 0.0
    odd = fairness_of(*columns(crooked()), normal=normal, priors=FairnessPriors(reviewer_behaviour=5.0))
    assert odd.fairness[3] < odd.fairness[4]
    shady = fairness_of(*columns(crooked()), product_normal=np.zeros(10), priors=FairnessPriors(product_behaviour=9.0))
    assert (shady.goodness < plain.goodness).all()


def test_no_ratings_and_broken_ones():
    assert len(fairness_of([], [], []).fairness) == 0
    with pytest.raises(ValueError, match="2 reviewers, 1 products"):
        fairness_of([1, 2], [1], [0.0])
    with pytest.raises(ValueError, match="outside"):
        fairness_of([1], [1], [5.0])
    with pytest.raises(ValueError, match="behaviour of 1"):
        fairness_of([1], [1], [0.5], normal=[0.5, 0.5])
    with pytest.raises(ValueError, match="below nought"):
        FairnessPriors(who=0.0, agreement=0.0)
