"""Integrity: groups found and honest people left alone on real data, and how fast blocks are peeled."""

from __future__ import annotations

import importlib
from typing import Any

PARTS = ("detecting", "peeling", "ranking", "sketches", "scaling", "town")


def run() -> list[dict[str, Any]]:
    """Rows of every part: `rows()` of bench.integrity.<part>."""
    return [row for part in PARTS for row in importlib.import_module(f"{__name__}.{part}").rows()]
