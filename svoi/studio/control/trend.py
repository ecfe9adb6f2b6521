"""The trend of a show as the console draws it: five lines, what the crew set off, and how each figure stands.

Places across are percentages or thousandths of the width, so that the drawing is as wide as its page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy

from svoi.control.queries.trend import TrendMark, TrendRead, live_trend
from svoi.control.rules.trend import METRICS, SHOWS_MIN, WINDOW_MIN, Compared, Trend
from svoi.shows.models import Show
from svoi.studio.templatetags.crew import percent, whole_money

WIDE, HIGH = 1000, 100  # of the box the lines stand in
TABLE_STEP_MIN = 5
TICKS_MAX = 6
STEPS_MIN = (1, 2, 5, 10, 15, 30, 60, 120)
# A shape for each kind of mark, as the shapes of drawings are named.
SHAPES = {"pin": 0, "deal": 3, "envelope": 1, "poll": 5, "incident": 2, "cue": 7, "break": 6}
MARK_WORDS: dict[str, str | Promise] = {
    "pin": pgettext_lazy("on a trend", "Pin"),
    "deal": pgettext_lazy("on a trend", "Flash deal"),
    "envelope": pgettext_lazy("on a trend", "Envelope"),
    "poll": pgettext_lazy("on a trend", "Poll"),
    "incident": pgettext_lazy("on a trend", "Incident"),
    "cue": pgettext_lazy("on a trend", "Segment"),
    "break": pgettext_lazy("on a trend", "Break"),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with its standing in words, and its two lines as paths of the drawing."""

    name: str
    number: str
    words: str
    verdict: str
    is_worst: bool
    own: str
    usual: str
    top: str

    @property
    def key(self) -> str:
        return f"trend_{self.name}"


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """Something the crew did: where it stands across (percent), how wide if it lasted, and what it was."""

    shape: str
    x: str
    width: str
    kind: str
    words: str
    about: str
    at: datetime


def trend_parts(show: Show, *, at: datetime) -> dict[str, Any]:
    """Everything the panel draws; `trend` is None before the show goes on air."""
    read = live_trend(show=show, at=at)
    shown: dict[str, Any] = {"show": show, "stage": show.stage(), "trend": read.trend, "read": read}
    if read.trend is None or read.began_at is None:
        return shown
    tiles = [_tile(read.trend, one) for one in read.trend.now]
    marks = _marks(read)
    return {
        **shown,
        "tiles": tiles,
        "worst": next((one for one in tiles if one.is_worst), None),
        "ticks": _ticks(read.trend.minutes),
        "marks": marks,
        "legend": _legend(marks),
        "as_of": min(read.as_of, show.ended_at) if show.ended_at else read.as_of,
        "least": SHOWS_MIN,
        "window": WINDOW_MIN,
    }


def table_parts(show: Show, *, at: datetime) -> dict[str, Any]:
    """The same in rows: how each figure stands, what was set off, and every fifth minute."""
    shown = trend_parts(show, at=at)
    if shown["trend"] is None:
        return shown
    trend: Trend = shown["trend"]
    told = sorted({*range(TABLE_STEP_MIN, trend.minutes + 1, TABLE_STEP_MIN), trend.minutes} - {0})
    rows = [(minute, [_pair(trend, name, minute - 1) for name in METRICS]) for minute in told]
    compared = [
        (tile, one, value_words(one.name, one.usual)) for tile, one in zip(shown["tiles"], trend.now, strict=True)
    ]
    return {**shown, "rows": rows, "compared": compared}


def value_words(name: str, value: float | None) -> str:
    """A figure with its unit; a dash where nothing was measured."""
    if value is None:
        return "—"
    if name == "gpm_minor":
        return whole_money(round(value))
    if name == "conversion":
        return percent(value)
    places = 0 if name == "viewers" else 1
    return str(number_format(round(value, places), decimal_pos=places, use_l10n=True, force_grouping=True))


def _tile(trend: Trend, one: Compared) -> Tile:
    own, usual = trend.curves[one.name], trend.usual[one.name]
    top = max((value for value in (*own, *usual) if value is not None), default=0.0)
    return Tile(
        name=one.name,
        number=value_words(one.name, one.value),
        words=_standing(one),
        verdict=one.verdict,
        is_worst=one.name == trend.worst,
        own=path_of(own, top),
        usual=path_of(usual, top),
        top=value_words(one.name, top) if top else "",
    )


def _standing(one: Compared) -> str:
    usual = value_words(one.name, one.usual)
    match one.verdict:
        case "early":
            return gettext("compared from minute %(minute)s on") % {"minute": WINDOW_MIN}
        case "few":
            told = gettext("not enough shows to compare: %(count)s of %(least)s")
            return told % {"count": one.shows, "least": SHOWS_MIN}
        case "unmeasured":
            return gettext("not measured")
        case "worse":
            return gettext("far below usual: %(usual)s") % {"usual": usual}
        case "better":
            return gettext("far above usual: %(usual)s") % {"usual": usual}
    return gettext("usual: %(usual)s") % {"usual": usual}


def path_of(curve: Sequence[float | None], top: float) -> str:
    """A line through the ends of minutes; it breaks where nothing was measured. Numbers are whole."""
    steps, pen = [], "M"
    for n, value in enumerate(curve, 1):
        if value is None:
            pen = "M"
            continue
        steps.append(f"{pen}{round(WIDE * n / len(curve))} {round(HIGH * (1 - value / top)) if top else HIGH}")
        pen = "L"
    return "".join(steps)


def _marks(read: TrendRead) -> list[DrawnMark]:
    assert read.trend is not None
    assert read.began_at is not None
    span_s = max(60.0, read.trend.minutes * 60.0)
    english = get_language() == "en"
    return [_drawn(one, read.began_at, span_s, read.as_of, english=english) for one in read.marks]


def _drawn(one: TrendMark, began_at: datetime, span_s: float, now: datetime, *, english: bool) -> DrawnMark:
    start = _share(one.at, began_at, span_s)
    end = _share(one.ended_at or now, began_at, span_s) if one.kind == "break" else start
    return DrawnMark(
        shape=f"mark-{SHAPES[one.kind]}",
        x=f"{start:.2f}%",
        width=f"{end - start:.2f}%" if end > start else "",
        kind=one.kind,
        words=str(MARK_WORDS[one.kind]),
        about=one.about_en if english else one.about_ru,
        at=one.at,
    )


def _share(at: datetime, began_at: datetime, span_s: float) -> float:
    return 100 * min(1.0, max(0.0, (at - began_at).total_seconds() / span_s))


def _legend(marks: Sequence[DrawnMark]) -> list[tuple[str, str | Promise, int]]:
    counts = {kind: sum(one.kind == kind for one in marks) for kind in SHAPES}
    return [(f"mark-{SHAPES[kind]}", MARK_WORDS[kind], count) for kind, count in counts.items() if count]


def _ticks(minutes: int) -> list[tuple[str, str, str]]:
    """Place across, words and anchor of each line down: round numbers of minutes from going on air."""
    if not minutes:
        return []
    step = next((one for one in STEPS_MIN if minutes / one <= TICKS_MAX), STEPS_MIN[-1])
    told = []
    for n in range(0, minutes + 1, step):
        anchor = "start" if n == 0 else "end" if n / minutes > 0.95 else "middle"
        told.append((f"{100 * n / minutes:.2f}%", _clock(n), anchor))
    return told


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _pair(trend: Trend, name: str, n: int) -> tuple[str, str]:
    return value_words(name, trend.curves[name][n]), value_words(name, trend.usual[name][n])
