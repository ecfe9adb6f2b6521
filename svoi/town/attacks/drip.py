"""Drip: the same block as lockstep, spread over weeks, one action a day at most."""

from __future__ import annotations

import numpy as np

from svoi.town.plan import DAY_S
from svoi.town.schemes import attack
from svoi.town.stage import Stage, chosen, typical_minor


@attack(
    "the same accounts on the same targets over weeks, at most one action a day each",
    low={"accounts": 30, "targets": 10, "density": 0.6, "weeks": 8.0},
    middle={"accounts": 40, "targets": 15, "density": 0.7, "weeks": 5.0},
    high={"accounts": 50, "targets": 14, "density": 0.8, "weeks": 3.0},
)
def drip(stage: Stage, *, accounts: int, targets: int, density: float, weeks: float) -> None:
    """Reactions at everybody's hours. Members are handed out targets in their own order, on days of their own."""
    from_s, span_s = stage.begin(weeks * 7 * DAY_S)
    crew = stage.recruit(accounts, begins_s=from_s, age_days=(5, 120))
    goods = stage.goods(targets)
    first, days = int((from_s - stage.town.plan.start_s) // DAY_S), max(1, int(span_s // DAY_S))
    who, what = chosen(len(crew), len(goods), density, stage.dice)
    day = np.empty(len(who), np.int64)
    for member in range(len(crew)):
        mine = np.flatnonzero(who == member)
        own = stage.dice.permutation(max(days, len(mine)))[: len(mine)]
        day[mine] = first + np.minimum(own, days - 1)
    at_s = stage.ordinary(np.minimum(day, stage.town.plan.days - 1))
    stage.tell(crew, who, "view", goods[what], at_s - stage.dice.uniform(5, 60, len(who)))
    stage.tell(crew, who, "react", goods[what], at_s)
    stage.close(crew, goods, from_s, from_s + span_s, stake_minor=len(goods) * typical_minor())
