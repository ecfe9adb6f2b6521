"""Framing a rival: crude fakes for somebody else's stories, so that she is punished for them."""

from __future__ import annotations

import numpy as np

from svoi.town.schemes import attack
from svoi.town.stage import Stage, chosen, typical_minor


@attack(
    "crude fakes in favour of a rival who has nothing to do with them, so that she is punished",
    low={"accounts": 20, "stories": 2, "window_h": 24.0},
    middle={"accounts": 50, "stories": 4, "window_h": 8.0},
    high={"accounts": 150, "stories": 6, "window_h": 3.0},
)
def framing(stage: Stage, *, accounts: int, stories: int, window_h: float) -> None:
    """Votes and follows from few telephones. No money and no control leads to the victim."""
    from_s, span_s = stage.begin(window_h * 3_600)
    victim, targets = stage.author(stories, before_s=from_s)
    crew = stage.recruit(accounts, begins_s=from_s, age_days=(0.1, 5), per_device=8, per_network=25)
    who, what = chosen(len(crew), len(targets), 0.9, stage.dice)
    at_s = from_s + stage.dice.random(len(who)) * span_s
    stage.tell(crew, who, "view", targets[what], at_s - 4)
    stage.tell(crew, who, "vote", targets[what], at_s, value=1.0)
    everybody = np.arange(len(crew))
    stage.tell(crew, everybody, "follow", victim, from_s + stage.dice.random(len(crew)) * span_s)
    stake = typical_minor() * accounts // 10
    stage.close(crew, (*targets, victim), from_s, from_s + span_s, stake_minor=stake, victims=[victim])
