"""Bipartite graphs with heavy tails and one block in them, for measuring speed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int32]


def heavy_graph(edges: int, seed: int) -> tuple[Codes, Codes, int, int]:
    """Rows and columns of about so many edges (none twice up to 5 M), and how many rows and columns there are."""
    dice = np.random.default_rng(seed)
    n_rows, n_columns = edges // 10, edges // 50
    rows, columns = np.empty(edges, dtype=np.int32), np.empty(edges, dtype=np.int32)
    for begin in range(0, edges, 1_000_000):  # in pieces: a whole column of random doubles is 8 bytes an edge
        piece = slice(begin, min(edges, begin + 1_000_000))
        size = piece.stop - piece.start
        rows[piece] = (n_rows * dice.random(size) ** 1.6).astype(np.int32)
        columns[piece] = (n_columns * dice.random(size) ** 3.0).astype(np.int32)
    in_block = dice.integers(0, edges, edges // 100)
    rows[in_block] = dice.integers(0, max(1, n_rows // 500), len(in_block)) * 499 % n_rows
    columns[in_block] = n_columns - 1 - dice.integers(0, max(1, n_columns // 200), len(in_block))
    if edges <= 5_000_000:
        pairs = np.unique(rows.astype(np.int64) * n_columns + columns)
        rows, columns = (pairs // n_columns).astype(np.int32), (pairs % n_columns).astype(np.int32)
    return rows, columns, n_rows, n_columns
