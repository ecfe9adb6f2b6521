"""Measures of a show by the house's formulas. What was not measured is None, never nought."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Counts = Literal["people", "events", "money", "time"]
AFTER_DAYS = 7  # orders placed within so many days after the end belong to the show


@dataclass(frozen=True, slots=True)
class ShowFacts:
    """What is on record of one show; money in minor units.

    `watch_s` are counted viewers multiplied by time, `viewers_*` are people (UV), None where nothing was recorded.
    `interacting` are people who wrote or sent a heart, `creators` people who placed an order, `buyers` those who paid.
    `seers` and `clickers` are people who saw a product and opened it, None while no telemetry tells. `gmv_minor` holds
    every order placed, paid or not.
    """

    length_s: int
    late_s: int
    viewers_raw: int | None
    viewers_counted: int | None
    peak_counted: int | None
    watch_s: int | None
    interacting: int
    messages: int
    orders: int
    paid_orders: int
    creators: int
    buyers: int
    gmv_minor: int
    paid_minor: int
    returned_minor: int
    returned_orders: int
    seers: int | None = None
    clickers: int | None = None

    @property
    def net_minor(self) -> int:
        """Paid, less what was given back: it moves when a return arrives later."""
        return self.paid_minor - self.returned_minor


def ratio(part: float | None, whole: float | None) -> float | None:
    """None where there is nothing to divide by."""
    return None if part is None or not whole else part / whole


def average_watch_s(facts: ShowFacts) -> float | None:
    """Watched seconds ÷ unique counted viewers."""
    return ratio(facts.watch_s, facts.viewers_counted)


def average_viewers(facts: ShowFacts) -> float | None:
    """ACU: watched seconds ÷ seconds of the show; times its length it equals average watch times viewers."""
    return ratio(facts.watch_s, facts.length_s)


def gpm_minor(facts: ShowFacts) -> float | None:
    """Paid sum × 1,000 ÷ unique counted viewers (UV)."""
    return ratio(facts.paid_minor * 1000, facts.viewers_counted)


def chat_rate(facts: ShowFacts) -> float | None:
    """Messages a minute for every hundred average viewers."""
    viewers, minutes = average_viewers(facts), facts.length_s / 60
    return ratio(facts.messages * 100, viewers * minutes if viewers else None)


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: how it is worked out, what it counts, and whether more of it is better (1) or worse (-1).

    `better` is 0 where neither is: such a figure is shown and never judged. Reach is one of them, since it says
    nothing without what became of those who were reached.
    """

    name: str
    counts: Counts
    better: Literal[-1, 0, 1]
    of: Callable[[ShowFacts], float | None]


MEASURES: tuple[Measure, ...] = (
    Measure("viewers_raw", "people", 0, lambda f: f.viewers_raw),
    Measure("viewers_counted", "people", 0, lambda f: f.viewers_counted),
    Measure("peak_counted", "people", 0, lambda f: f.peak_counted),
    Measure("average_watch_s", "people", 1, average_watch_s),
    Measure("interaction_rate", "people", 1, lambda f: ratio(f.interacting, f.viewers_counted)),
    Measure("chat_rate", "events", 1, chat_rate),
    Measure("ctr", "people", 1, lambda f: ratio(f.clickers, f.seers)),
    Measure("ctor", "people", 1, lambda f: ratio(f.creators, f.clickers)),
    Measure("orders", "events", 0, lambda f: f.orders),
    Measure("pay_rate", "people", 1, lambda f: ratio(f.buyers, f.creators)),
    Measure("conversion", "people", 1, lambda f: ratio(f.buyers, f.viewers_counted)),
    Measure("gmv_minor", "money", 0, lambda f: f.gmv_minor),
    Measure("paid_minor", "money", 0, lambda f: f.paid_minor),
    Measure("net_minor", "money", 1, lambda f: f.net_minor),
    Measure("net_hour_minor", "money", 1, lambda f: ratio(f.net_minor * 3600, f.length_s)),
    Measure("gpm_minor", "money", 1, gpm_minor),
    Measure("basket_minor", "money", 1, lambda f: ratio(f.paid_minor, f.buyers)),
    Measure("return_rate", "money", -1, lambda f: ratio(f.returned_minor, f.paid_minor)),
    Measure("late_s", "time", -1, lambda f: max(0, f.late_s)),
)
MEASURE_NAMED = {measure.name: measure for measure in MEASURES}


def measured(facts: ShowFacts) -> dict[str, float | None]:
    """Every measure by its name."""
    return {measure.name: measure.of(facts) for measure in MEASURES}
