"""Report brigades: many report one honest author within hours."""

from __future__ import annotations

import numpy as np

from svoi.town.schemes import attack
from svoi.town.stage import Stage, chosen, typical_minor


@attack(
    "many accounts report one honest author and her stories within hours",
    low={"accounts": 10, "stories": 2, "hours": 48.0},
    middle={"accounts": 30, "stories": 3, "hours": 12.0},
    high={"accounts": 120, "stories": 4, "hours": 3.0},
)
def report_brigades(stage: Stage, *, accounts: int, stories: int, hours: float) -> None:
    """Half of them are aged accounts; none of them ever read the stories to the end."""
    from_s, span_s = stage.begin(hours * 3_600)
    dice, (victim, hers) = stage.dice, stage.author(stories, before_s=from_s)
    fresh = stage.recruit(accounts - accounts // 2, begins_s=from_s, age_days=(0.1, 3), per_device=3)
    aged = stage.recruit(accounts // 2, begins_s=from_s, age_days=(60, 400))
    crew, targets = fresh.among(aged), np.append(hers, victim)
    who, what = chosen(len(crew), len(targets), 0.7, dice)
    at_s = from_s + dice.beta(1.2, 3, len(who)) * span_s
    stage.tell(crew, who, "report", targets[what], at_s)
    stage.close(crew, targets, from_s, from_s + span_s, stake_minor=typical_minor() * len(hers) * 5, victims=[victim])
