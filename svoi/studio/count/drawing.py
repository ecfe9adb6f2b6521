"""Where the marks of a group's drawing stand: a row for each account, time from left to right, a mark for each deed.

Places across are percentages and rows are pixels, so that the drawing is as wide as its page and marks keep their size.
Pixels are whole: a template would write fractions in the reader's language, with a comma that no drawing understands.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, ngettext

from svoi.trust.queries.acts import Act

ROW_PX, HEAD_PX, FOOT_PX = 22, 8, 30
LEFT, RIGHT = 9.0, 97.0  # percent of the width between which time runs
SHAPES, TONES = 8, 5
MARKS_TOLD_APART = SHAPES * 2  # eight shapes, full and hollow; what follows is one more kind for all the rest
TICKS_MAX = 5
_STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 90)
_UNITS = ((86_400.0 * 3, 86_400.0), (3600.0 * 3, 3600.0), (0.0, 60.0))


@dataclass(frozen=True, slots=True)
class Look:
    """How the marks of a target look: no two of the first sixteen have the same shape and filling."""

    shape: str
    tone: int
    hollow: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A deed in the drawing."""

    x: str
    y: int
    look: Look


@dataclass(frozen=True, slots=True)
class Tick:
    """A line down, with its words."""

    x: str
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Row:
    """An account's line."""

    number: int
    y: int
    text_y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything the template draws."""

    height: int
    foot: int
    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]


def looks_of(targets: Sequence[int]) -> dict[int, Look]:
    """A look for each target, in their order."""
    found = {}
    for place, target in enumerate(targets):
        apart = place < MARKS_TOLD_APART
        found[target] = Look(
            shape=f"mark-{place % SHAPES}" if apart else "mark-rest",
            tone=place % TONES if apart else 0,
            hollow=apart and place >= SHAPES,
        )
    return found


def drawing_of(
    acts: Sequence[Act], numbers: Mapping[int, int], looks: Mapping[int, Look], *, since: datetime, until: datetime
) -> Drawing:
    """The drawing of these deeds; `numbers` are pseudonyms by member, rows stand in their order."""
    rows = {
        number: Row(number, HEAD_PX + ROW_PX * place + ROW_PX // 2, HEAD_PX + ROW_PX * place + ROW_PX // 2 + 4)
        for place, number in enumerate(sorted(numbers.values()))
    }
    span_s = max(1.0, (until - since).total_seconds())
    marks = tuple(
        Mark(_across((act.at - since).total_seconds() / span_s), rows[numbers[act.member_id]].y, looks[act.target])
        for act in acts
    )
    foot = HEAD_PX + ROW_PX * len(rows)
    return Drawing(foot + FOOT_PX, foot, tuple(rows.values()), marks, _ticks(span_s))


def _across(share: float) -> str:
    place = LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, share))
    return f"{place:.2f}%"


def _ticks(span_s: float) -> tuple[Tick, ...]:
    """Round numbers of minutes, hours or days since the beginning."""
    unit_s = next(unit for least, unit in _UNITS if span_s >= least)
    length = span_s / unit_s
    step = next((one for one in _STEPS if length / one <= TICKS_MAX), math.ceil(length / TICKS_MAX))
    ticks = []
    for n in range(int(length // step) + 1):
        share = n * step / length
        anchor = "start" if n == 0 else "end" if share > 0.9 else "middle"
        ticks.append(Tick(_across(share), _tick_words(n * step, unit_s), anchor))
    return tuple(ticks)


def _tick_words(n: int, unit_s: float) -> str:
    if not n:
        return "0"
    if unit_s == 60.0:
        return gettext("%(n)s min") % {"n": n}
    if unit_s == 3600.0:
        return gettext("%(n)s h") % {"n": n}
    return ngettext("%(n)s day", "%(n)s days", n) % {"n": n}
