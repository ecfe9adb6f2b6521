"""Integrity: groups found and honest people left alone on real data, and how fast blocks are peeled."""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from typing import Any

PARTS = ("detecting", "peeling", "ranking", "town")  # the last two come with other work, and are run if they are here


def run() -> list[dict[str, Any]]:
    """Rows of every part that is here: `rows()` of bench.integrity.<part>."""
    here = [part for part in PARTS if find_spec(f"{__name__}.{part}")]
    return [row for part in here for row in importlib.import_module(f"{__name__}.{part}").rows()]
