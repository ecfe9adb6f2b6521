"""The trend of a show while it runs: five figures minute by minute, beside what the room is used to at that minute.

Everything counts from going on air, breaks included. A figure compares with shows that had got so far; with fewer than
`SHOWS_MIN` of them nobody knows what is usual, and nothing is called bad.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from statistics import median
from typing import Literal

from svoi.engines.usual import robust_score

LOOK_BACK = timedelta(days=14)
SHOWS_MIN = 5
WINDOW_MIN = 5  # a pace is the mean of the last so many whole minutes
WORSE_FROM = 2.0  # an alarm that is wrong in the middle of a show is worse than none
MINUTES_MAX = 12 * 60
METRICS = ("viewers", "orders", "chat", "conversion", "gpm_minor")

Verdict = Literal["early", "unmeasured", "few", "usual", "better", "worse"]
Curve = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Minute:
    """What happened in one minute. `viewers` is the mean of counted ones, None while the room was not sampled.

    `arrived` are people counted for the first time in this show, `buyers` those who paid for the first time in it;
    `paid_minor` is money, in kopecks.
    """

    viewers: float | None = None
    arrived: int = 0
    messages: int = 0
    orders: int = 0
    buyers: int = 0
    paid_minor: int = 0


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure now beside the usual one; `shows` is how many had it at this minute."""

    name: str
    value: float | None
    usual: float | None
    score: float | None
    shows: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Trend:
    """Each figure's curve at the end of minute 1, 2, 3 …, the usual curve beside it, and how they compare now.

    `worst` names the figure furthest below what is usual; None when none of them is far below.
    """

    minutes: int
    curves: Mapping[str, Curve]
    usual: Mapping[str, Curve]
    now: tuple[Compared, ...]
    worst: str | None


def curves_of(minutes: Sequence[Minute]) -> dict[str, Curve]:
    """Every figure at the end of each minute: paces over the last minutes, ratios from the beginning on.

    `chat` is messages a minute for every hundred viewers, `conversion` buyers ÷ unique counted viewers, `gpm_minor`
    paid money for a thousand of them. None where nothing was measured or there is nothing to divide by.
    """
    people = list(accumulate(one.arrived for one in minutes))
    buyers = list(accumulate(one.buyers for one in minutes))
    paid = list(accumulate(one.paid_minor for one in minutes))
    windows = [minutes[max(0, n + 1 - WINDOW_MIN) : n + 1] for n in range(len(minutes))]
    viewers = [_mean_viewers(window) for window in windows]
    said = [sum(one.messages for one in window) / len(window) for window in windows]
    return {
        "viewers": tuple(viewers),
        "orders": tuple(sum(one.orders for one in window) / len(window) for window in windows),
        "chat": tuple(_ratio(words * 100, there) for words, there in zip(said, viewers, strict=True)),
        "conversion": tuple(_ratio(*pair) for pair in zip(buyers, people, strict=True)),
        "gpm_minor": tuple(_ratio(money * 1000, whole) for money, whole in zip(paid, people, strict=True)),
    }


def trend_of(own: Sequence[Minute], before: Sequence[Sequence[Minute]]) -> Trend:
    """Compare the whole minutes of a show with those of the room's shows before it, minute by minute."""
    curves = curves_of(own)
    others = [curves_of(one[: len(own)]) for one in before]
    usual = {name: tuple(_usual(_at(others, name, n)) for n in range(len(own))) for name in METRICS}
    now = tuple(_compared(name, curves[name], _at(others, name, len(own) - 1)) for name in METRICS)
    worse = [one for one in now if one.verdict == "worse"]
    worst = min(worse, key=lambda one: (one.score, METRICS.index(one.name))).name if worse else None
    return Trend(len(own), curves, usual, now, worst)


def _compared(name: str, curve: Curve, others: Sequence[float]) -> Compared:
    value = curve[-1] if curve else None
    if len(curve) < WINDOW_MIN:
        return Compared(name, value, None, None, len(others), "early")
    usual = _usual(others)
    if value is None:
        return Compared(name, None, usual, None, len(others), "unmeasured")
    if usual is None:
        return Compared(name, value, None, None, len(others), "few")
    score = robust_score(value, others)
    verdict: Verdict = "worse" if score <= -WORSE_FROM else "better" if score >= WORSE_FROM else "usual"
    return Compared(name, value, usual, score, len(others), verdict)


def _usual(others: Sequence[float]) -> float | None:
    return median(others) if len(others) >= SHOWS_MIN else None


def _at(others: Sequence[Mapping[str, Curve]], name: str, n: int) -> list[float]:
    """The figure in each show that had got to this minute and measured it."""
    return [told for one in others if 0 <= n < len(one[name]) and (told := one[name][n]) is not None]


def _mean_viewers(window: Sequence[Minute]) -> float | None:
    known = [one.viewers for one in window if one.viewers is not None]
    return sum(known) / len(known) if known else None


def _ratio(part: float, whole: float | None) -> float | None:
    return part / whole if whole else None
