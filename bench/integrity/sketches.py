"""How fast live events are weighed, in columns and one by one, beside exact sets and counters in plain Python."""

from __future__ import annotations

import time
import tracemalloc
from collections import Counter, deque
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt

from svoi.engines.integrity.live import LiveWatch

EVENTS = 1_000_000
SINGLE = 60_000
ROUNDS = 5
NOW = 1.8e9
FAMILY = 4
Columns = dict[str, npt.NDArray[Any]]


def rows() -> list[dict[str, Any]]:
    """Rows of the table, each way in turn with its peer."""
    events = invented(EVENTS)
    few = {name: column[:SINGLE] for name, column in events.items()}
    listed = list(zip(*(few[name].tolist() for name in few), strict=True))
    LiveWatch().weigh_many(**{name: column[:100] for name, column in few.items()})  # compiled before the clock starts
    batch, single, exact = [], [], []
    for _ in range(ROUNDS):
        batch.append(EVENTS / _spent(lambda: LiveWatch().weigh_many(**events)))
        single.append(SINGLE / _spent(lambda: _one_by_one(listed)))
        exact.append(SINGLE / _spent(lambda: _exactly(listed)))
    return [
        _row("columns", batch, exact, ">= 1 M a core second"),
        _row("one by one, plain Python", single, exact, ">= 50,000 a core second"),
        _memory(events),
        _honest(),
    ]


def invented(rows: int, *, seed: int = 1) -> Columns:
    """Six hours of a lively town: 3,000 targets of uneven fame, 200,000 accounts, half of it led by exposures."""
    dice = np.random.default_rng(seed)
    return {
        "actor": dice.integers(0, 200_000, rows),
        "target": dice.zipf(1.4, rows) % 3_000,
        "at_s": np.sort(NOW + dice.uniform(0, 6 * 3_600, rows)),
        "device": dice.integers(0, 250_000, rows),
        "network": dice.integers(0, 50_000, rows),
        "payment": np.where(dice.random(rows) < 0.1, dice.integers(0, 150_000, rows), -1),
        "exposure": np.where(dice.random(rows) < 0.5, dice.integers(0, 50, rows), -1),
    }


def _spent(way: Any) -> float:
    began = time.process_time()
    way()
    return time.process_time() - began


def _one_by_one(events: list[tuple[Any, ...]]) -> None:
    weigh = LiveWatch().weigh
    for event in events:
        weigh(*event)


def _exactly(events: list[tuple[Any, ...]]) -> None:
    """What memory without bounds would do: sets of accounts for each pair, moments of each target's last minute."""
    sharers: dict[tuple[str, int, int], set[int]] = {}
    lately: dict[int, deque[float]] = {}
    told: Counter[str] = Counter()
    for actor, target, at_s, *traces, _ in events:
        for kind, trace in zip(("device", "network", "payment"), traces, strict=True):
            if trace != -1:
                accounts = sharers.setdefault((kind, trace, target), set())
                accounts.add(actor)
                told[kind] += len(accounts) > FAMILY
        minute = lately.setdefault(target, deque())
        minute.append(at_s)
        while minute[0] < at_s - 60.0:
            minute.popleft()


def _row(way: str, ours: list[float], exact: list[float], demanded: str) -> dict[str, Any]:
    ratios = [mine / theirs for mine, theirs in zip(ours, exact, strict=True)]
    return {
        "path": f"integrity: live events weighed, {way}",
        "figure": f"{median(ours):,.0f} a core second",
        "peer": f"exact sets and counters, unbounded, {median(exact):,.0f}",
        "ratio": f"{median(ratios):.2f}x ({min(ratios):.2f}-{max(ratios):.2f})",
        "demanded": demanded,
    }


def _memory(events: Columns) -> dict[str, Any]:
    tracemalloc.start()
    watch = LiveWatch()
    watch.weigh_many(**events)
    del events
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return {
        "path": f"integrity: memory of a watch after {EVENTS:,} events",
        "figure": f"{held / 1e6:.1f} MB",
        "peer": f"declared, {watch.memory_bytes / 1e6:.1f} MB",
        "ratio": f"{held / watch.memory_bytes:.2f}x",
        "demanded": "<= declared",
    }


def _honest() -> dict[str, Any]:
    """A push of 20,000, a classroom, an office, a family, a flash sale; all must count in full."""
    watch = LiveWatch()
    watch.show(1, reach=20_000, at_s=NOW)
    people = np.arange(6_000)
    crowds = [
        {"actor": people, "target": np.full(6_000, 1), "at_s": NOW + people * 0.1, "device": people},
        {"actor": people[:40], "target": np.full(40, 2), "at_s": NOW + people[:40], "network": np.full(40, 7)},
        {
            "actor": people[:480],
            "target": np.full(480, 3),
            "at_s": NOW + people[:480] * 60.0,
            "network": np.full(480, 8),
        },
        {"actor": people[:4], "target": np.full(4, 4), "at_s": NOW + people[:4] * 60.0, "device": np.full(4, 9)},
        {"actor": people, "target": np.full(6_000, 5), "at_s": NOW + people * 0.01, "exposure": np.full(6_000, 3)},
    ]
    weights = np.concatenate([watch.weigh_many(**crowd)[0] for crowd in crowds])
    return {
        "path": "integrity: honest look-alikes (push, classroom, office, family, flash sale) weighed below 1",
        "figure": f"{int((weights < 1).sum())} of {len(weights):,}",
        "demanded": "0",
    }
