"""A bonus goes to what both sides find useful, none to what a side praises; order does not matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svoi.engines.standing.bridging import BONUS_MAX, RATINGS_MIN, bonuses, intercepts

SIDES, PEOPLE, ITEMS = 2, 40, 24
LEFT, RIGHT, BOTH, NEITHER = range(4)


def town(seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Forty people on two sides and stories of four kinds: useful to one side, to the other, to both, to none."""
    dice = np.random.default_rng(seed)
    raters, items = np.divmod(np.flatnonzero(dice.random(PEOPLE * ITEMS) < 0.6), ITEMS)
    likes = np.array([[0.9, 0.1, 0.9, 0.1], [0.1, 0.9, 0.9, 0.1]])[raters % SIDES, items % 4]
    return raters, items, (dice.random(len(raters)) < likes).astype(np.float64)


@pytest.mark.parametrize("seed", range(5))
def test_both_sides_earn_and_one_side_does_not(seed: int) -> None:
    given_by_kind = [bonuses(*town(seed))[kind::4] for kind in range(4)]
    assert [int(given.max()) for given in (given_by_kind[LEFT], given_by_kind[RIGHT], given_by_kind[NEITHER])] == [
        0
    ] * 3
    assert given_by_kind[BOTH].min() > BONUS_MAX // 4
    assert given_by_kind[BOTH].mean() > BONUS_MAX // 2


def test_a_circle_that_praises_its_own_moves_nothing() -> None:
    """Twenty more who love one story of one side, and agree with that side in all else."""
    raters, items, ratings = town()
    loved, ring = LEFT, PEOPLE + np.arange(20)
    more = np.repeat(ring, ITEMS), np.tile(np.arange(ITEMS), len(ring))
    praise = np.where(more[1] % 4 == LEFT, 1.0, np.where(more[1] % 4 == BOTH, 0.9, 0.1))
    joined = [np.concatenate(pair) for pair in zip((raters, items, ratings), (*more, praise), strict=True)]
    assert bonuses(*joined)[loved] == bonuses(raters, items, ratings)[loved] == 0


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=10, deadline=None)
def test_the_order_of_arrival_does_not_matter(seed: int) -> None:
    told = town(seed % 7)
    mixed = np.random.default_rng(seed).permutation(len(told[0]))
    assert intercepts(*(values[mixed] for values in told)).tobytes() == intercepts(*told).tobytes()


@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 4), st.floats(0, 1)), max_size=25, unique_by=lambda one: one[:2]
    )
)
@settings(max_examples=30, deadline=None)
def test_a_bonus_is_bounded_whatever_the_ratings(told: list[tuple[int, int, float]]) -> None:
    raters, items = (np.array([one[place] for one in told], dtype=np.int64) for place in (0, 1))
    found = bonuses(raters, items, np.array([one[2] for one in told], dtype=np.float64))
    assert ((found >= 0) & (found <= BONUS_MAX)).all()
    assert (found[np.bincount(items, minlength=len(found)) < RATINGS_MIN] == 0).all()


def test_what_is_no_rating_is_refused() -> None:
    one = np.zeros(1, dtype=np.int64)
    with pytest.raises(ValueError, match="between 0 and 1"):
        bonuses(one, one, np.array([1.5]))
    with pytest.raises(ValueError, match="rated an item twice"):
        bonuses(np.zeros(2, dtype=np.int64), np.zeros(2, dtype=np.int64), np.ones(2))
    assert bonuses(one[:0], one[:0], np.zeros(0)).tolist() == []
