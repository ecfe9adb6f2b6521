"""The drawing of a trend: lines, what the crew set off, and the minutes below.

Places across are percentages or thousandths of the width, so that the drawing is as wide as its page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

from svoi.control.queries.trend import TrendMark, TrendRead

WIDE, HIGH = 1000, 100  # of the box the lines stand in
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
class DrawnMark:
    """Something the crew did: where it stands across (percent), how wide if it lasted, and what it was."""

    shape: str
    x: str
    width: str
    kind: str
    words: str
    about: str
    at: datetime


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


def drawn_marks(read: TrendRead) -> list[DrawnMark]:
    """Everything the crew did, in order, in the reader's language. The show has gone on air."""
    assert read.trend is not None
    assert read.began_at is not None
    span_s = max(60.0, read.trend.minutes * 60.0)
    english = get_language() == "en"
    return [_drawn(one, read.began_at, span_s, read.as_of, english=english) for one in read.marks]


def legend_of(marks: Sequence[DrawnMark]) -> list[tuple[str, str | Promise, int]]:
    """Shape, words and number of each kind of mark that is there."""
    counts = {kind: sum(one.kind == kind for one in marks) for kind in SHAPES}
    return [(f"mark-{SHAPES[kind]}", MARK_WORDS[kind], count) for kind, count in counts.items() if count]


def ticks_of(minutes: int) -> list[tuple[str, str, str]]:
    """Place across, words and anchor of each line down: round numbers of minutes from going on air."""
    if not minutes:
        return []
    step = next((one for one in STEPS_MIN if minutes / one <= TICKS_MAX), STEPS_MIN[-1])
    told = []
    for n in range(0, minutes + 1, step):
        anchor = "start" if n == 0 else "end" if n / minutes > 0.95 else "middle"
        told.append((f"{100 * n / minutes:.2f}%", _clock(n), anchor))
    return told


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


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"
