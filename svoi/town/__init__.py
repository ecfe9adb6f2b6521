"""A simulated town: seeded people, shows, stories, orders, attacks and honest crowds, with the truth about each.

    town = svoi.town.build(people=1_000, seed=1, days=60, attacks=["brushing:high", "raid:middle"])
    town.facts["actor"], town.exposures["reach_n"], town.truth.is_attacker

Numpy only: it reads no clock, no settings and no database, and needs no Django. See `docs/reference/town.md`.
"""

from svoi.town.names import KINDS, VERBS, first_of, kind_of
from svoi.town.plan import SIZES, Plan
from svoi.town.schemes import INTENSITIES, SCHEMES, Scheme
from svoi.town.town import Prepared, Town, build, prepare
from svoi.town.truth import Group, Truth

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
