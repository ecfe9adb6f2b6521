"""On which days a series falls, and which moment a clock on a wall means there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from svoi.kernel.refused import Refused

WEEK_DAYS = 7
AHEAD_DAYS_MAX = 366


class PatternEmpty(Refused):
    """A series needs at least one day of the week, one host, and an end after its beginning."""

    code: ClassVar[str] = "series_empty"


class SeriesEnded(Refused):
    """The series was ended; plan another one."""

    code: ClassVar[str] = "series_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Which days of the week (Monday is 0), from which date, until which one (that day included; None: no end)."""

    weekdays: frozenset[int]
    starts_on: date
    until: date | None = None


def read_pattern(*, weekdays: Collection[int], starts_on: date, until: date | None, hosts: int) -> Pattern:
    """The pattern, when it names a day that exists; raises `PatternEmpty`."""
    days = frozenset(weekdays)
    if not days or not days <= set(range(WEEK_DAYS)) or hosts < 1 or (until is not None and until < starts_on):
        raise PatternEmpty()
    return Pattern(weekdays=days, starts_on=starts_on, until=until)


def dates_of(pattern: Pattern, *, first: date, last: date) -> list[date]:
    """The days of the pattern from `first` to `last`, both included."""
    begin = max(first, pattern.starts_on)
    end = last if pattern.until is None else min(last, pattern.until)
    days = (begin + timedelta(days=number) for number in range((end - begin).days + 1))
    return [day for day in days if day.weekday() in pattern.weekdays]


def turn_of(pattern: Pattern, day: date, *, hosts: int) -> int:
    """Whose turn it is on this day: hosts take turns from the first date on, whoever was skipped before."""
    return (len(dates_of(pattern, first=pattern.starts_on, last=day)) - 1) % hosts


def moment_of(day: date, clock: time, zone: str) -> datetime:
    """The moment, in UTC, when that clock shows that time on that day.

    An hour that a clock skips in spring is taken an hour later; of an hour it shows twice in autumn, the first.
    """
    return datetime.combine(day, clock, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def days_from_mask(mask: int) -> frozenset[int]:
    """Days of the week kept as bits, Monday the lowest."""
    return frozenset(day for day in range(WEEK_DAYS) if mask >> day & 1)


def mask_of(weekdays: Collection[int]) -> int:
    return sum(1 << day for day in set(weekdays))
