"""Which rules are in force, and what was found. Facts for the engine are read in `facts`, for searches alone."""

from svoi.trust.queries.due import search_is_due
from svoi.trust.queries.groups import (
    GroupCard,
    group_seen_by,
    groups_of,
    latest_searches,
    verdicts_of,
)
from svoi.trust.queries.modes import Standing, mode_history, rule_mode, standing_of, standings_of

__all__ = [
    "GroupCard",
    "Standing",
    "group_seen_by",
    "groups_of",
    "latest_searches",
    "mode_history",
    "rule_mode",
    "search_is_due",
    "standing_of",
    "standings_of",
    "verdicts_of",
]
