"""Trust among invented accounts: three in ten are seeds, everybody vouches for five, and each asks for something."""

from __future__ import annotations

from dataclasses import dataclass

import igraph
import numpy as np
from numpy.typing import NDArray

from svoi.engines.standing.capacity import Vouches, allot
from svoi.engines.standing.units import POINT

Amounts = NDArray[np.int64]


@dataclass(frozen=True)
class Asked:
    """A town's vouches and what every account asks for, by turns."""

    vouches: Vouches
    demand: Amounts
    seniority: Amounts


def town(*, accounts: int, wanted: int) -> Asked:
    """Limits up to a point, seeds up to three, demands up to `wanted` micro-points; the same town every time."""
    dice = np.random.default_rng(3)
    seeds = np.where(dice.random(accounts) < 0.3, dice.integers(1, 3 * POINT, accounts), 0)
    edges = [dice.integers(0, accounts, 5 * accounts) for _ in range(2)]
    limit = dice.integers(1, POINT, 5 * accounts)
    vouches = Vouches(seeds=seeds, voucher=edges[0], vouched=edges[1], limit=limit)
    return Asked(vouches, dice.integers(0, wanted, accounts), dice.permutation(accounts))


def allot_all(asked: Asked) -> Amounts:
    account = np.arange(len(asked.demand))
    return allot(asked.vouches, account=account, demand=asked.demand, seniority=asked.seniority)


class Peer:
    """igraph over the same network with a source above the seeds and a sink below the claims, built beforehand."""

    def __init__(self, asked: Asked) -> None:
        voucher, vouched, limit = asked.vouches.edges()
        accounts = len(asked.demand)
        every, seeds = np.arange(accounts), np.flatnonzero(asked.vouches.seeds)
        self._ends = accounts, accounts + 1
        tails = np.concatenate([voucher, np.full(len(seeds), accounts), every])
        tips = np.concatenate([vouched, seeds, np.full(accounts, accounts + 1)])
        self._limits = np.concatenate([limit, asked.vouches.seeds[seeds], asked.demand]).tolist()
        self._graph = igraph.Graph(n=accounts + 2, edges=np.stack([tails, tips], axis=1), directed=True)

    def flow(self) -> int:
        """The value of a maximum flow: who gets how much of it is not asked."""
        return int(self._graph.maxflow_value(*self._ends, capacity=self._limits))
