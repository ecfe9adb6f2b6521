"""Integrity: who acts together against expectation, and how far an account can be trusted. Weighs; never punishes.

Names are looked up when they are first asked for, so that importing the package compiles and loads nothing heavy.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from svoi.engines.integrity.facts import Exposures, Facts, FactsBroken, read_exposures, read_facts
    from svoi.engines.integrity.groups import Group, find_groups
    from svoi.engines.integrity.ranks import Ranking, rank_accounts
    from svoi.engines.integrity.wording import sentence

_HOMES = {
    "Exposures": "facts",
    "Facts": "facts",
    "FactsBroken": "facts",
    "read_exposures": "facts",
    "read_facts": "facts",
    "Group": "groups",
    "find_groups": "groups",
    "Ranking": "ranks",
    "rank_accounts": "ranks",
    "sentence": "wording",
}

__all__ = [
    "Exposures",
    "Facts",
    "FactsBroken",
    "Group",
    "Ranking",
    "find_groups",
    "rank_accounts",
    "read_exposures",
    "read_facts",
    "sentence",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"{__name__} has no {name}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
