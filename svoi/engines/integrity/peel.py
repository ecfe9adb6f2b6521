"""Greedy peeling of a bipartite graph down to its densest block, in time near-linear in the edges.

The objective is that of Charikar (2000) with weights per column, as in FRAUDAR (Hooi et al., 2016): the weight of the
edges inside a block over the number of its rows and columns. Two steps make it fast. Nodes lighter than the density
of what is left cannot belong to the densest block, so whole rounds of them are dropped at once without loss. What
remains is peeled one by one from a queue of buckets, whose width (`1 / STEPS` of the density) is all that is rough.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from svoi.engines.integrity.compiled import compiled

STEPS = 16
BUCKETS = 256

Codes = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows and columns of the densest block, and its density: weight of edges over rows plus columns."""

    rows: Codes
    columns: Codes
    density: float


@dataclass(frozen=True, slots=True)
class Graph:
    """A bipartite graph, both ways: `row_columns[row_starts[r]:row_starts[r + 1]]` are the columns of row r."""

    row_starts: Places
    row_columns: Codes
    column_starts: Places
    column_rows: Codes


def graph_of(rows: Codes, columns: Codes, n_rows: int, n_columns: int) -> Graph:
    """The graph of edges (rows[e], columns[e]), shape (edges,) each; repeated edges stay repeated."""
    row_starts, row_columns = _grouped(rows, columns, n_rows)
    column_starts, column_rows = _grouped(columns, rows, n_columns)
    return Graph(row_starts, row_columns, column_starts, column_rows)


def peel(graph: Graph, weights: Floats) -> Block:
    """The densest block found; `weights` (columns,) is what each edge of a column weighs, zero or more."""
    n_rows, n_columns = len(graph.row_starts) - 1, len(graph.column_starts) - 1
    weights = np.ascontiguousarray(weights, dtype=np.float64)
    row_weight, column_weight = _node_weights(graph.row_starts, graph.row_columns, graph.column_starts, weights)
    is_alive = np.ones(n_rows + n_columns, dtype=np.bool_)
    ways = (graph.row_starts, graph.row_columns, graph.column_starts, graph.column_rows, weights)
    node_weight = np.concatenate((row_weight, column_weight))
    _drop_light(*ways, node_weight, is_alive)
    order, best, density = _peel_alive(*ways, node_weight, is_alive)
    inside = is_alive.copy()
    inside[order[:best]] = False
    rows = np.flatnonzero(inside[:n_rows]).astype(np.int32)
    columns = np.flatnonzero(inside[n_rows:]).astype(np.int32)
    return Block(rows, columns, float(density))


@compiled
def _grouped(by: Codes, what: Codes, groups: int) -> tuple[Places, Codes]:
    starts = np.zeros(groups + 1, dtype=np.int64)
    for edge in range(len(by)):
        starts[by[edge] + 1] += 1
    for group in range(groups):
        starts[group + 1] += starts[group]
    place = starts[:-1].copy()
    grouped = np.empty(len(by), dtype=np.int32)
    for edge in range(len(by)):
        grouped[place[by[edge]]] = what[edge]
        place[by[edge]] += 1
    return starts, grouped


@compiled
def _node_weights(
    row_starts: Places, row_columns: Codes, column_starts: Places, weights: Floats
) -> tuple[Floats, Floats]:
    n_rows, n_columns = len(row_starts) - 1, len(column_starts) - 1
    row_weight, column_weight = np.zeros(n_rows), np.zeros(n_columns)
    for row in range(n_rows):
        total = 0.0
        for place in range(row_starts[row], row_starts[row + 1]):
            total += weights[row_columns[place]]
        row_weight[row] = total
    for column in range(n_columns):
        column_weight[column] = weights[column] * (column_starts[column + 1] - column_starts[column])
    return row_weight, column_weight


@compiled
def _drop_light(
    row_starts: Places,
    row_columns: Codes,
    column_starts: Places,
    column_rows: Codes,
    weights: Floats,
    node_weight: Floats,
    is_alive: npt.NDArray[np.bool_],
) -> int:
    """Rounds of dropping every node lighter than the density; returns how many edges were looked at."""
    n_rows, nodes = len(row_starts) - 1, len(node_weight)
    total, left, looked = 0.0, nodes, 0
    for row in range(n_rows):
        total += node_weight[row]
    queue = np.empty(nodes, dtype=np.int32)
    while left > 0:
        density, queued = total / left, 0
        for node in range(nodes):
            if is_alive[node] and node_weight[node] < density:
                queue[queued] = node
                queued += 1
        if queued == 0:
            break
        for at in range(queued):
            node = queue[at]
            is_alive[node] = False
            left -= 1
            if node < n_rows:
                for place in range(row_starts[node], row_starts[node + 1]):
                    column = row_columns[place]
                    if is_alive[n_rows + column]:
                        node_weight[n_rows + column] -= weights[column]
                        total -= weights[column]
                looked += row_starts[node + 1] - row_starts[node]
            else:
                column = node - n_rows
                weight = weights[column]
                for place in range(column_starts[column], column_starts[column + 1]):
                    if is_alive[column_rows[place]]:
                        node_weight[column_rows[place]] -= weight
                        total -= weight
                looked += column_starts[column + 1] - column_starts[column]
    return looked


@compiled
def _peel_alive(
    row_starts: Places,
    row_columns: Codes,
    column_starts: Places,
    column_rows: Codes,
    weights: Floats,
    node_weight: Floats,
    is_alive: npt.NDArray[np.bool_],
) -> tuple[Codes, int, float]:
    """Drop the lightest node until none is left: the order, how many of it to drop for the best density, that density.

    Nodes lie in linked lists by weight; those far above the density are in no list until enough was taken from them.
    """
    n_rows, nodes = len(row_starts) - 1, len(node_weight)
    left, total = 0, 0.0
    for node in range(nodes):
        if is_alive[node]:
            left += 1
            if node < n_rows:
                total += node_weight[node]
    order = np.empty(left, dtype=np.int32)
    if left == 0 or total <= 0.0:
        return order, 0, 0.0
    scale = STEPS * left / total
    heads = np.full(BUCKETS + 1, -1, dtype=np.int32)
    after, before = np.full(nodes, -1, dtype=np.int32), np.full(nodes, -1, dtype=np.int32)
    place_of = np.full(nodes, -1, dtype=np.int32)
    for node in range(nodes):
        if is_alive[node]:
            bucket = min(int(node_weight[node] * scale), BUCKETS)
            place_of[node] = bucket
            after[node] = heads[bucket]
            if heads[bucket] >= 0:
                before[heads[bucket]] = node
            heads[bucket] = node
    best, best_density, at, lowest = 0, total / left, 0, 0
    while left > 0:
        while lowest <= BUCKETS and heads[lowest] < 0:
            lowest += 1
        node = heads[lowest]
        heads[lowest] = after[node]
        if after[node] >= 0:
            before[after[node]] = -1
        place_of[node] = -1
        order[at] = node
        at += 1
        left -= 1
        is_row = node < n_rows
        begin = row_starts[node] if is_row else column_starts[node - n_rows]
        end = row_starts[node + 1] if is_row else column_starts[node - n_rows + 1]
        for place in range(begin, end):
            other = row_columns[place] + n_rows if is_row else column_rows[place]
            bucket = place_of[other]
            if bucket < 0:
                continue
            weight = weights[other - n_rows] if is_row else weights[node - n_rows]
            total -= weight
            node_weight[other] -= weight
            fresh = min(max(int(node_weight[other] * scale), 0), BUCKETS)
            if fresh == bucket:
                continue
            if before[other] >= 0:
                after[before[other]] = after[other]
            else:
                heads[bucket] = after[other]
            if after[other] >= 0:
                before[after[other]] = before[other]
            before[other] = -1
            after[other] = heads[fresh]
            if heads[fresh] >= 0:
                before[heads[fresh]] = other
            heads[fresh] = other
            place_of[other] = fresh
            if fresh < lowest:
                lowest = fresh
        if left > 0 and total / left > best_density:
            best, best_density = at, total / left
    return order, best, best_density
