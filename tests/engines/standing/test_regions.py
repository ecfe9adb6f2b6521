"""A region is what one edge alone leads to: found the slow way, by taking each edge away."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from svoi.engines.standing.regions import FREE, is_outside, regions
from tests.engines.standing.given import patient, vouches

Edge = tuple[int, int, int]


def reached(seeds: dict[int, int], edges: list[Edge]) -> set[int]:
    found, waiting = set(seeds), list(seeds)
    while waiting:
        at = waiting.pop()
        for voucher, vouched, _ in edges:
            if voucher == at and vouched not in found:
                found.add(vouched)
                waiting.append(vouched)
    return found


def regions_slowly(n: int, seeds: dict[int, int], edges: list[Edge]) -> list[int]:
    """For each account the edge whose loss loses most, it included."""
    best = [(0, FREE)] * n
    for edge in set(edges):
        lost = reached(seeds, edges) - reached(seeds, [one for one in edges if one[:2] != edge[:2]])
        for account in lost:
            best[account] = max(best[account], (len(lost), edge[1]))
    return [head for _, head in best]


@given(st.integers(1, 9), st.data())
@patient
def test_regions_are_what_is_lost_with_an_edge(n: int, data: st.DataObject) -> None:
    one = st.integers(0, n - 1)
    seeds = data.draw(st.dictionaries(one, st.just(5), max_size=3))
    edges = data.draw(st.lists(st.tuples(one, one, st.just(1)), max_size=2 * n))
    assert regions(vouches(n, seeds, edges)).tolist() == regions_slowly(n, seeds, edges)


def test_two_ways_make_free_and_so_does_being_a_seed() -> None:
    """0 and 1 are seeds; 2 is vouched for by both, 3 by 0 alone; 4 and 5 come behind 3; 6 is nobody's."""
    edges = [(0, 2, 1), (1, 2, 1), (0, 3, 1), (3, 4, 1), (4, 5, 1), (5, 3, 1), (3, 1, 1)]
    found = regions(vouches(7, {0: 5, 1: 5}, edges))
    assert found.tolist() == [FREE, FREE, FREE, 3, 3, 3, FREE]
    givers, takers = np.array([3, 3, 2, 6]), np.array([4, 2, 4, 6])
    assert is_outside(found, givers, takers).tolist() == [False, True, True, True]
