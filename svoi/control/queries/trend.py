"""The trend of a show as its crew sees it: what is on record minute by minute, and what the crew set off meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.cache import cache

from svoi.control.rules.trend import LOOK_BACK, MINUTES_MAX, Minute, Trend, trend_of
from svoi.db import statements
from svoi.points.rules import POINT_MINOR
from svoi.shows.models import Show

SQL = Path(__file__).resolve().parents[1] / "sql"
SAMPLE_HOLDS_S = 15  # the room is sampled every ten seconds while anybody is there
MARKS_MAX = 300
KEPT_S = 12 * 3600  # what an ended show left changes little: a message hidden late, no more


@dataclass(frozen=True, slots=True)
class TrendMark:
    """Something the crew did: pin, deal, envelope, poll, incident, cue or break.

    `ended_at` for what lasts and has (or will have) an end.
    """

    kind: str
    at: datetime
    ended_at: datetime | None
    about_ru: str
    about_en: str


@dataclass(frozen=True, slots=True)
class TrendRead:
    """A trend as of a moment; None as `trend` before the show goes on air."""

    trend: Trend | None
    marks: tuple[TrendMark, ...]
    began_at: datetime | None
    as_of: datetime


def live_trend(*, show: Show, at: datetime) -> TrendRead:
    """Three queries whatever its length, one more for shows of the 14 days before that were not read today."""
    if show.went_live_at is None:
        return TrendRead(None, (), None, at)
    until = min(at, show.ended_at) if show.ended_at else at
    minutes = whole_minutes(show, until)
    own = minutes_of([show], at=at)[show.pk][:minutes]
    return TrendRead(trend_of(own, _before(show, at=at)), _marks(show.pk), show.went_live_at, at)


def whole_minutes(show: Show, until: datetime) -> int:
    """How many minutes of the show are over; the one that runs is not compared with whole ones."""
    assert show.went_live_at is not None
    return max(0, min(MINUTES_MAX, int((until - show.went_live_at).total_seconds() // 60)))


def minutes_of(shows: Sequence[Show], *, at: datetime) -> dict[int, list[Minute]]:
    """By show, each whole minute so far; those in which nothing happened are there too. One query."""
    told: dict[int, dict[int, dict[str, Any]]] = {show.pk: {} for show in shows}
    parameters = {"show_ids": list(told), "at": at, "longest_s": SAMPLE_HOLDS_S, "point_minor": POINT_MINOR}
    for row in statements.rows(SQL / "trend_minutes.sql", parameters):
        what, number = str(row["what"]), float(str(row["number"]))
        minute = told[int(str(row["show_id"]))].setdefault(int(str(row["minute"])), {})
        minute[what] = number if what == "viewers" else round(number)
    lengths = {show.pk: whole_minutes(show, show.ended_at or at) for show in shows}
    return {pk: [Minute(**minutes.get(n, {})) for n in range(lengths[pk])] for pk, minutes in told.items()}


def _before(show: Show, *, at: datetime) -> list[list[Minute]]:
    """Minutes of the community's shows of the 14 days before, from what was read of them before where it was."""
    assert show.went_live_at is not None
    earlier = Show.objects.filter(
        community_id=show.community_id,
        ended_at__isnull=False,
        went_live_at__gte=show.went_live_at - LOOK_BACK,
        went_live_at__lt=show.went_live_at,
    )
    shows = {_key(one): one for one in earlier}
    kept = cache.get_many(shows)
    missing = [one for key, one in shows.items() if key not in kept]
    if missing:
        fresh = minutes_of(missing, at=at)
        kept |= {_key(one): fresh[one.pk] for one in missing}
        cache.set_many({_key(one): fresh[one.pk] for one in missing}, KEPT_S)
    return [kept[key] for key in shows]


def _key(show: Show) -> str:
    """With the show's end in it, so that a number used again is another key."""
    return f"trend-{show.pk}-{show.ended_at.timestamp() if show.ended_at else 0}"


def _marks(show_id: int) -> tuple[TrendMark, ...]:
    found = statements.rows(SQL / "trend_marks.sql", {"show_id": show_id, "most": MARKS_MAX})
    return tuple(_mark(row) for row in reversed(found))


def _mark(row: dict[str, Any]) -> TrendMark:
    return TrendMark(row["kind"], row["began_at"], row["ended_at"], row["about_ru"], row["about_en"])
