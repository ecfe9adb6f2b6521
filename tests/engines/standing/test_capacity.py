"""Capacity is a maximum flow, served by seniority; many accounts behind some edges get no more than one there would."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from svoi.engines.standing.capacity import Vouches, allot
from tests.engines.standing.given import patient, vouches

Town = tuple[int, dict[int, int], list[tuple[int, int, int]], list[int], list[int]]


@st.composite
def towns(draw: st.DrawFn, most: int = 9) -> Town:
    """So many accounts, seeds, edges, demands, and turns."""
    n = draw(st.integers(1, most))
    one = st.integers(0, n - 1)
    seeds = draw(st.dictionaries(one, st.integers(1, 12), max_size=3))
    edges = draw(st.lists(st.tuples(one, one, st.integers(0, 9)), max_size=3 * n))
    demands = draw(st.lists(st.integers(0, 9), min_size=n, max_size=n))
    return n, seeds, edges, demands, draw(st.permutations(range(n)))


def allotted(
    n: int, seeds: dict[int, int], edges: list[tuple[int, int, int]], demands: list[int], turns: list[int]
) -> list[int]:
    return allot(
        vouches(n, seeds, edges),
        account=np.arange(n),
        demand=np.array(demands, dtype=np.int64),
        seniority=np.array(turns, dtype=np.int64),
    ).tolist()


def flow(n: int, seeds: dict[int, int], edges: list[tuple[int, int, int]], demands: list[int]) -> int:
    """The maximum flow by another hand: scipy's."""
    limits = np.zeros((n + 2, n + 2), dtype=np.int32)
    for voucher, vouched, limit in edges:
        limits[voucher, vouched] = max(limits[voucher, vouched], limit)
    for seed, amount in seeds.items():
        limits[n, seed] = amount
    limits[:n, n + 1] = demands
    np.fill_diagonal(limits, 0)
    return int(maximum_flow(csr_array(limits), n, n + 1).flow_value)


@given(towns())
@patient
def test_the_amounts_are_a_maximum_flow_for_every_beginning_of_the_order(town: Town) -> None:
    """Being so for the first one, the first two and so on makes them the only ones that serve by seniority."""
    n, seeds, edges, demands, turns = town
    got = allotted(*town)
    for served in range(n + 1):
        first = [demand if turns[place] < served else 0 for place, demand in enumerate(demands)]
        assert sum(got[place] for place in range(n) if turns[place] < served) == flow(n, seeds, edges, first)


@given(towns(), st.randoms())
@patient
def test_the_order_of_edges_does_not_matter_and_a_repeated_vouch_is_one(town: Town, dice) -> None:  # type: ignore[no-untyped-def]
    n, seeds, edges, demands, turns = town
    again = [*edges, *edges[:3]]
    dice.shuffle(again)
    assert allotted(n, seeds, again, demands, turns) == allotted(*town)


@given(towns(), st.data())
@patient
def test_a_newcomer_lowers_nobody(town: Town, data: st.DataObject) -> None:
    """Whatever she brings: a new account, served last, who is vouched for, vouches for nobody and wants anything."""
    n, seeds, edges, demands, turns = town
    more = data.draw(st.lists(st.tuples(st.integers(0, n - 1), st.just(n), st.integers(0, 9)), max_size=4))
    with_her = allotted(n + 1, seeds, [*edges, *more], [*demands, data.draw(st.integers(0, 99))], [*turns, n])
    assert with_her[:n] == allotted(*town)


@given(towns(), st.data())
@patient
def test_k_accounts_behind_some_edges_get_no_more_than_one_there(town: Town, data: st.DataObject) -> None:
    """The theorem, exact: any wiring among them, any vouching for others, any turns, any k, any number of edges in."""
    n, seeds, edges, demands, _ = town
    k = data.draw(st.integers(1, 6))
    ring, outer = st.integers(n, n + k - 1), st.integers(0, n - 1)
    limit = st.integers(0, 9)
    inward = data.draw(st.lists(st.tuples(outer, ring, limit), max_size=3, unique_by=lambda edge: edge[0]))
    inner = data.draw(st.lists(st.tuples(ring, ring, limit), max_size=12))
    outward = data.draw(st.lists(st.tuples(ring, outer, limit), max_size=4))
    wanted = data.draw(st.lists(st.integers(0, 9), min_size=k, max_size=k))
    order = data.draw(st.permutations(range(n + k)))
    of_ring = sum(allotted(n + k, seeds, [*edges, *inward, *inner, *outward], [*demands, *wanted], order)[n:])
    one_in = [(voucher, n, at_most) for voucher, _, at_most in inward]
    one_turn = [*order[:n], min(order[n:])]
    of_one = allotted(n + 1, seeds, [*edges, *one_in], [*demands, sum(wanted)], one_turn)[n]
    assert of_ring <= of_one <= sum(at_most for _, _, at_most in inward)


def test_a_long_way_and_a_way_back() -> None:
    """The second claim makes the first one's flow take another way: 0 is the seed, 1 and 2 vouch for 3 and 4."""
    edges = [(0, 1, 5), (0, 2, 5), (1, 3, 5), (2, 3, 5), (1, 4, 5)]
    assert allotted(5, {0: 10}, edges, [0, 0, 0, 5, 5], [0, 1, 2, 3, 4]) == [0, 0, 0, 5, 5]
    chain = [(place, place + 1, 7) for place in range(999)]
    assert allotted(1000, {0: 9}, chain, [1] * 1000, list(range(1000))) == [1] * 8 + [0] * 992


def test_several_claims_stand_at_one_account() -> None:
    trust = vouches(2, {0: 5}, [(0, 1, 3)])
    claims = {"account": np.array([1, 1, 0]), "demand": np.array([2, 2, 9]), "seniority": np.array([3, 1, 2])}
    assert allot(trust, **claims).tolist() == [0, 2, 3]
    nobody = np.zeros(0, dtype=np.int64)
    assert allot(trust, account=nobody, demand=nobody, seniority=nobody).tolist() == []


@pytest.mark.parametrize(
    ("trust", "claims", "fault"),
    [
        (vouches(2, {}, []), ([0, 1], [1, 1], [4, 4]), "same seniority"),
        (vouches(2, {}, []), ([0], [-1], [4]), "demand is not negative"),
        (vouches(2, {}, []), ([2], [1], [4]), "stands at nobody"),
        (vouches(2, {}, [(0, 2, 1)]), ([0], [1], [4]), "leads to nobody"),
        (vouches(2, {}, [(0, 1, -1)]), ([0], [1], [4]), "trust is not negative"),
        (vouches(2, {0: -1}, []), ([0], [1], [4]), "trust is not negative"),
    ],
)
def test_what_is_no_trust_and_no_claim_is_refused(trust: Vouches, claims: tuple[list[int], ...], fault: str) -> None:
    account, demand, seniority = (np.array(values, dtype=np.int64) for values in claims)
    with pytest.raises(ValueError, match=fault):
        allot(trust, account=account, demand=demand, seniority=seniority)
