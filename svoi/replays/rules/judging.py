"""Which measures of a show were worse than the room is used to: a robust score against its own last shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from svoi.engines.usual import robust_score
from svoi.replays.rules.measures import MEASURES, Measure

LOOK_BACK = timedelta(days=14)
SHOWS_MIN = 5
WORST_SHOWN = 3
WORSE_FROM = 1.0  # a score this far on the bad side is told; anything less is an ordinary day


@dataclass(frozen=True, slots=True)
class Judged:
    """A measure of this show beside what the room is used to; `score` is negative when it was worse."""

    name: str
    value: float
    usual: float
    score: float
    shows: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """The worst measures, the worst first; `shows` is how many earlier shows there were to compare with.

    `is_told` is False while there are too few of them for any measure to be judged.
    """

    worst: tuple[Judged, ...]
    shows: int
    is_told: bool


def judge(
    values: Mapping[str, float | None],
    before: Sequence[Mapping[str, float | None]],
    *,
    measures: Sequence[Measure] = MEASURES,
    shows_min: int = SHOWS_MIN,
) -> Judgement:
    """Compare a show's measures with those of the room's earlier shows; each needs `shows_min` of them that have it."""
    judged = []
    for measure in measures:
        value = values.get(measure.name)
        others = [told for one in before if (told := one.get(measure.name)) is not None]
        if measure.better and value is not None and len(others) >= shows_min:
            score = measure.better * robust_score(value, others)
            judged.append(Judged(measure.name, value, median(others), score, len(others)))
    worst = sorted((one for one in judged if one.score <= -WORSE_FROM), key=lambda one: (one.score, one.name))
    return Judgement(tuple(worst[:WORST_SHOWN]), len(before), bool(judged))
