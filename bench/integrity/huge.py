"""One large peeling, ours or networkit's cores, in a process of its own: seconds and peak memory as its last line."""

from __future__ import annotations

import json
import resource
import sys
import time

import networkit
import numpy as np

from bench.integrity.graphs import heavy_graph
from svoi.engines.integrity.peel import graph_of, peel


def main(which: str, edges: int) -> None:
    """Print what was measured."""
    rows, columns, n_rows, n_columns = heavy_graph(edges, seed=2)
    seconds = (
        _ours(rows, columns, n_rows, n_columns) if which == "ours" else _networkit(rows, columns, n_rows, n_columns)
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mb": peak}))


def _ours(rows: np.ndarray, columns: np.ndarray, n_rows: int, n_columns: int) -> float:
    few = np.zeros(2, dtype=np.int32)
    peel(graph_of(few, few, 2, 2), np.ones(2))
    weights = 1.0 / np.log(np.bincount(columns, minlength=n_columns) + 5.0)
    graph = graph_of(rows, columns, n_rows, n_columns)
    del rows, columns
    began = time.perf_counter()
    peel(graph, weights)
    return time.perf_counter() - began


def _networkit(rows: np.ndarray, columns: np.ndarray, n_rows: int, n_columns: int) -> float:
    networkit.setNumberOfThreads(2)
    graph = networkit.GraphFromCoo((rows, columns + n_rows), n=n_rows + n_columns)
    del rows, columns
    began = time.perf_counter()
    networkit.centrality.CoreDecomposition(graph).run()
    return time.perf_counter() - began


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
