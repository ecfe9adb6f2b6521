"""Telling a room: deliveries a CPU-second and how late, against Nchan and against one write for each message."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.fanout.crowd import crowd
from bench.fanout.servers import Served, gateway, has_nchan, nchan

ROUNDS = 3
SECONDS = 6


@dataclass(frozen=True)
class Task:
    """So many viewers are told so many messages a second."""

    viewers: int
    rate: int
    demanded: str


TASKS = (
    Task(1_000, 300, ">= 2 M a CPU-s, >= 10x Nchan, p99 <= 150 ms"),
    Task(5_000, 100, "500 k/s within one core"),
)


def run() -> list[dict[str, Any]]:
    return [row for task in TASKS for row in measured(task)]


def measured(task: Task) -> list[dict[str, Any]]:
    """Ours and its peers in alternation, so that a busy moment of the machine falls on all of them."""
    names = ["batched", "single", *(["nchan"] if has_nchan() else [])]
    told: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        for name in names:
            told[name].append(once(name, task))
    ours = deliveries(told["batched"])
    path = f"fan-out, {task.viewers:,} viewers x {task.rate} msg/s x 200 B"
    peers = {"single": "one write a message", "nchan": "Nchan"}
    rows = []
    for name in names[1:]:
        theirs = deliveries(told[name])
        rows.append(
            {
                "path": path,
                "figure": shown(told["batched"]),
                "peer": f"{peers[name]}: {shown(told[name])}",
                "ratio": f"{ours / theirs:.1f}x",
                "demanded": task.demanded,
            }
        )
    return rows


def once(name: str, task: Task) -> dict[str, Any]:
    with served(name) as server, crowd(server, task.viewers) as viewers:
        viewers.run(task.rate, 0.5)  # everybody is greeted, counted and warm
        return viewers.run(task.rate, SECONDS)


def served(name: str) -> AbstractContextManager[Served]:
    return nchan() if name == "nchan" else gateway(name)


def deliveries(told: list[dict[str, Any]]) -> float:
    """Messages that reached a viewer, for each CPU-second of the server; the median of the rounds."""
    return median(each["heard"] / max(each["cpu_s"], 0.01) for each in told)


def shown(told: list[dict[str, Any]]) -> str:
    share = median(each["heard_in_time"] / max(1, each["said"] * each["live"]) for each in told)
    core = median(each["cpu_s"] / each["seconds"] for each in told)
    late = f"p50 {median(each['p50_ms'] for each in told):.0f} ms, p99 {median(each['p99_ms'] for each in told):.0f} ms"
    return f"{deliveries(told) / 1000:,.0f} k a CPU-s, {core:.2f} core, {late}, {share:.0%} in time"
