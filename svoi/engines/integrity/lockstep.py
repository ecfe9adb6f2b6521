"""From a seed to a group: who hits which targets in which windows beyond what popularity and activity would bring.

Two steps are taken in turn until nothing changes. Given the members, every item has the window in which most of them
met, and is kept where that is more than their own activity times the share of the item among everybody else. Given
the columns, an account is a member where its hits are likelier for a member (Poisson around the mean of the members)
than for anybody as active (geometric around activity times share, which has the heavy tail of taste).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from svoi.engines.integrity.columns import Pairs
from svoi.engines.integrity.facts import Floats, Ints
from svoi.engines.integrity.hits import hit_edges, hits_of, meetings, rows_of
from svoi.engines.integrity.peel import graph_of, peel

ROUNDS = 10
BOLD_ROUNDS = 3  # rounds that trust the long-run share only: members not yet found would pass for the public
PRIOR = 60.0  # facts: how much the long-run share of an item weighs beside its share around a window
HITS_LEAST = 2  # distinct targets below which nobody is a member
MEMBER_LEAST = 2.0  # nats for being a member, beside the rarity of members
MEMBER_COMMON = 0.25  # hits of a member, of the hits of a usual one
COLUMN_COMMON = 0.35  # members at a column, of those at a usual one
_NO_PUBLIC = 1e12

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of a group by target: item, window, members there, share among others, expectation; (columns,) each."""

    items: Ints
    begin_s: Floats
    end_s: Floats
    hits: Ints
    share: Floats
    expected: Floats

    def __len__(self) -> int:
        return len(self.items)

    def only(self, kept: Flags | Ints) -> Columns:
        """The kept ones, in the given order."""
        return Columns(
            self.items[kept],
            self.begin_s[kept],
            self.end_s[kept],
            self.hits[kept],
            self.share[kept],
            self.expected[kept],
        )


@dataclass(frozen=True, slots=True)
class Lockstep:
    """Members (places of actors) with their hits and the hits expected of their activity; columns; score in nats."""

    members: Ints
    hits: Ints
    expected: Floats
    columns: Columns
    score: float


def grow(pairs: Pairs, seed: Ints, width_s: float, explained: Floats) -> Lockstep | None:
    """The group around the seed (places of actors), with windows up to `width_s`; None where nothing holds together."""
    members, best, seen = seed, None, set()
    for turn in range(ROUNDS):
        is_bold = turn < BOLD_ROUNDS
        columns = _columns(pairs, members, width_s, explained, prior=_NO_PUBLIC if is_bold else PRIOR)
        if columns is None:
            break
        group = _group(pairs, columns, members, width_s, is_cut=turn == 0)
        if group is None:
            break
        if not is_bold and (best is None or group.score > best.score):
            best = group
        if turn > 0 and group.score < 0:  # bold scores flatter: what is nothing now will be nothing
            break
        members = group.members
        mark = members.tobytes()
        if mark in seen and not is_bold:
            break
        seen.add(mark)
    return best and _trimmed(pairs, best, width_s)


def _columns(pairs: Pairs, members: Ints, width_s: float, explained: Floats, *, prior: float) -> Columns | None:
    if len(members) < HITS_LEAST:
        return None
    is_member = np.zeros(len(pairs.actors), dtype=np.bool_)
    is_member[members] = True
    rows = rows_of(members, pairs.by_actor, pairs.actor_starts)
    found = Columns(
        *meetings(
            pairs.actor,
            pairs.item,
            pairs.at_s,
            pairs.by_item,
            pairs.item_starts,
            rows,
            is_member,
            width_s,
            explained,
            prior,
        )
    )
    common = found.only(found.hits >= COLUMN_COMMON * _biased_mean(found.hits))
    columns = common.only(np.argsort(pairs.item_target[common.items], kind="stable"))
    return columns if len(np.unique(pairs.item_target[columns.items])) >= HITS_LEAST else None


def _group(pairs: Pairs, columns: Columns, members: Ints, width_s: float, *, is_cut: bool) -> Lockstep | None:
    """Members by likelihood, given columns and who was taken for a member before."""
    targets = pairs.item_target[columns.items].astype(np.int64)
    found, hits, expected = hits_of(
        pairs.actor,
        pairs.at_s,
        pairs.by_actor,
        pairs.actor_starts,
        pairs.by_item,
        pairs.item_starts,
        columns.items,
        targets,
        columns.begin_s,
        columns.end_s,
        columns.share,
    )
    usual = hits[np.isin(found, members) & (hits >= HITS_LEAST)]
    mean = _biased_mean(usual) if len(usual) else float(HITS_LEAST)
    ratio = _member_ratio(hits, expected, mean) + math.log(len(members) / len(pairs.actors))
    inside = (ratio > MEMBER_LEAST) & (hits >= max(HITS_LEAST, MEMBER_COMMON * mean))
    if is_cut:
        inside &= np.isin(found, _core(pairs, found, columns)[0])
    if inside.sum() < HITS_LEAST:
        return None
    n_distinct = len(np.unique(targets))
    windows = max(1.0, float(pairs.at_s[-1] - pairs.at_s[0]) / width_s)
    choice = n_distinct * math.log(math.e * windows * len(pairs.targets) / n_distinct)
    return Lockstep(found[inside], hits[inside], expected[inside], columns, float(ratio[inside].sum()) - choice)


def _trimmed(pairs: Pairs, group: Lockstep, width_s: float) -> Lockstep:
    """The group on its tightest columns only, so that what hangs on loosely falls off."""
    kept = _core(pairs, group.members, group.columns)[1]
    columns = group.columns.only(np.sort(kept))
    if len(np.unique(pairs.item_target[columns.items])) < HITS_LEAST:
        return group
    return _group(pairs, columns, group.members, width_s, is_cut=False) or group


def _core(pairs: Pairs, found: Ints, columns: Columns) -> tuple[Ints, Ints]:
    """The densest part of the hits: of two groups that fell into one seed the tighter one; accounts, columns."""
    place = np.full(len(pairs.actors), -1, dtype=np.int32)
    place[found] = np.arange(len(found), dtype=np.int32)
    rows, at, _ = hit_edges(
        pairs.actor,
        pairs.at_s,
        pairs.by_item,
        pairs.item_starts,
        columns.items,
        columns.begin_s,
        columns.end_s,
        place,
    )
    block = peel(graph_of(rows, at, len(found), len(columns)), np.ones(len(columns)))
    return found[block.rows], block.columns.astype(np.int64)


def _biased_mean(counts: Ints) -> float:
    """The mean weighed by the counts themselves: what a hit sees, so that many small ones do not hide the core."""
    return float((counts * counts).sum() / max(1, counts.sum()))


def _member_ratio(hits: Ints, expected: Floats, mean: float) -> Floats:
    """Log likelihood of the hits for a member over that for anybody, per account (a Poisson over a geometric)."""
    of_anybody = hits * np.log(expected / (1 + expected)) - np.log1p(expected)
    factorial = np.array([math.lgamma(k + 1.0) for k in range(int(hits.max(initial=0)) + 1)])[hits]
    return np.asarray(hits * math.log(mean) - mean - factorial - of_anybody)
