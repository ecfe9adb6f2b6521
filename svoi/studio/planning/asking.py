"""Which week or day of a calendar is asked for, read from an address that anybody may have written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from svoi.studio.answers import number_in

WAYS = ("studio", "host")
_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
_FIRST, _LAST = date(2000, 1, 3), date(2099, 12, 27)


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedCalendar:
    """A week from `monday`, or one `day` of it; by studio or by host, of one of them when `who` is a number."""

    monday: date
    day: date | None = None
    by: str = "studio"
    who: int | None = None

    @property
    def days(self) -> list[date]:
        return [self.day] if self.day else [self.monday + timedelta(days=number) for number in range(7)]

    @property
    def week(self) -> str:
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02d}"

    def query(self, **changes: object) -> str:
        """The same view as an address, with something changed."""
        other = replace(self, **changes)  # type: ignore[arg-type]
        told = {"day": other.day.isoformat()} if other.day else {"week": other.week}
        told["by"] = other.by
        if other.who:
            told["who"] = str(other.who)
        return urlencode(told)

    @property
    def before(self) -> str:
        return self._shifted(-1)

    @property
    def after(self) -> str:
        return self._shifted(1)

    def _shifted(self, way: int) -> str:
        if self.day:
            day = _within(self.day + timedelta(days=way))
            return self.query(day=day, monday=_monday(day))
        return self.query(monday=_within(self.monday + timedelta(weeks=way)))


def wanted_calendar(asked: Mapping[str, str], *, today: date) -> WantedCalendar:
    """What is not understood is this week, by studio."""
    day = read_date(asked.get("day", ""))
    monday = _monday(day) if day else _read_week(asked.get("week", "")) or _monday(today)
    by = asked.get("by", "")
    return WantedCalendar(monday=monday, day=day, by=by if by in WAYS else WAYS[0], who=number_in(asked, "who"))


def read_date(text: str) -> date | None:
    """A day of this century's calendars."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _FIRST <= day <= _LAST else None


def _read_week(text: str) -> date | None:
    match = _WEEK.fullmatch(text)
    if not match:
        return None
    try:
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return None
    return monday if _FIRST <= monday <= _LAST else None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _within(day: date) -> date:
    return min(max(day, _FIRST), _LAST)
