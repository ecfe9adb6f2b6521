"""When people come: a moment of the day by local hour and weekday."""

from __future__ import annotations

import numpy as np

from svoi.town import figures
from svoi.town.people import HOUR_S
from svoi.town.plan import DAY_S, Plan
from svoi.town.rows import Floats, Ints

_WORKDAY = np.cumsum(figures.HOURS_WORKDAY) / sum(figures.HOURS_WORKDAY)
_WEEKEND = np.cumsum(figures.HOURS_WEEKEND) / sum(figures.HOURS_WEEKEND)


def moments(plan: Plan, day: int, zone_s: Ints, dice: np.random.Generator) -> Floats:
    """One moment of a Moscow day for each local zone."""
    profile = _WEEKEND if plan.weekday(day) >= 5 else _WORKDAY
    hour = np.searchsorted(profile, dice.random(len(zone_s)), side="right")
    local = (hour + dice.random(len(zone_s))) * HOUR_S
    return plan.day_start(day) + (local - zone_s) % DAY_S


def weekday_factor(plan: Plan, day: int) -> float:
    """How busy a day is, 1 on average."""
    return figures.WEEKDAYS[plan.weekday(day)] * 7 / sum(figures.WEEKDAYS)


def at_point(at_s: Floats, dice: np.random.Generator, start_s: float) -> Floats:
    """The nearest moment not before, when a pickup point is open: ten in the morning to nine in the evening."""
    into_day = (at_s - start_s) % DAY_S
    opens, closes = 10 * HOUR_S, 21 * HOUR_S
    wait = np.where(into_day < opens, opens - into_day, np.where(into_day > closes, DAY_S + opens - into_day, 0))
    return at_s + wait + np.where(wait > 0, dice.exponential(2 * HOUR_S, len(at_s)), 0)
