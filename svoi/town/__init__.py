"""A simulated town: seeded people, shows, stories, orders, attacks and honest crowds, with the truth about each.

    town = svoi.town.build(people=1_000, seed=1, days=60, attacks=["brushing:high", "raid:middle"])
    town.facts["actor"], town.exposures["reach_n"], town.truth.is_attacker

Numpy only: it reads no clock, no settings and no database, and needs no Django. See `docs/reference/town.md`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from svoi.town.names import KINDS, VERBS, first_of, kind_of
    from svoi.town.plan import SIZES, Plan
    from svoi.town.schemes import INTENSITIES, SCHEMES, Scheme
    from svoi.town.town import Prepared, Town, build, prepare
    from svoi.town.truth import Group, Truth

# Looked up when they are asked for: Django imports this package in every process, and few of them need numpy.
_HOMES = {
    "names": ("KINDS", "VERBS", "first_of", "kind_of"),
    "plan": ("SIZES", "Plan"),
    "schemes": ("INTENSITIES", "SCHEMES", "Scheme"),
    "town": ("Prepared", "Town", "build", "prepare"),
    "truth": ("Group", "Truth"),
}

__all__ = [
    "INTENSITIES",
    "KINDS",
    "SCHEMES",
    "SIZES",
    "VERBS",
    "Group",
    "Plan",
    "Prepared",
    "Scheme",
    "Town",
    "Truth",
    "build",
    "first_of",
    "kind_of",
    "prepare",
]


def __getattr__(name: str) -> Any:
    """Schemes register themselves when the town is built of them, so they are loaded with whatever is asked for."""
    for home, names in _HOMES.items():
        if name in names:
            importlib.import_module("svoi.town.town")
            return getattr(importlib.import_module(f"svoi.town.{home}"), name)
    raise AttributeError(f"{__name__} has no {name}")
