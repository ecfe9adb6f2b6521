"""One look over all widths of columns: seeds peeled one after another, each grown, the best that do not overlap."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from svoi.engines.integrity.columns import Edges, Pairs, edges_of, with_rows
from svoi.engines.integrity.facts import Floats, Ints
from svoi.engines.integrity.hits import hit_edges
from svoi.engines.integrity.lockstep import Lockstep, grow
from svoi.engines.integrity.peel import graph_of, peel

HOUR_S, DAY_S = 3600.0, 86_400.0
WIDTHS_S = (HOUR_S, DAY_S, 7 * DAY_S, 30 * DAY_S)
SEEDS = 8  # blocks peeled from each graph
SCORE_LEAST = 10.0  # nats: what is less is no candidate
OVERLAP_MAX = 0.2  # of the smaller group's members, for two candidates of one sweep to be two
SWEEPS_MAX = 12
_EDGES_LEAST = 6


def candidates_of(pairs: Pairs, explained: Floats) -> tuple[list[Lockstep], Pairs, Floats]:
    """Disjoint groups, best first, and the pairs without them: after each sweep what was found is taken out."""
    found: list[Lockstep] = []
    for _ in range(SWEEPS_MAX):
        fresh = sweep(pairs, explained)
        if not fresh:
            break
        found += fresh
        kept = np.ones(len(pairs), dtype=np.bool_)
        for group in fresh:
            kept[rows_of_group(pairs, group)] = False
        pairs, explained = with_rows(pairs, kept), explained[kept]
    return sorted(found, key=lambda group: -group.score), pairs, explained


def sweep(pairs: Pairs, explained: Floats) -> list[Lockstep]:
    """Groups of at least SCORE_LEAST over all widths, best first, sharing few members."""
    if len(pairs) < _EDGES_LEAST:
        return []
    grown: dict[bytes, Lockstep] = {}
    for width_s in WIDTHS_S:
        for offset_s in (0.0, width_s / 2):
            for seed in _seeds(pairs, edges_of(pairs, width_s, offset_s, explained)):
                group = grow(pairs, seed, width_s, explained)
                if group is None or group.score < SCORE_LEAST:
                    continue
                mark = group.members.tobytes()
                if mark not in grown or group.score > grown[mark].score:
                    grown[mark] = group
    chosen: list[Lockstep] = []
    for group in sorted(grown.values(), key=lambda one: -one.score):
        if all(_overlap(group.members, other.members) <= OVERLAP_MAX for other in chosen):
            chosen.append(group)
    return chosen


def rows_of_group(pairs: Pairs, group: Lockstep) -> Ints:
    """Rows of the pairs in which members hit columns of the group: each account and column once."""
    return _edges(pairs, group)[2]


def _edges(pairs: Pairs, group: Lockstep) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Ints]:
    place = np.full(len(pairs.actors), -1, dtype=np.int32)
    place[group.members] = np.arange(len(group.members), dtype=np.int32)
    columns = group.columns
    return hit_edges(
        pairs.actor,
        pairs.at_s,
        pairs.by_item,
        pairs.item_starts,
        columns.items,
        columns.begin_s,
        columns.end_s,
        place,
    )


def _seeds(pairs: Pairs, edges: Edges) -> Iterator[Ints]:
    """Actors of one dense block after another; edges inside a block are gone for the next."""
    actor, column = edges.actor, edges.column
    for _ in range(SEEDS):
        if len(actor) < _EDGES_LEAST:
            return
        block = peel(graph_of(actor, column, len(pairs.actors), len(edges.weights)), edges.weights)
        if not len(block.rows):
            return
        yield block.rows.astype(np.int64)
        in_rows = np.zeros(len(pairs.actors), dtype=np.bool_)
        in_columns = np.zeros(len(edges.weights), dtype=np.bool_)
        in_rows[block.rows], in_columns[block.columns] = True, True
        outside = ~(in_rows[actor] & in_columns[column])
        if outside.all():
            return
        actor, column = actor[outside], column[outside]


def _overlap(some: Ints, others: Ints) -> float:
    return len(np.intersect1d(some, others, assume_unique=True)) / min(len(some), len(others))
