"""Throwaways: many new accounts, one target, one action, and never again."""

from __future__ import annotations

import numpy as np

from svoi.town.schemes import attack
from svoi.town.stage import Stage, typical_minor


@attack(
    "new accounts that act once on one target and never again",
    low={"accounts": 25, "window_h": 12.0, "per_device": 2.0, "per_network": 5.0},
    middle={"accounts": 50, "window_h": 4.0, "per_device": 4.0, "per_network": 12.0},
    high={"accounts": 150, "window_h": 1.5, "per_device": 10.0, "per_network": 50.0},
)
def throwaways(stage: Stage, *, accounts: int, window_h: float, per_device: float, per_network: float) -> None:
    """Each signs up minutes before; telephones and networks are used several times."""
    from_s, span_s = stage.begin(window_h * 3_600)
    at_s = from_s + np.sort(stage.dice.random(accounts)) * span_s
    crew = stage.recruit(
        accounts, begins_s=at_s, age_days=(0.001, 0.02), per_device=per_device, per_network=per_network
    )
    goods, everybody = stage.goods(1), np.arange(accounts)
    stage.tell(crew, everybody, "view", goods[0], at_s)
    stage.tell(crew, everybody, "react", goods[0], at_s + stage.dice.uniform(2, 9, accounts))
    stage.close(crew, goods, from_s, from_s + span_s, stake_minor=typical_minor() * accounts // 20)
