"""What is on record of shows that are over, read for many of them at once: seven queries whatever their number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from svoi.db import statements
from svoi.points.rules import POINT_MINOR
from svoi.replays.rules import AFTER_DAYS, ShowFacts
from svoi.shows.models import Break, Recount, Show

SQL = Path(__file__).resolve().parents[1] / "sql"
SAMPLE_HOLDS_S = 15  # the room is sampled every ten seconds while anybody is there


def facts_of(shows: Sequence[Show]) -> dict[int, ShowFacts]:
    """By show; those that never went on air or are not over are left out. Returns that came later are in it."""
    over = [show for show in shows if show.went_live_at and show.ended_at]
    ids = [show.pk for show in over]
    if not ids:
        return {}
    watched = _rows("watched", show_ids=ids, longest_s=SAMPLE_HOLDS_S)
    people = _people(ids)
    talk = _rows("interacting", show_ids=ids)
    money = _rows("money", show_ids=ids, after_days=AFTER_DAYS, point_minor=POINT_MINOR)
    paused = _paused(over)
    return {
        show.pk: _facts(show, paused[show.pk], {**_NOTHING, **watched.get(show.pk, {}), **people.get(show.pk, {}),
                                                 **talk.get(show.pk, {}), **money.get(show.pk, {})})
        for show in over
    }  # fmt: skip


_NOTHING: dict[str, Any] = {
    "viewers_raw": None, "viewers_counted": None, "peak_counted": None, "watch_s": None, "interacting": 0,
    "messages": 0, "orders": 0, "paid_orders": 0, "buyers": 0, "creators": 0, "gmv_minor": 0, "paid_minor": 0,
    "returned_minor": 0, "returned_orders": 0,
}  # fmt: skip


def _facts(show: Show, paused: timedelta, told: dict[str, Any]) -> ShowFacts:
    assert show.went_live_at
    assert show.ended_at
    return ShowFacts(
        length_s=round((show.ended_at - show.went_live_at - paused).total_seconds()),
        late_s=round((show.went_live_at - show.starts_at).total_seconds()),
        **{name: told[name] for name in _NOTHING},
    )


def _people(ids: list[int]) -> dict[int, dict[str, Any]]:
    """By the newest recount that holds, else by the heartbeats themselves."""
    standing = (
        Recount.objects.filter(show_id__in=ids, is_dry=False).order_by("show_id", "-at", "-pk").distinct("show_id")
    )
    names = ("viewers_raw", "viewers_counted", "peak_counted")
    found = {row["show_id"]: {name: row[name] for name in names} for row in standing.values("show_id", *names)}
    rest = [pk for pk in ids if pk not in found]
    return found | _rows("people", show_ids=rest)


def _paused(shows: list[Show]) -> dict[int, timedelta]:
    paused = {show.pk: timedelta() for show in shows}
    ended = {show.pk: show.ended_at for show in shows}
    for show_id, began_at, ended_at in Break.objects.filter(show__in=ended).values_list(
        "show_id", "began_at", "ended_at"
    ):
        until = ended_at or ended[show_id]
        assert until is not None
        paused[show_id] += until - began_at
    return paused


def _rows(name: str, **parameters: Any) -> dict[int, dict[str, Any]]:
    found = statements.rows(SQL / f"{name}.sql", parameters)
    return {int(str(row.pop("show_id"))): dict(row) for row in found}
