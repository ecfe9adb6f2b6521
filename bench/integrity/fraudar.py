"""FRAUDAR as published (Hooi et al., KDD 2016), plainly in Python: greedy peeling with a priority tree."""

from __future__ import annotations

import math
from collections.abc import Sequence


class MinTree:
    """A complete binary tree over values: the least leaf, and changes all the way up, as in the published program."""

    def __init__(self, values: list[float]) -> None:
        self.height = max(1, math.ceil(math.log2(max(2, len(values)))))
        self.leaves = 2**self.height
        self.nodes = [math.inf] * (2 * self.leaves)
        for place, value in enumerate(values):
            self.nodes[self.leaves + place] = value
        for node in range(self.leaves - 1, 0, -1):
            self.nodes[node] = min(self.nodes[2 * node], self.nodes[2 * node + 1])

    def least(self) -> tuple[int, float]:
        node = 1
        while node < self.leaves:
            node = 2 * node if self.nodes[2 * node] <= self.nodes[2 * node + 1] else 2 * node + 1
        return node - self.leaves, self.nodes[node]

    def change(self, place: int, by: float) -> None:
        node = self.leaves + place
        self.nodes[node] += by
        while node > 1:
            node //= 2
            self.nodes[node] = min(self.nodes[2 * node], self.nodes[2 * node + 1])


def fraudar(
    rows: Sequence[int], columns: Sequence[int], n_rows: int, n_columns: int
) -> tuple[set[int], set[int], float]:
    """Rows and columns of the densest block with columns weighed by 1 / log(degree + 5); and its density."""
    of_row: list[list[int]] = [[] for _ in range(n_rows)]
    of_column: list[list[int]] = [[] for _ in range(n_columns)]
    for row, column in zip(rows, columns, strict=True):
        of_row[row].append(column)
        of_column[column].append(row)
    weights = [1.0 / math.log(len(linked) + 5) for linked in of_column]
    row_tree = MinTree([sum(weights[column] for column in linked) for linked in of_row])
    column_tree = MinTree([weight * len(linked) for weight, linked in zip(weights, of_column, strict=True)])
    total = sum(weights[column] for column in columns)
    in_rows, in_columns = set(range(n_rows)), set(range(n_columns))
    best, best_at, order = total / (n_rows + n_columns), 0, []
    while in_rows or in_columns:
        (row, row_value), (column, column_value) = row_tree.least(), column_tree.least()
        if row_value <= column_value:
            total -= _take(
                row, in_rows, row_tree, of_row[row], in_columns, column_tree, [weights[c] for c in of_row[row]]
            )
            order.append((True, row))
        else:
            linked = of_column[column]
            total -= _take(column, in_columns, column_tree, linked, in_rows, row_tree, [weights[column]] * len(linked))
            order.append((False, column))
        left = len(in_rows) + len(in_columns)
        if left and total / left > best:
            best, best_at = total / left, len(order)
    gone = set(order[:best_at])
    return (
        {row for row in range(n_rows) if (True, row) not in gone},
        {column for column in range(n_columns) if (False, column) not in gone},
        best,
    )


def _take(
    node: int, own: set[int], tree: MinTree, linked: list[int], others: set[int], other_tree: MinTree, by: list[float]
) -> float:
    own.discard(node)
    tree.change(node, math.inf)
    gone = 0.0
    for other, weight in zip(linked, by, strict=True):
        if other in others:
            other_tree.change(other, -weight)
            gone += weight
    return gone
