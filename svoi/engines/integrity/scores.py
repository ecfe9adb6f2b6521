"""A score with its evidence: log-odds of at most eight families, each capped, and no action on one source alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import exp, isfinite

import numpy as np
import numpy.typing as npt

CAP_NATS = 3.0
LEAST_NATS = 1.0  # below it a family is no evidence of its own
ACTION_NATS = 4.0  # more than any one family can bring
PRIOR_NATS = -4.6  # one account in a hundred
SOURCES_MIN = 2


class Family(StrEnum):
    """Kinds of evidence. Age, region, language, and the number of facts are none, and never will be."""

    TIME_LOCKSTEP = "time_lockstep"
    SHARED_ACCESS = "shared_access"
    SHARED_PAYMENT = "shared_payment"
    TEXT_COPIES = "text_copies"
    SURPRISE = "surprise"
    GRAPH_CAPACITY = "graph_capacity"
    ORDER_TRUTH = "order_truth"
    REPORTS = "reports"


# Families fed by the same facts are one source. Graph capacity is none: it caps, it never convicts.
SOURCES: Mapping[Family, str] = {
    Family.TIME_LOCKSTEP: "moments",
    Family.SURPRISE: "moments",
    Family.SHARED_ACCESS: "access",
    Family.SHARED_PAYMENT: "payment",
    Family.TEXT_COPIES: "texts",
    Family.ORDER_TRUTH: "orders",
    Family.REPORTS: "people",
}

WORDS: Mapping[Family, tuple[str, str]] = {
    Family.TIME_LOCKSTEP: ("одни и те же дела в\u00a0одни и те же минуты", "the same deeds within the same minutes"),
    Family.SHARED_ACCESS: ("общее устройство или сеть", "a shared device or network"),
    Family.SHARED_PAYMENT: ("общий способ оплаты или адрес", "a shared means of payment or address"),
    Family.TEXT_COPIES: ("одинаковые тексты", "copied texts"),
    Family.SURPRISE: ("необычные оценки или паузы", "unusual ratings or pauses"),
    Family.GRAPH_CAPACITY: ("мало связей с\u00a0проверенными людьми", "few links to people known to be real"),
    Family.ORDER_TRUTH: ("заказы возвращены или не забраны", "orders returned or never collected"),
    Family.REPORTS: ("жалобы людей с\u00a0репутацией", "reports by people of standing"),
}


@dataclass(frozen=True, slots=True)
class Calibration:
    """From a family's raw figure to nats: offset + slope x raw. The slope is never negative."""

    slope: float = 1.0
    offset: float = 0.0

    def nats(self, raw: float) -> float:
        """Capped at 3 nats either way: neither one family nor one alibi decides."""
        return max(-CAP_NATS, min(CAP_NATS, self.offset + self.slope * raw))


@dataclass(frozen=True, slots=True)
class Part:
    """What one family brings, in nats."""

    family: Family
    nats: float

    def told(self, language: str) -> str:
        """Its words and its figure, "ru" or "en"."""
        russian, english = WORDS[self.family]
        figure = f"{self.nats:+.1f}".replace("-", "−")
        return f"{russian}: {figure.replace('.', ',')}" if language == "ru" else f"{english}: {figure}"


@dataclass(frozen=True, slots=True)
class Score:
    """`parts` from the heaviest; `nats` is their sum; `may_act` says whether two independent sources bear it out."""

    parts: tuple[Part, ...]
    nats: float
    sources: tuple[str, ...]
    may_act: bool

    @property
    def probability(self) -> float:
        """With one account in a hundred to begin with."""
        return 1.0 / (1.0 + exp(-(PRIOR_NATS + self.nats)))

    def told(self, language: str) -> tuple[str, ...]:
        """A line for each part, for the moderator and the accused alike."""
        return tuple(part.told(language) for part in self.parts)


def weigh_evidence(raw: Mapping[Family, float], calibrations: Mapping[Family, Calibration] | None = None) -> Score:
    """Add up the families there are; without a calibration a raw figure is taken for nats.

    Acting takes four nats in all, and at least one nat from each of two independent sources. Raises ValueError where a
    figure is not finite.
    """
    known = calibrations or {}
    for family, figure in raw.items():
        if not isfinite(figure):
            raise ValueError(f"{family} is {figure}")
    parts = [Part(family, known.get(family, Calibration()).nats(figure)) for family, figure in raw.items()]
    parts.sort(key=lambda part: (-part.nats, part.family))
    nats = sum(part.nats for part in parts)
    strong = {SOURCES[part.family] for part in parts if part.nats >= LEAST_NATS and part.family in SOURCES}
    # what caps may not tip the scales either
    convicting = sum(part.nats for part in parts if part.family in SOURCES)
    may_act = len(strong) >= SOURCES_MIN and convicting >= ACTION_NATS
    return Score(tuple(parts), nats, tuple(sorted(strong)), may_act)


def calibrate(
    raw: npt.ArrayLike, is_proven: npt.ArrayLike, *, strength: float = 1.0, rounds: int = 50
) -> Calibration:  # fmt: skip
    """Fit a family's figures to final verdicts: logistic regression (Platt, 1999), less the log-odds of the sample.

    So the share of proven cases among those that were tried does not become evidence. `strength` pulls the slope and
    the offset to nought: few verdicts say little. Newton steps; a slope that comes out negative becomes nought.
    """
    figure = np.asarray(raw, dtype=np.float64).reshape(-1)
    proven = np.asarray(is_proven, dtype=np.float64).reshape(-1)
    if len(figure) != len(proven):
        raise ValueError(f"{len(figure)} figures and {len(proven)} verdicts")
    if not 0 < proven.sum() < len(proven):
        return Calibration(0.0, 0.0)
    base = float(np.log(proven.mean() / (1 - proven.mean())))
    rows = np.column_stack((np.ones(len(figure)), figure))
    weights = np.zeros(2)
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights + base, -30, 30)))
        slope = rows.T @ (chance - proven) + strength * weights
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + strength * np.eye(2)
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-9:
            break
    return Calibration(float(weights[1]), float(weights[0])) if weights[1] > 0 else Calibration(0.0, 0.0)
