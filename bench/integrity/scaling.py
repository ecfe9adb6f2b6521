"""How the time to find groups grows with the facts, for shapes that would hang a careless engine."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from svoi.engines.integrity import find_groups

Table = dict[str, npt.NDArray[Any]]
SMALL, TIMES = 50_000, 4
DAY_S = 86_400.0


def rows() -> Iterator[dict[str, Any]]:
    """A row for each shape; the exponent k of time ~ facts^k between the two sizes."""
    for name, shape in SHAPES.items():
        find_groups(shape(1_000))
        small, large = _cpu_s(shape(SMALL)), _cpu_s(shape(SMALL * TIMES))
        exponent = math.log(large / small, TIMES)
        yield {
            "path": f"integrity: {SMALL * TIMES:,} facts, {name}",
            "figure": f"{large:.1f} s",
            "peer": f"a quarter of them, {small:.1f} s",
            "ratio": f"facts^{exponent:.2f}",
            "demanded": "near-linear, never a hang",
        }


def _cpu_s(table: Table) -> float:
    began = time.process_time()
    find_groups(table, seed=1)
    return time.process_time() - began


def _table(actor: Any, target: Any, at_s: Any) -> Table:
    return {"actor": actor, "verb": np.full(len(actor), "like"), "target": target, "at_s": at_s}


def _identical(n: int) -> Table:
    return _table(np.full(n, 5), np.full(n, 5), np.full(n, 7.0))


def _one_target(n: int) -> Table:
    return _table(np.arange(n), np.full(n, 5), np.sort(_dice().uniform(0, 30 * DAY_S, n)))


def _one_actor(n: int) -> Table:
    return _table(np.full(n, 5), np.arange(n), np.arange(n, dtype=np.float64))


def _one_moment(n: int) -> Table:
    dice = _dice()
    return _table(dice.integers(0, n // 5, n), dice.integers(0, n // 50, n), np.full(n, 1e9))


def _backwards(n: int) -> Table:
    dice = _dice()
    return _table(dice.integers(0, n // 5, n), dice.integers(0, n // 50, n), np.arange(n, 0, -1) * 60.0)


def _wide_ids(n: int) -> Table:
    dice = _dice()
    return _table(
        2**31 + dice.integers(0, 2**40, n // 5)[dice.integers(0, n // 5, n)],
        2**62 + dice.integers(0, n // 50, n),
        dice.uniform(0, 30 * DAY_S, n),
    )


def _blocks(n: int) -> Table:
    """Nothing but rings: each of 20 accounts and 10 targets, all pairs in an hour of their own."""
    ring = np.arange(n) // 200
    place = np.arange(n) % 200
    at_s = ring % 700 * 3_600.0 + _dice().uniform(0, 3_600, n)
    return _table(ring * 20 + place // 10, ring * 10 + place % 10, at_s)


def _blocks_on_devices(n: int) -> Table:
    """The same rings in one hour, each on one device: as many crowds as there are targets."""
    table = _blocks(n)
    return table | {"at_s": _dice().uniform(0, 3_600, n), "device": table["actor"] // 20}


def _chain(n: int) -> Table:
    """Each account at its ten next targets, one account a minute."""
    actor = np.repeat(np.arange(n // 10), 10)
    return _table(actor, actor + np.tile(np.arange(10), n // 10), actor * 60.0 + _dice().uniform(0, 60, len(actor)))


def _dice() -> np.random.Generator:
    return np.random.default_rng(1)


SHAPES: dict[str, Callable[[int], Table]] = {
    "all the same": _identical,
    "one target": _one_target,
    "one account": _one_actor,
    "one moment": _one_moment,
    "a clock that runs backwards": _backwards,
    "ids beyond 2^31": _wide_ids,
    "nothing but rings": _blocks,
    "rings on one device each, in one hour": _blocks_on_devices,
    "a chain": _chain,
}
