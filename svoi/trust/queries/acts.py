"""Single facts, named: what the accounts of one group did at its targets, and what everybody was shown meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

from svoi.db.statements import load

SQL = Path(__file__).resolve().parents[1] / "sql"
# The names of statements are the verbs that the engine reads.
SOURCES = ("watch", "say", "order", "paid", "returned", "take", "claim", "join")
ACTS_MAX = 4_000
SHOWN_MAX = 12
BEFORE = timedelta(days=1)  # what was shown so long before still explains who came


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody did something at a target."""

    member_id: int
    verb: str
    target: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A target was shown to so many."""

    target: int
    at: datetime
    reach: int


def acts_of(
    *, community_id: int, member_ids: Collection[int], targets: Collection[int], since: datetime, until: datetime
) -> list[Act]:
    """What these members did at these targets, both ends of the window included, in the order it happened."""
    asked = {
        "community": community_id,
        "since": since,
        "until": until + timedelta(microseconds=1),
        "members": sorted(member_ids),
        "targets": sorted(targets),
    }
    parts = [
        f"select '{verb}' as verb, actor, target, at_s from (\n{load(SQL / f'{verb}.sql')}\n) as one"  # noqa: S608
        for verb in SOURCES
    ]
    facts = "\nunion all\n".join(parts)
    statement = (
        f"select actor, verb, target, at_s from (\n{facts}\n) as facts "  # noqa: S608 - our own files
        "where actor = any(%(members)s) and target = any(%(targets)s) order by at_s, actor, target, verb "
        f"limit {ACTS_MAX}"
    )
    return [Act(actor, verb, target, _moment(at_s)) for actor, verb, target, at_s in _asked(statement, asked)]


def shown_before(*, community_id: int, targets: Collection[int], since: datetime, until: datetime) -> list[Shown]:
    """When these targets were shown, from a day before the window on, to the most people first."""
    statement = (
        f"select target, at_s, reach_n from (\n{load(SQL / 'exposures.sql')}\n) as shown "  # noqa: S608 - our own file
        f"where target = any(%(targets)s) order by reach_n desc, at_s limit {SHOWN_MAX}"
    )
    asked = {"community": community_id, "since": since, "until": until, "targets": sorted(targets)}
    return [Shown(target, _moment(at_s), reach) for target, at_s, reach in _asked(statement, asked)]


def has_facts_since(*, community_id: int, since: datetime, until: datetime) -> bool:
    """Did anybody do anything in between?"""
    asked = {"community": community_id, "since": since, "until": until}
    return any(_asked(f"select 1 from (\n{load(SQL / f'{verb}.sql')}\n) as one limit 1", asked) for verb in SOURCES)  # noqa: S608


def _asked(statement: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def _moment(at_s: float) -> datetime:
    return datetime.fromtimestamp(at_s, tz=UTC)
