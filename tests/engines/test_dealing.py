"""Every split is exact and within bounds, nobody gains by being early, and the seed alone decides."""

from __future__ import annotations

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.engines.dealing import SEED_BYTES, commitment, deal, deal_equally

seeds = st.binary(min_size=SEED_BYTES, max_size=SEED_BYTES)


@st.composite
def pots(draw: st.DrawFn) -> tuple[int, int, int]:
    hands, least = draw(st.integers(1, 200)), draw(st.integers(0, 50))
    return hands * least + draw(st.integers(0, 100_000)), hands, least


@given(seeds, pots())
def test_the_sum_is_exact_and_every_share_within_bounds(seed: bytes, pot: tuple[int, int, int]) -> None:
    total, hands, least = pot
    shares = deal(seed, total=total, hands=hands, least=least)
    assert (len(shares), sum(shares)) == (hands, total)
    assert min(shares) >= least
    assert max(shares) <= total - least * (hands - 1)
    assert shares == deal(seed, total=total, hands=hands, least=least)


@given(seeds, st.integers(2, 50), st.integers(0, 20))
def test_a_pot_of_the_least_is_dealt_evenly(seed: bytes, hands: int, least: int) -> None:
    assert deal(seed, total=hands * least, hands=hands, least=least) == [least] * hands


def test_no_position_gains() -> None:
    """100,000 deals of 5 hands: each position's mean is the mean, each one's spread the same, within sampling error."""
    deals, hands, total = 100_000, 5, 503
    columns = list(zip(*(deal(n.to_bytes(32, "big"), total=total, hands=hands) for n in range(deals)), strict=True))
    spread = statistics.pstdev(value for column in columns for value in column)
    for column in columns:
        assert abs(statistics.fmean(column) - total / hands) < 5 * spread / math.sqrt(deals)
        assert abs(statistics.pstdev(column) / spread - 1) < 0.03


def test_a_known_seed_deals_what_it_always_dealt() -> None:
    """A deal that was proven once stays provable: these shares never change."""
    assert deal(bytes(32), total=100, hands=5) == [20, 6, 37, 30, 7]


def test_what_cannot_be_dealt_is_refused() -> None:
    for total, hands, least in ((4, 5, 1), (10, 0, 1), (10, 2, -1), (-1, 1, 0)):
        with pytest.raises(ValueError, match="does not give"):
            deal(bytes(32), total=total, hands=hands, least=least)
    for total, hands in ((10, 3), (10, 0)):
        with pytest.raises(ValueError, match="equal shares"):
            deal_equally(total=total, hands=hands)


def test_equal_shares_are_equal() -> None:
    assert deal_equally(total=12, hands=4) == [3, 3, 3, 3]


@given(seeds, seeds, st.text(max_size=20), st.text(max_size=20))
def test_a_commitment_binds_seed_and_terms(seed: bytes, other: bytes, terms: str, others: str) -> None:
    assert (commitment(seed, terms) == commitment(other, others)) == ((seed, terms) == (other, others))
