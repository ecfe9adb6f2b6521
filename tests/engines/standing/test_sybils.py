"""Attacks on a whole recount: what k accounts of one person can get, against one account that did the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.engines.standing.columns import columns_of
from svoi.engines.standing.entries import Entry
from svoi.engines.standing.recounting import balances, pair_credits
from svoi.engines.standing.trusting import trusted
from svoi.engines.standing.units import POINT
from tests.engines.standing.given import TODAY, entry, patient, vouches

HONEST, LIMIT = 4, 3 * POINT
Confirmed = tuple[int, int, int]  # who did it, who says so (-1: the house), micro-points
points = st.integers(1, 4 * POINT)


def recounted(accounts: int, edges: list[tuple[int, int, int]], deeds: list[Confirmed], turns: list[int]) -> list[int]:
    """What every account holds; 0 and 1 are seeds."""
    told: list[Entry] = []
    for number, (member, giver, delta) in enumerate(deeds, start=1):
        told.append(entry(number, member=member, counterparty=giver if giver >= 0 else None, delta=delta))
    pairs = pair_credits(columns_of(told), at=TODAY)
    trust = trusted(pairs, vouches(accounts, {0: 8 * POINT, 1: 5 * POINT}, edges), seniority=np.array(turns))
    held = np.zeros(accounts, dtype=np.int64)
    held[pairs.member] = balances(pairs, given=trust.given, capacity=trust.capacity)
    return held.tolist()


@given(st.data())
@patient
def test_k_sybils_behind_one_edge_earn_at_most_one_account(data: st.DataObject) -> None:
    """Exact, with any vouches and any praise among them; each outsider confirms each deed as she would the one's."""
    k = data.draw(st.integers(1, 5))
    ring, outer = st.integers(HONEST, HONEST + k - 1), st.integers(0, HONEST - 1)
    limits = st.integers(1, LIMIT)
    edges = data.draw(st.lists(st.tuples(outer, outer, limits), max_size=8))
    inner = data.draw(st.lists(st.tuples(ring, ring, limits), max_size=10))
    gate, limit = (data.draw(outer), data.draw(ring)), data.draw(limits)
    honest = data.draw(st.lists(st.tuples(outer, st.integers(-1, HONEST - 1), points), max_size=6))
    honest = [(member, -1 if giver == member else giver, delta) for member, giver, delta in honest]
    by_house = data.draw(st.lists(st.tuples(ring, st.just(-1), points), max_size=4))
    by_members = data.draw(st.lists(st.tuples(ring, outer, points), max_size=3, unique_by=lambda deed: deed[1]))
    praise = data.draw(st.lists(st.tuples(ring, ring, points).filter(lambda deed: deed[0] != deed[1]), max_size=12))
    order = data.draw(st.permutations(range(HONEST + k)))
    earned = recounted(HONEST + k, [*edges, (*gate, limit), *inner], [*honest, *by_house, *by_members, *praise], order)
    one = [(HONEST, giver, delta) for _, giver, delta in [*by_house, *by_members]]
    alone = recounted(
        HONEST + 1, [*edges, (gate[0], HONEST, limit)], [*honest, *one], [*order[:HONEST], min(order[HONEST:])]
    )
    assert sum(earned[HONEST:]) <= alone[HONEST] <= limit


@given(st.data())
@patient
def test_a_ring_praises_an_outsider_with_the_weight_of_one(data: st.DataObject) -> None:
    """k accounts behind one edge give at most what the edge lets through, to whomever they give it."""
    k, limit = data.draw(st.integers(1, 8)), data.draw(st.integers(1, LIMIT))
    ring = st.integers(2, 1 + k)
    inner = data.draw(st.lists(st.tuples(ring, ring, points), max_size=12))
    praise = data.draw(st.lists(st.tuples(st.integers(0, 1), ring, points), max_size=12))
    held = recounted(2 + k, [(0, 2, limit), *inner], praise, list(range(2 + k)))
    assert sum(held) <= limit


def test_communities_are_counted_one_by_one() -> None:
    pairs = pair_credits(columns_of([entry(1), entry(1, community=2)]), at=TODAY)
    with pytest.raises(ValueError, match="one community at a time"):
        trusted(pairs, vouches(8, {}, []), seniority=np.arange(8))


def test_two_who_praise_each_other_get_little() -> None:
    """Seeds who confirm each other twice a point: ln 3 x 1/4 each, rather than ln 3."""
    held = recounted(2, [], [(0, 1, POINT), (0, 1, POINT), (1, 0, POINT), (1, 0, POINT)], [0, 1])
    assert held == [274_653, 274_653]
    assert recounted(2, [], [(0, 1, POINT), (0, 1, POINT)], [0, 1]) == [1_098_612, 0]
