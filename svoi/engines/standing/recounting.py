"""Recount: the balances of all chains at once, over arrays; each equals the replay of its chain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from svoi.engines.standing.columns import AXES, KINDS, NONE, Columns, stands
from svoi.engines.standing.credit import Amounts, divided, repeated, unreciprocated
from svoi.engines.standing.decay import faded_all
from svoi.engines.standing.units import DAY_S, Kind, half_life

_HALF_LIVES = np.array([[half_life(axis, kind) for kind in KINDS] for axis in AXES], dtype=np.int64)
_CREDIT = KINDS.index(Kind.CREDIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """What every counterparty gave every chain, in micro-points: rows of (chain, counterparty), sorted, credit each.

    A chain's row in `member`, `community`, `axis`, `penalties` (<= 0) is its number in `chain`.
    """

    member: Amounts
    community: Amounts
    axis: Amounts
    penalties: Amounts
    chain: Amounts
    counterparty: Amounts
    credit: Amounts


def pair_credits(columns: Columns, *, at: int) -> Pairs:
    """All that stands at `at`, up to what each counterparty gave; n log n, seconds for millions."""
    rows = np.flatnonzero(stands(columns, at))
    member, community, axis, kind = (
        values[rows] for values in (columns.member, columns.community, columns.axis, columns.kind)
    )
    left = faded_all(columns.delta[rows], (at - columns.at[rows]) // DAY_S, _HALF_LIVES[axis, kind])
    chain, firsts = _numbered(axis, member, community)
    credit = kind == _CREDIT
    penalties = np.zeros(len(firsts), dtype=np.int64)
    np.add.at(penalties, chain[~credit], left[~credit])
    given = rows[credit]
    pair, first = _numbered(columns.counterparty[given], chain[credit])
    received, size = np.zeros(len(first), dtype=np.int64), np.ones(len(first), dtype=np.int64)
    np.add.at(received, pair, left[credit])
    np.maximum.at(size, pair, columns.group_size[given])
    counterparty = columns.counterparty[given][first]
    returned = _returned(received, counterparty, columns.member[given][first], columns.community[given][first])
    damped = unreciprocated(divided(repeated(received), size), received, returned)
    return Pairs(
        member=member[firsts],
        community=community[firsts],
        axis=axis[firsts],
        penalties=penalties,
        chain=chain[credit][first],
        counterparty=counterparty,
        credit=np.where(counterparty == NONE, received, damped),
    )


def balances(pairs: Pairs, *, given: Amounts | None = None, capacity: Amounts | None = None) -> Amounts:
    """The balance of every chain; `given` limits each pair's credit, `capacity` each chain's sum of credits.

    Credit that the house confirms, without a counterparty, is not limited by `given`.
    """
    credit = pairs.credit
    if given is not None:
        credit = np.where(pairs.counterparty == NONE, credit, np.minimum(credit, given))
    sums = np.zeros(len(pairs.member), dtype=np.int64)
    np.add.at(sums, pairs.chain, credit)
    return (sums if capacity is None else np.minimum(sums, capacity)) + pairs.penalties


def _numbered(*keys: Amounts) -> tuple[Amounts, Amounts]:
    """For each row the number of its combination of keys, in the order of the last key first; and a row of each."""
    order = _order(keys)
    new = np.zeros(len(order), dtype=np.bool_)
    new[:1] = True
    for key in keys:
        new[1:] |= key[order][1:] != key[order][:-1]
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.cumsum(new) - 1
    return number, order[new]


def _order(keys: tuple[Amounts, ...]) -> NDArray[np.intp]:
    """Rows by the last key, then by the one before and so on; as one number each where that fits, which is quicker."""
    packed, spans = np.zeros_like(keys[0]), 1
    for key in reversed(keys):
        low, high = int(key.min(initial=0)), int(key.max(initial=0))
        spans *= high - low + 1
        if spans >= 1 << 63:
            return np.lexsort(keys)
        packed = packed * (high - low + 1) + (key - low)
    return np.argsort(packed)


def _returned(received: Amounts, giver: Amounts, taker: Amounts, community: Amounts) -> Amounts:
    """What the taker gave the giver of each pair, on all axes of the community together."""
    people, firsts = _numbered(np.minimum(giver, taker), np.maximum(giver, taker), community)
    way = (giver < taker).astype(np.int64)
    sums = np.zeros((len(firsts), 2), dtype=np.int64)
    np.add.at(sums, (people, way), received)
    return np.asarray(sums[people, 1 - way], dtype=np.int64)
