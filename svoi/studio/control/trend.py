"""The trend of a show as the console tells it: five figures, how each stands, and the same in a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext

from svoi.control.queries.trend import live_trend
from svoi.control.rules.trend import METRICS, SHOWS_MIN, WINDOW_MIN, Compared, Trend
from svoi.shows.models import Show
from svoi.studio.control.trend_drawing import drawn_marks, legend_of, path_of, ticks_of
from svoi.studio.templatetags.crew import percent, whole_money

TABLE_STEP_MIN = 5


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


def trend_parts(show: Show, *, at: datetime) -> dict[str, Any]:
    """Everything the panel draws; `trend` is None before the show goes on air."""
    read = live_trend(show=show, at=at)
    shown: dict[str, Any] = {"show": show, "stage": show.stage(), "trend": read.trend, "read": read}
    if read.trend is None or read.began_at is None:
        return shown
    tiles = [_tile(read.trend, one) for one in read.trend.now]
    marks = drawn_marks(read)
    return {
        **shown,
        "tiles": tiles,
        "worst": next((one for one in tiles if one.is_worst), None),
        "ticks": ticks_of(read.trend.minutes),
        "marks": marks,
        "legend": legend_of(marks),
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


def _pair(trend: Trend, name: str, n: int) -> tuple[str, str]:
    return value_words(name, trend.curves[name][n]), value_words(name, trend.usual[name][n])
