"""Paid real people: a task is handed out, and real accounts on their own telephones do it within days."""

from __future__ import annotations

import numpy as np

from svoi.town.honest.buying import Habits, filled, place
from svoi.town.schemes import attack
from svoi.town.stage import Stage, chosen, typical_minor

# They buy to be believed, praise, and take the money back.
FOR_SHOW = Habits(paid=1.0, collected=1.0, returned=0.85, reviewed=1.0, stars=(0, 0, 0, 0.1, 0.9))


@attack(
    "real people on their own telephones do a paid task: reactions, and praise for what they then return",
    low={"people": 20, "targets": 6, "density": 0.6, "hours": 96.0, "bought": 0.2},
    middle={"people": 50, "targets": 8, "density": 0.7, "hours": 48.0, "bought": 0.3},
    high={"people": 150, "targets": 10, "density": 0.8, "hours": 24.0, "bought": 0.4},
)
def paid_people(stage: Stage, *, people: int, targets: int, density: float, hours: float, bought: float) -> None:
    """Nothing is shared but the task and the hours after it; their own life goes on beside it."""
    from_s, span_s = stage.begin(hours * 3_600)
    crew, goods = stage.pick(people), stage.goods(targets)
    who, what = chosen(len(crew), len(goods), density, stage.dice)
    # Each does her task in one sitting; most sit down soon after it was handed out.
    sits_s = from_s + np.minimum(stage.dice.exponential(span_s / 3, len(crew)), span_s)
    at_s = sits_s[who] + stage.dice.random(len(who)) * 1_500
    stage.tell(crew, who, "view", goods[what], at_s - 15)
    stage.tell(crew, who, "react", goods[what], at_s)
    buys = np.flatnonzero(stage.dice.random(len(crew)) < bought)
    product = goods[stage.dice.integers(0, len(goods), len(buys))]
    moment = sits_s[buys] + 1_800
    basket = filled(stage.town, crew.accounts[buys], product, moment, stage.dice, scheme=stage.code, fake=True)
    stage.put_off(place(stage.town, basket, stage.dice, FOR_SHOW))
    stage.close(crew, goods, from_s, from_s + span_s, stake_minor=len(goods) * typical_minor())
