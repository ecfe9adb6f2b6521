"""Decay is exact to the definition, halves in a half-life, never grows, and is the same over arrays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.engines.standing.decay import WHOLE, factors, faded, faded_all
from svoi.engines.standing.units import DELTA_MAX
from tests.engines.standing.given import patient

lives = st.sampled_from([90, 180, 365])
amounts = st.integers(-DELTA_MAX, DELTA_MAX)


@pytest.mark.parametrize("half_life", [90, 180, 365])
def test_factors_are_the_floors_of_roots(half_life: int) -> None:
    for day, factor in enumerate(factors(half_life)):
        power = 1 << (30 * half_life - day)
        assert factor**half_life <= power < (factor + 1) ** half_life
    assert (factors(half_life)[0], len(factors(half_life))) == (WHOLE, half_life)


def test_known_factors() -> None:
    """These figures never change: a balance that was explained once stays explained."""
    assert factors(90)[1] == 1_065_504_019
    assert (factors(180)[90], factors(365)[30]) == (759_250_124, 1_014_279_571)


@given(amounts, lives, st.integers(0, 30))
@patient
def test_a_half_life_halves(amount: int, half_life: int, times: int) -> None:
    left = faded(amount, age_days=times * half_life, half_life_days=half_life)
    assert left == (abs(amount) >> times) * (1 if amount > 0 else -1)


@given(amounts, lives, st.integers(0, 20_000))
@patient
def test_nothing_grows_with_age_and_nothing_changes_sides(amount: int, half_life: int, age: int) -> None:
    sooner, later = (faded(amount, age_days=days, half_life_days=half_life) for days in (age, age + 1))
    assert abs(later) <= abs(sooner) <= abs(amount)
    assert later * amount >= 0
    assert faded(-amount, age_days=age, half_life_days=half_life) == -sooner


@given(st.lists(st.tuples(amounts, st.integers(0, 20_000), lives)))
@patient
def test_arrays_decay_as_their_elements(told: list[tuple[int, int, int]]) -> None:
    table = np.array(told, dtype=np.int64).reshape(len(told), 3).T
    alone = [faded(amount, age_days=age, half_life_days=life) for amount, age, life in told]
    assert faded_all(*table).tolist() == alone
