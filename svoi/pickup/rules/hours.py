"""Hours as carriers and people write them, and whether a point works at a moment of its own clock."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES
# Minutes since Monday 00:00 as [from, until); one that begins late on Sunday may end beyond the week.
Week = tuple[tuple[int, int], ...]
_DAYS = {
    "mo": 0, "tu": 1, "we": 2, "th": 3, "fr": 4, "sa": 5, "su": 6,
    "пн": 0, "вт": 1, "ср": 2, "чт": 3, "пт": 4, "сб": 5, "вс": 6,
}  # fmt: skip
_DAY = "|".join(_DAYS)
_TOKEN = re.compile(
    rf"(?P<days>(?P<first>{_DAY})(?:-(?P<last>{_DAY}))?)(?!\w)|(?P<every>daily|ежедневно)(?!\w)"
    r"|(?P<from>[0-2]?\d:[0-5]\d)-(?P<until>[0-2]?\d:[0-5]\d)(?!\d)"
    r"|(?P<whole>24/7|круглосуточно)(?!\w)|(?P<off>off|closed|выходной|закрыто)(?!\w)|(?P<gap>[\s,:]+)"
)
_Spans = tuple[tuple[int, int], ...]
_WHOLE_DAY: _Spans = ((0, DAY_MINUTES),)


@lru_cache(maxsize=4096)
def week_of(hours: str) -> Week | None:
    """`Mo-Fr 09:00-20:00; Sa,Su 10:00-18:00; Su off` as spans of a week; None when any of it cannot be read.

    A later rule stands over an earlier one for the same day, and a span that ends before it begins ends the next
    day. Holidays are not known here: a text that speaks of them cannot be read.
    """
    folded = re.sub(r"\s*[-–—−]\s*", "-", hours.lower())
    week: dict[int, _Spans] = {}
    for rule in folded.split(";"):
        if rule.strip():
            read = _read_rule(rule)
            if read is None:
                return None
            week |= read
    spans = sorted((day * DAY_MINUTES + since, day * DAY_MINUTES + until) for day in week for since, until in week[day])
    return tuple(spans) if week else None


def is_open(hours: str, *, local: datetime) -> bool:
    """Does the point work now? `local` is the moment by the point's own clock; hours nobody can read say no."""
    minute = local.weekday() * DAY_MINUTES + local.hour * 60 + local.minute
    week = week_of(hours) or ()
    return any(since <= minute < until or since <= minute + WEEK_MINUTES < until for since, until in week)


def is_whole_day(hours: str) -> bool:
    """Does it work day and night, all week?"""
    whole = tuple((day * DAY_MINUTES, (day + 1) * DAY_MINUTES) for day in range(7))
    return week_of(hours) == whole


def _read_rule(rule: str) -> dict[int, _Spans] | None:
    """One rule by day: days, then their spans, then perhaps other days after a comma; without days it means all."""
    read: dict[int, _Spans] = {}
    days: set[int] = set()
    spans: _Spans | None = None
    place = 0
    while place < len(rule):
        token = _TOKEN.match(rule, place)
        if token is None:
            return None
        place = token.end()
        if token["days"] or token["every"]:
            if spans is not None:
                read |= dict.fromkeys(days or range(7), spans)
                days, spans = set(), None
            days |= _days(token)
        elif not token["gap"]:
            span = _spans(token)
            if span is None:
                return None
            spans = (spans or ()) + span
    return None if spans is None else read | dict.fromkeys(days or range(7), spans)


def _days(token: re.Match[str]) -> set[int]:
    """`Fr-Mo` goes over the end of the week."""
    if token["every"]:
        return set(range(7))
    first, last = _DAYS[token["first"]], _DAYS[token["last"] or token["first"]]
    return {day % 7 for day in range(first, last + 1 if first <= last else last + 8)}


def _spans(token: re.Match[str]) -> _Spans | None:
    if token["off"]:
        return ()
    if token["whole"]:
        return _WHOLE_DAY
    since, until = _minutes(token["from"]), _minutes(token["until"])
    if since >= DAY_MINUTES or until > DAY_MINUTES:
        return None
    if until == DAY_MINUTES - 1:
        until = DAY_MINUTES  # "until 23:59" is how many write midnight
    return ((since, until if until > since else until + DAY_MINUTES),)


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
