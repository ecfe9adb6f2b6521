"""What both measurements of claims stand on: the shop's surroundings, slow commits, and figures of several rounds."""

from __future__ import annotations

import os
from pathlib import Path
from statistics import median

import psycopg

ROOT = Path(__file__).resolve().parents[2]


def environment(url: str, data: str) -> dict[str, str]:
    """For a process that speaks Django on the measured database."""
    own = {"DATABASE_URL": url, "SVOI_SECRET": "5" * 64, "SVOI_POOL": "0", "SVOI_DATA": data}
    return {**os.environ, **own, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "svoi.conf.settings"}


def delay_commits(url: str, delay_ms: int) -> None:
    """A slow disk: whoever leads a flush waits first, even when nobody else is writing."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"alter system set commit_delay = {delay_ms * 1000}")
        connection.execute("alter system set commit_siblings = 0")
        connection.execute("select pg_reload_conf()")


def ratio_of(ours: list[float], theirs: list[float]) -> str:
    """Round by round, how many times as much is ours; the middle one, with the least and the most beside it."""
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    return f"{median(ratios):.1f}x ({min(ratios):.1f}-{max(ratios):.1f})"


def told_of(figures: list[float]) -> str:
    return f"{median(figures):,.0f} ({min(figures):,.0f}-{max(figures):,.0f})"
