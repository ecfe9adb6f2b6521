"""Hangs up on those who do not read and on those who are gone without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from svoi.gateway.viewer import Viewer

STALLED_S_MAX = 10.0
PING_AFTER_S = 20.0
SILENT_S_MAX = 45.0
PINGS_A_SWEEP_MAX = 1_000  # a wave of pings must not hold up a pin


def sweep(viewers: Iterable[Viewer], *, at: float, tally: Counter[str]) -> None:
    """Look at everybody once; times are those of `Viewer.heard_at`."""
    pings = 0
    for viewer in list(viewers):
        if viewer.stalled_at is not None:
            if at - viewer.stalled_at > STALLED_S_MAX:
                tally["stalled"] += 1
                viewer.abort()
        elif at - viewer.heard_at > SILENT_S_MAX:
            tally["silent"] += 1
            viewer.stall(at)
            viewer.abort()
        elif at - viewer.heard_at > PING_AFTER_S and pings < PINGS_A_SWEEP_MAX:
            pings += 1
            viewer.ping()
