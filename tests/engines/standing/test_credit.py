"""Credit is damped as log(1 + n), never paid to a ring, cut where mutual, and never falls for more of the same."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.engines.standing.credit import divided, repeated, unreciprocated
from svoi.engines.standing.units import COUNTERPARTY_MAX, POINT
from tests.engines.standing.given import patient

amounts = st.integers(0, COUNTERPARTY_MAX) | st.integers(0, 5 * POINT)


def of(function, *values: int) -> int:  # type: ignore[no-untyped-def]
    return int(function(*(np.array([value], dtype=np.int64) for value in values))[0])


@given(amounts)
@patient
def test_n_points_count_as_the_logarithm_of_one_and_n(amount: int) -> None:
    credit = of(repeated, amount)
    assert abs(credit - POINT * math.log1p(amount / POINT)) <= 2
    assert 0 <= credit <= amount


@given(amounts, amounts)
@patient
def test_more_never_counts_less_and_two_at_once_not_more_than_apart(one: int, other: int) -> None:
    less, more = sorted((one, other))
    assert of(repeated, less) <= of(repeated, more)
    assert of(repeated, one + other) <= of(repeated, one) + of(repeated, other) + 4


def test_known_logarithms() -> None:
    """These figures never change, on any machine."""
    table = {1: 693_147, 2: 1_098_612, 10: 2_397_895, 100: 4_615_120}
    assert {points: of(repeated, points * POINT) for points in table} == table
    assert of(repeated, 2 * COUNTERPARTY_MAX) == of(repeated, COUNTERPARTY_MAX)


@given(st.lists(st.integers(0, 50 * POINT), min_size=1, max_size=20), st.integers(0, 30))
@patient
def test_one_counterparty_split_into_a_ring_gives_no_more(split: list[int], silent: int) -> None:
    """Exact: the ring's members share what one gave in any way, and some of them may give nothing."""
    size = len(split) + silent
    ring = sum(of(divided, of(repeated, part), size) for part in split)
    assert ring <= of(repeated, sum(split))


@given(amounts, amounts, amounts)
@patient
def test_what_is_mutual_counts_a_quarter(received: int, returned: int, more: int) -> None:
    credit = of(repeated, received)
    kept = of(unreciprocated, credit, received, returned)
    assert credit // 4 <= kept <= credit
    assert of(unreciprocated, credit, received, 0) == credit
    assert of(unreciprocated, credit, received, max(received, returned)) == credit // 4
    assert of(unreciprocated, credit, received, returned + more) <= kept
    grown = min(received + more, COUNTERPARTY_MAX)
    assert kept <= of(unreciprocated, of(repeated, grown), grown, returned)


def test_a_group_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one member"):
        of(divided, 5, 0)
