"""Who is linked to whom, as a matrix: loops and repetitions dropped, accounts by place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Graph:
    """`accounts` ascending; `matrix` symmetric, ones where two are linked; `seeds` are places in `accounts`."""

    accounts: Ints
    matrix: Any
    seeds: Ints

    @property
    def degrees(self) -> Floats:
        return np.asarray(self.matrix.sum(axis=1), dtype=np.float64).reshape(-1)

    @property
    def ends(self) -> tuple[Ints, Ints]:
        """Both ends of every link, each link once in either direction."""
        pairs = self.matrix.tocoo()
        return pairs.row.astype(np.int64), pairs.col.astype(np.int64)


def graph_of(links: npt.ArrayLike, seeds: npt.ArrayLike) -> Graph:
    """From links of shape (links, 2) and seeds of shape (seeds,), both account ids; a seed without links is there too.

    Raises ValueError where the shape is another one.
    """
    pairs, rooted = np.asarray(links, dtype=np.int64), np.unique(np.asarray(seeds, dtype=np.int64).reshape(-1))
    if pairs.size == 0:
        pairs = pairs.reshape(0, 2)
    if pairs.ndim != 2 or pairs.shape[1] != 2:
        raise ValueError(f"links have the shape {pairs.shape} instead of (links, 2)")
    accounts, place = np.unique(np.concatenate((pairs.reshape(-1), rooted)), return_inverse=True)
    ends = place.reshape(-1)[: pairs.size].reshape(-1, 2)
    ends = ends[ends[:, 0] != ends[:, 1]]
    ones = np.ones(len(ends))
    half = sparse.csr_matrix((ones, (ends[:, 0], ends[:, 1])), shape=(len(accounts), len(accounts)))
    matrix = (half + half.T).tocsr()
    matrix.data[:] = 1.0
    return Graph(accounts, matrix, np.searchsorted(accounts, rooted).astype(np.int64))
