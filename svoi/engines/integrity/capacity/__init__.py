"""Seeded trust capacity: from people whose deeds are known over their links to everybody. A cap, never a verdict."""

from __future__ import annotations

from dataclasses import dataclass

import numpy.typing as npt

from svoi.engines.integrity.capacity.caps import ONE_ACCOUNT, caps_of
from svoi.engines.integrity.capacity.graph import Floats, Ints, graph_of
from svoi.engines.integrity.capacity.walks import closeness


@dataclass(frozen=True, slots=True)
class Capacity:
    """`accounts` ascending; `caps` and `closeness` in [0, 1]; shape (accounts,) each.

    `caps` multiply what an account may give or earn. `closeness` orders accounts for those who look; it is a rank, so
    somebody is always last, also where everybody is honest.
    """

    accounts: Ints
    caps: Floats
    closeness: Floats


def trust_capacity(links: npt.ArrayLike, seeds: npt.ArrayLike, *, per_link: float = ONE_ACCOUNT) -> Capacity:
    """Capacity of every account in `links` (pairs that both sides made, shape (links, 2)) and `seeds` (shape (seeds,)).

    Seeds are verified purchasers, people who collected parcels, staff. Raises ValueError for another shape.
    """
    graph = graph_of(links, seeds)
    return Capacity(graph.accounts, caps_of(graph, per_link=per_link), closeness(graph))
