"""Holding a crowd: thousands of connections in one process, and phones that stopped reading."""

from __future__ import annotations

from typing import Any

from bench.fanout.crowd import crowd
from bench.fanout.servers import gateway

HELD = 19_000
HOLD_S = 6
VIEWERS, STALLED = 1_000, 20
RATE, SECONDS = 100, 8


def run() -> list[dict[str, Any]]:
    return [connections(), stalled_phones()]


def connections() -> dict[str, Any]:
    """Everybody stays connected through a quiet time and a few messages."""
    with gateway() as server:
        before_kb = server.memory_kb()
        with crowd(server, HELD) as viewers:
            told = viewers.hold(HOLD_S)
            each_kb = (told["memory_kb"] - before_kb) / viewers.came["connected"]
            heard = viewers.run(2, 2)
    lost = HELD - heard["live"] + heard["gone"]
    return {
        "path": f"{HELD:,} connections in one process",
        "figure": f"{heard['live']:,} held, {lost} lost, {each_kb:.1f} KB each; told all, p99 {heard['p99_ms']:.0f} ms",
        "peer": "",
        "ratio": "",
        "demanded": "19,000 held, 0 lost, <= 16 KB user memory each",
    }


def stalled_phones() -> dict[str, Any]:
    """The same room without and with phones that read nothing: what it costs, and whether anybody waits for them."""
    clean = _told(0)
    slowed = _told(STALLED)
    grown_kb = (slowed["memory_kb"] - slowed["before_kb"]) - (clean["memory_kb"] - clean["before_kb"])
    return {
        "path": f"{STALLED} stalled phones among {VIEWERS:,} viewers x {RATE} msg/s",
        "figure": (
            f"p99 {slowed['p99_ms']:.0f} ms, {slowed['heard'] / (slowed['said'] * slowed['live']):.0%} told, "
            f"{grown_kb / STALLED:.0f} KB a phone"
        ),
        "peer": f"without them: p99 {clean['p99_ms']:.0f} ms",
        "ratio": f"{slowed['p99_ms'] / clean['p99_ms']:.2f}x",
        "demanded": "no viewer delayed, <= 64 KB each",
    }


def _told(stalled: int) -> dict[str, Any]:
    with gateway() as server, crowd(server, VIEWERS, stalled=stalled) as viewers:
        viewers.run(RATE, 1)
        before_kb = server.memory_kb()
        return {**viewers.run(RATE, SECONDS), "before_kb": before_kb}
