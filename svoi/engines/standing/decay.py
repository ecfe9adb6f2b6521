"""Decay: how much of an amount is left after so many days, by integers alone, so that no two machines differ."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

FACTOR_BITS = 30
WHOLE = 1 << FACTOR_BITS
_HALVINGS_MAX = 62 - FACTOR_BITS + 1  # nothing is left of 2^32 micro-points afterwards


@lru_cache(maxsize=16)
def factors(half_life_days: int) -> tuple[int, ...]:
    """For each day r within a half-life H, the floor of 2^30 x 2^(-r/H): the largest t with t^H <= 2^(30H - r).

    The root is looked for from below its floating value and proven in whole numbers.
    """
    found = []
    for day in range(half_life_days):
        bound = 1 << (FACTOR_BITS * half_life_days - day)
        root = int(WHOLE * 2.0 ** (-day / half_life_days)) - 1
        assert root**half_life_days <= bound
        while (root + 1) ** half_life_days <= bound:
            root += 1
        found.append(root)
    return tuple(found)


def faded(amount: int, *, age_days: int, half_life_days: int) -> int:
    """What is left of `amount` (micro-points, either sign), rounded towards zero: amount x 2^(-age/H), exponential
    forgetting, as the forgetting factor of Josang and Ismail, "The Beta Reputation System" (2002), once a day.
    """
    halvings, day = divmod(age_days, half_life_days)
    left = abs(amount) * factors(half_life_days)[day] >> (FACTOR_BITS + min(halvings, _HALVINGS_MAX))
    return left if amount > 0 else -left


def faded_all(
    amounts: NDArray[np.int64], ages_days: NDArray[np.int64], half_lives: NDArray[np.int64]
) -> NDArray[np.int64]:
    """`faded` for arrays of one length; `half_lives` holds few different values."""
    left = np.zeros_like(amounts)
    for half_life in np.unique(half_lives).tolist():
        of_it = half_lives == half_life
        halvings, days = np.divmod(ages_days[of_it], half_life)
        table = np.array(factors(half_life), dtype=np.int64)
        size = np.abs(amounts[of_it])
        left[of_it] = size * table[days] >> (FACTOR_BITS + np.minimum(halvings, _HALVINGS_MAX))
    return np.where(amounts < 0, -left, left)
