"""Trust over a recount: what each person can give, then what each can hold, so that a ring's praise weighs what it may.

Two runs of `capacity` for each axis. First along what members confirm to each other: a giver gives no more than trust
brings to her, so a hundred accounts behind one edge praise with the weight of one. Then what members hold.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from svoi.engines.standing.capacity import Vouches, allot
from svoi.engines.standing.columns import NONE
from svoi.engines.standing.credit import Amounts
from svoi.engines.standing.recounting import Pairs
from svoi.engines.standing.regions import is_outside, regions


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """`given` for each row of pairs and `capacity` for each chain, in micro-points, as `balances` takes them."""

    given: Amounts
    capacity: Amounts


def trusted(pairs: Pairs, vouches: Vouches, *, seniority: Amounts) -> Trust:
    """What trust lets through in one community, where members are the accounts 0 to n - 1 of `vouches`.

    `seniority` (n,): the turn of each account, all different, lower first (the order of joining). Credit within one
    region gives nothing. Raises ValueError for pairs of several communities.
    """
    if len(np.unique(pairs.community)) > 1:
        raise ValueError("trust is counted for one community at a time")
    taker, region = pairs.member[pairs.chain], regions(vouches)
    giver = np.where(pairs.counterparty == NONE, taker, pairs.counterparty)
    wanted = np.where((pairs.counterparty != NONE) & is_outside(region, giver, taker), pairs.credit, 0)
    turn = np.empty(len(taker), dtype=np.int64)
    turn[np.lexsort((seniority[giver], seniority[taker]))] = np.arange(len(taker))
    given, capacity = np.zeros_like(pairs.credit), np.zeros_like(pairs.penalties)
    for axis in np.unique(pairs.axis).tolist():
        rows = pairs.axis[pairs.chain] == axis
        given[rows] = allot(vouches, account=giver[rows], demand=wanted[rows], seniority=turn[rows])
    sums = np.zeros_like(capacity)
    np.add.at(sums, pairs.chain, np.where(pairs.counterparty == NONE, pairs.credit, given))
    for axis in np.unique(pairs.axis).tolist():
        chains = pairs.axis == axis
        turns = seniority[pairs.member[chains]]
        capacity[chains] = allot(vouches, account=pairs.member[chains], demand=sums[chains], seniority=turns)
    return Trust(given=given, capacity=capacity)
