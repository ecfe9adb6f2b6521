"""Standing: a recount beside a plain loop, chains beside bare hashes, capacity beside igraph's maximum flow."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from bench.standing import flows, ledgers

ROUNDS = 5


def run() -> list[dict[str, Any]]:
    return [_recount(), _chains(), *_capacity()]


def _recount() -> dict[str, Any]:
    columns, rows = ledgers.town()
    ours, peer = _in_turns(lambda: ledgers.recount(columns), lambda: ledgers.recount_plainly(rows), rounds=3)
    assert ledgers.agree(columns, rows), "the two recounts differ"
    return {
        "path": f"standing: all balances from {len(rows):,} entries",
        "figure": f"{median(ours):.2f} s",
        "peer": f"a plain loop in floats, {median(peer):.1f} s",
        "ratio": _ratio(peer, ours),
        "demanded": "seconds",
    }


def _chains() -> dict[str, Any]:
    chains, encoded = ledgers.sealed()
    ours, peer = _in_turns(lambda: ledgers.verify_all(chains), lambda: ledgers.hash_all(encoded))
    entries = sum(len(entries) for entries, _ in chains)
    return {
        "path": f"standing: {len(chains):,} chains of {entries // len(chains)} entries verified",
        "figure": f"{len(chains) / median(ours):,.0f} chains a second",
        "peer": f"bare hashlib over ready bytes, {len(chains) / median(peer):,.0f}",
        "ratio": _ratio(peer, ours),
        "demanded": "reported",
    }


def _capacity() -> list[dict[str, Any]]:
    rows = []
    for name, wanted in (("most get what they ask for", 200_000), ("twice what there is is asked for", 2_000_000)):
        asked = flows.town(accounts=100_000, wanted=wanted)
        flows.allot_all(asked)  # compiled before it is measured
        graph = flows.Peer(asked)
        ours, peer = _in_turns(lambda asked=asked: flows.allot_all(asked), graph.flow)  # type: ignore[misc]
        assert int(flows.allot_all(asked).sum()) == graph.flow(), "the two flows differ"
        rows.append(
            {
                "path": f"standing: capacity of 100,000 accounts, 500,000 vouches, {name}",
                "figure": f"{median(ours):.2f} s, each claim by seniority",
                "peer": f"igraph's maximum flow, its value alone, {median(peer):.2f} s",
                "ratio": _ratio(peer, ours),
                "demanded": "reported",
            }
        )
    large = flows.town(accounts=1_000_000, wanted=200_000)
    began = time.perf_counter()
    flows.allot_all(large)
    figure = f"{time.perf_counter() - began:.1f} s"
    return [*rows, {"path": "standing: the first for 1,000,000 accounts, 5,000,000 vouches", "figure": figure}]


def _in_turns(
    ours: Callable[[], object], peer: Callable[[], object], rounds: int = ROUNDS
) -> tuple[list[float], list[float]]:
    """Seconds of each, taken in turns, so that a busy moment meets both."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for way, seconds in zip((ours, peer), taken, strict=True):
            began = time.perf_counter()
            way()
            seconds.append(time.perf_counter() - began)
    return taken


def _ratio(peer: list[float], ours: list[float]) -> str:
    times = sorted(theirs / mine for theirs, mine in zip(peer, ours, strict=True))
    return f"{median(times):.2f}x ({times[0]:.2f}-{times[-1]:.2f})"
