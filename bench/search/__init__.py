"""Searching a shop of a million products, some of them with a story's length of text."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from statistics import median, quantiles
from typing import Any

from bench.database import shop_sized_postgres
from bench.search.questions import BY_TITLES, LAYOUT
from bench.search.seeding import check, seed

PRODUCTS = 1_000_000
Taken = list[tuple[float, float]]  # wall and processor time of each answer, in milliseconds


def run(size: int = PRODUCTS) -> list[dict[str, Any]]:
    """Rows of the table; `size` products are written anew and thrown away."""
    with shop_sized_postgres() as address:
        env = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "svoi.conf.settings", "SVOI_POOL": "0"}
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v", "0"], env=env, check=True)
        community_id = seed(address, products=size)
        check(address)
        command = [sys.executable, "-m", "bench.search.asking", str(community_id)]
        told = json.loads(subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return [_row(kind, size, each) for kind, each in told.items()]


def _row(kind: str, size: int, told: dict[str, Any]) -> dict[str, Any]:
    ours, theirs = ([each for taken in told[who] for each in taken] for who in ("ours", "theirs"))
    ratios = [
        _p50(theirs) / _p50(mine[: len(theirs)]) for mine, theirs in zip(told["ours"], told["theirs"], strict=True)
    ]
    return {
        "path": f"search, {size:,} products: {kind}",
        "figure": f"{_told(ours)}; {told['answered']} of {len(told['ours'][0])} answered",
        "peer": f"{_peer(kind)}: {_told(theirs)}",
        "ratio": f"{median(ratios):.1f}x faster ({min(ratios):.1f}-{max(ratios):.1f})",
        "demanded": "p95 <= 60 ms",
    }


def _peer(kind: str) -> str:
    if kind in BY_TITLES:
        return "trigram % over all titles"
    return "the same on the right layout" if kind == LAYOUT else "ranking all matches"


def _p50(taken: Taken) -> float:
    return median(wall for wall, _ in taken)


def _told(taken: Taken) -> str:
    """The clock's milliseconds, and those of a core that were worked for it."""
    wall, cpu = ([each[place] for each in taken] for place in (0, 1))
    p95 = [quantiles(each, n=20)[18] for each in (wall, cpu)]
    return f"p50 {median(wall):.0f} ms, p95 {p95[0]:.0f} ms (of a core {median(cpu):.0f}, {p95[1]:.0f})"
