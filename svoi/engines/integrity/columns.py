"""Facts as a graph of actors and columns, where a column is (verb, target, piece of time) and weighs its surprise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from svoi.engines.integrity.facts import Facts, Floats, Ints

WEIGHT_MAX = 8.0  # nats: beyond it one column would outweigh several
RATE_LEAST = 0.02  # expected actors in a column: what is rarer cannot be told from it
ACTORS_LEAST = 3


@dataclass(frozen=True, slots=True)
class Pairs:
    """Distinct facts to work on: one row for an (actor, item) pair and moment, sorted by time.

    `actor` and `item` are places in `actors` and in (`item_verb`, `item_target`); an item is a target under a verb.
    `fact` is the row of the facts it came from. Grouped views: `by_actor[actor_starts[a]:actor_starts[a + 1]]` are the
    rows of actor a in time order; the same for items.
    """

    actor: npt.NDArray[np.int32]
    item: npt.NDArray[np.int32]
    at_s: Floats
    fact: Ints
    actors: Ints
    item_verb: npt.NDArray[np.int32]
    item_target: npt.NDArray[np.int32]
    targets: Ints
    by_actor: Ints
    actor_starts: Ints
    by_item: Ints
    item_starts: Ints

    def __len__(self) -> int:
        return len(self.actor)


@dataclass(frozen=True, slots=True)
class Edges:
    """Edges of the graph at one width: actor, column and the row of the pairs each came from; what columns weigh."""

    actor: npt.NDArray[np.int32]
    column: npt.NDArray[np.int32]
    row: Ints
    weights: Floats


def pairs_of(facts: Facts) -> Pairs:
    """Every fact once, with ids replaced by places."""
    actors, actor = np.unique(facts.actor, return_inverse=True)
    targets, target = np.unique(facts.target, return_inverse=True)
    verbs = max(1, len(facts.verbs))
    items, item = np.unique(target.reshape(-1) * verbs + facts.verb, return_inverse=True)
    actor, item = actor.reshape(-1).astype(np.int32), item.reshape(-1).astype(np.int32)
    fact: Ints = np.arange(len(facts), dtype=np.int64)
    return _grouped_pairs(
        actor,
        item,
        facts.at_s,
        fact,
        actors,
        (items % verbs).astype(np.int32),
        (items // verbs).astype(np.int32),
        targets,
    )


def with_rows(pairs: Pairs, keep: npt.NDArray[np.bool_], actor: npt.NDArray[np.int32] | None = None) -> Pairs:
    """The kept rows, with other actors if given (shape of all rows)."""
    actor = pairs.actor if actor is None else actor
    return _grouped_pairs(
        actor[keep],
        pairs.item[keep],
        pairs.at_s[keep],
        pairs.fact[keep],
        pairs.actors,
        pairs.item_verb,
        pairs.item_target,
        pairs.targets,
    )


def _grouped_pairs(
    actor: npt.NDArray[np.int32],
    item: npt.NDArray[np.int32],
    at_s: Floats,
    fact: Ints,
    actors: Ints,
    item_verb: npt.NDArray[np.int32],
    item_target: npt.NDArray[np.int32],
    targets: Ints,
) -> Pairs:
    by_actor, actor_starts = _order(actor, len(actors))
    by_item, item_starts = _order(item, len(item_verb))
    return Pairs(
        actor, item, at_s, fact, actors, item_verb, item_target, targets, by_actor, actor_starts, by_item, item_starts
    )


def _order(codes: npt.NDArray[np.int32], n: int) -> tuple[Ints, Ints]:
    starts = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(codes, minlength=n), out=starts[1:])
    return np.argsort(codes, kind="stable"), starts


def edges_of(pairs: Pairs, width_s: float, offset_s: float, explained: Floats | None = None) -> Edges:
    """The graph at one width of columns; `explained` (rows,) is how many actors exposures brought about each row."""
    begin = float(pairs.at_s[0]) if len(pairs) else 0.0
    bucket = np.floor((pairs.at_s - begin + offset_s) / width_s).astype(np.int64)
    buckets = int(bucket.max()) + 1 if len(bucket) else 1
    column_key, column = np.unique(pairs.item * np.int64(buckets) + bucket, return_inverse=True)
    column = column.reshape(-1)
    _, first = np.unique(column * np.int64(len(pairs.actors)) + pairs.actor, return_index=True)
    column = column[first]
    n = np.bincount(column, minlength=len(column_key)).astype(np.float64)
    item, when = column_key // buckets, column_key % buckets
    in_item = np.bincount(item, weights=n, minlength=len(pairs.item_verb))
    in_bucket = np.bincount(when, weights=n, minlength=buckets)
    expected = np.maximum(in_item[item] * in_bucket[when] / max(1.0, n.sum()), RATE_LEAST)
    if explained is not None:
        np.maximum.at(expected, column, explained[first])
    weights = np.clip(np.log(np.maximum(n - 1, 0.5) / expected), 0.0, WEIGHT_MAX)
    weights[n < ACTORS_LEAST] = 0.0
    kept = weights[column] > 0
    places, column = np.unique(column[kept], return_inverse=True)
    row = first[kept]
    return Edges(pairs.actor[row], column.reshape(-1).astype(np.int32), row, weights[places])
