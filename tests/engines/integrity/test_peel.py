"""The densest block: never below half the best there is, found exactly where it stands out."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from svoi.engines.integrity.peel import graph_of, peel


def density(edges, weights, rows, columns) -> float:
    inside = sum(weights[column] for row, column in edges if row in rows and column in columns)
    return inside / max(1, len(rows) + len(columns))


def found(edges, weights, n_rows, n_columns):
    rows, columns = (np.array(side, dtype=np.int32) for side in zip(*edges, strict=True))
    return peel(graph_of(rows, columns, n_rows, n_columns), np.array(weights))


@settings(max_examples=60, deadline=None)
@given(
    st.sets(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=1),
    st.lists(st.floats(0.1, 5), min_size=4, max_size=4),
)
def test_it_is_at_least_half_as_dense_as_the_densest(edges, weights):
    block = found(edges, weights, 5, 4)
    best = max(
        density(edges, weights, {r for r in range(5) if chosen[r]}, {c for c in range(4) if chosen[5 + c]})
        for chosen in product((False, True), repeat=9)
    )
    told = density(edges, weights, set(block.rows.tolist()), set(block.columns.tolist()))
    assert abs(told - block.density) < 1e-9
    assert block.density >= 0.5 * best - 1e-9


def test_a_planted_block_is_found_whole():
    dice = np.random.default_rng(4)
    noise = {(int(r), int(c)) for r, c in zip(dice.integers(0, 500, 900), dice.integers(0, 200, 900), strict=True)}
    planted = {(r, c) for r in range(100, 112) for c in range(40, 49)}
    block = found(sorted(noise | planted), [1.0] * 200, 500, 200)
    assert block.rows.tolist() == list(range(100, 112))
    assert block.columns.tolist() == list(range(40, 49))


def test_nothing_is_an_empty_block():
    nothing = np.empty(0, dtype=np.int32)
    block = peel(graph_of(nothing, nothing, 0, 0), np.empty(0))
    assert (len(block.rows), len(block.columns), block.density) == (0, 0, 0.0)


def test_columns_without_weight_make_no_block():
    assert found({(0, 0), (1, 0), (0, 1)}, [0.0, 0.0], 2, 2).density == 0.0
