"""A feed of 100,000 offers taken in and given out: beside plain lxml, through the database, and the memory it takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.feed.feed_file import write_feed
from bench.feed.reading import compare
from svoi.doors.postgres.temporary import temporary_postgres

OFFERS = 100_000
ROUNDS = 5


def run() -> list[dict[str, Any]]:
    """Rows of the table; the feed is written once and removed."""
    with tempfile.TemporaryDirectory(prefix="svoi-bench-") as folder:
        feed = Path(folder) / "feed.xml"
        write_feed(feed, offers=OFFERS)
        return [_reading(feed), *_importing(feed)]


def _reading(feed: Path) -> dict[str, Any]:
    seen = compare(feed, rounds=ROUNDS)
    return {
        "path": f"feed: read {OFFERS:,} offers ({feed.stat().st_size / 1e6:.0f} MB), CPU time",
        "figure": f"{seen.ours_s:.1f} s",
        "peer": f"plain lxml iterparse, {seen.plain_s:.1f} s",
        "ratio": f"{seen.ratio:.2f}x ({seen.ratio_min:.2f}-{seen.ratio_max:.2f})",
        "demanded": "<= 2x",
    }


def _importing(feed: Path) -> list[dict[str, Any]]:
    """The whole command in a fresh process on a fresh database, twice."""
    with temporary_postgres() as address:
        env = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "svoi.conf.settings"}
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v", "0"], env=env, check=True)
        first, again = (_told("bench.feed.importing", env, str(feed)) for _ in range(2))
        given = _told("bench.feed.exporting", env, str(feed.with_name("given.yml")), str(ROUNDS))
    return [
        {
            "path": "feed: the same into an empty shop, wall time",
            "figure": f"{first['read_s']:.0f} s to stage, {first['merge_s']:.0f} s to merge",
            "peer": "",
            "ratio": "",
            "demanded": "reported",
        },
        {
            "path": "feed: the same again, nothing changes",
            "figure": f"{again['read_s']:.0f} s to stage, {again['merge_s']:.1f} s to merge",
            "peer": "first import",
            "ratio": f"{again['merge_s'] / first['merge_s']:.2f}x of its merge",
            "demanded": f"no row changed: {again['changed']}",
        },
        {
            "path": "feed: peak memory of the importing process",
            "figure": f"{max(first['peak_mb'], again['peak_mb']):.0f} MB",
            "peer": f"an idle one, {first['idle_mb']:.0f} MB",
            "ratio": "",
            "demanded": "< 300 MB",
        },
        {
            "path": f"feed: give {given['offers']:,} offers out of the database ({given['size_mb']:.0f} MB), CPU time",
            "figure": f"{given['ours_s']:.1f} s",
            "peer": f"the same elements written by plain lxml, {given['plain_s']:.1f} s",
            "ratio": f"{given['ratio']:.2f}x ({given['ratio_min']:.2f}-{given['ratio_max']:.2f})",
            "demanded": "<= 4x",
        },
        {
            "path": "feed: the same, wall time and peak memory",
            "figure": f"{given['wall_s']:.0f} s, {given['peak_mb']:.0f} MB",
            "peer": f"an idle process, {given['idle_mb']:.0f} MB",
            "ratio": "",
            "demanded": "< 300 MB",
        },
    ]


def _told(program: str, env: dict[str, str], *told_to: str) -> dict[str, Any]:
    """What a measuring process of its own says in its last line."""
    command = [sys.executable, "-m", program, *told_to]
    told = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout
    return dict(json.loads(told.splitlines()[-1]))
