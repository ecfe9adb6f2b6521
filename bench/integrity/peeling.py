"""How fast the densest block is peeled: beside plain FRAUDAR and igraph at 1 M edges, beside networkit at 50 M."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import igraph
import numpy as np

from bench.integrity.fraudar import fraudar
from bench.integrity.graphs import heavy_graph
from svoi.engines.integrity.peel import graph_of, peel

EDGES, HUGE_EDGES = 1_000_000, 50_000_000
ROUNDS = 5


def rows() -> Iterator[dict[str, Any]]:
    """Rows of the table."""
    yield from _million()
    yield _huge()


def _million() -> Iterator[dict[str, Any]]:
    rows, columns, n_rows, n_columns = heavy_graph(EDGES, seed=1)
    weights = 1.0 / np.log(np.bincount(columns, minlength=n_columns) + 5.0)
    graph = graph_of(rows, columns, n_rows, n_columns)
    other = igraph.Graph(n=n_rows + n_columns, edges=np.column_stack((rows, columns + n_rows)))
    peel(graph, weights)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_seconds(lambda: peel(graph, weights)))
        theirs.append(_seconds(other.coreness))
    whole_s = _seconds(lambda: peel(graph_of(rows, columns, n_rows, n_columns), weights))
    began = time.process_time()
    _, _, density = fraudar(rows.tolist(), columns.tolist(), n_rows, n_columns)
    plain_s, ours_s = time.process_time() - began, float(np.median(ours))
    yield {
        "path": f"integrity: peel {len(rows):,} edges, from the list of edges",
        "figure": f"{whole_s:.3f} s ({ours_s:.3f} s on the graph)",
        "peer": f"plain FRAUDAR, {plain_s:.0f} s, density {density / peel(graph, weights).density:.4f} of ours",
        "ratio": f"{plain_s / whole_s:.0f}x ({plain_s / ours_s:.0f}x)",
        "demanded": ">= 400x",
    }
    ratios = sorted(their / our for their, our in zip(theirs, ours, strict=True))
    yield {
        "path": "integrity: the same graph, beside cores (an easier problem)",
        "figure": f"{ours_s:.3f} s",
        "peer": f"igraph coreness, {np.median(theirs):.3f} s",
        "ratio": f"{np.median(ratios):.2f}x ({ratios[0]:.2f}-{ratios[-1]:.2f})",
        "demanded": ">= 1x",
    }


def _huge() -> dict[str, Any]:
    """Each in a process of its own, so that the peak of memory is its own."""
    ours, theirs = (_told(which) for which in ("ours", "networkit"))
    return {
        "path": f"integrity: peel {HUGE_EDGES:,} edges",
        "figure": f"{ours['seconds']:.1f} s, peak {ours['peak_mb']:.0f} MB with the graph",
        "peer": f"networkit's cores, {theirs['seconds']:.1f} s, peak {theirs['peak_mb']:.0f} MB",
        "ratio": f"{theirs['seconds'] / ours['seconds']:.2f}x" if ours["seconds"] else "",
        "demanded": ">= 0.5x, <= 1,200 MB",
    }


def _told(which: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.integrity.huge", which, str(HUGE_EDGES)]
    env = os.environ | {"OMP_NUM_THREADS": "2"}
    told = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if told.returncode:
        return {"seconds": math.nan, "peak_mb": math.nan}
    return dict(json.loads(told.stdout.splitlines()[-1]))


def _seconds(measured: Callable[[], object]) -> float:
    """Processor time: all that is compared here runs on one thread, and the machine may have other work."""
    began = time.process_time()
    measured()
    return time.process_time() - began
