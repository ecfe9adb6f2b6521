"""A classroom: new people on one network sign up in the same minutes and look at the same things."""

from __future__ import annotations

import numpy as np

from svoi.town.schemes import look_alike
from svoi.town.stage import Stage


@look_alike(
    "newcomers on one network sign up together and go through the same list; no exposure explains it",
    low={"people": 12, "targets": 4, "minutes": 60.0},
    middle={"people": 25, "targets": 6, "minutes": 45.0},
    high={"people": 60, "targets": 8, "minutes": 40.0},
)
def classroom(stage: Stage, *, people: int, targets: int, minutes: float) -> None:
    """They read; few react. In the weeks after, about a third come back, each for herself."""
    begins_s = stage.evening(hour=12)
    came_s = begins_s + np.sort(stage.dice.gamma(2, 120, people))
    crew = stage.recruit(people, begins_s=came_s, age_days=(0.0005, 0.002), per_network=people)
    goods, everybody = stage.goods(targets, community=stage.circle()), np.arange(people)
    for place, target in enumerate(goods):
        who = everybody[stage.dice.random(people) < 0.7]
        at_s = came_s[who] + 60 + place * minutes * 60 / targets * stage.dice.uniform(0.7, 1.3, len(who))
        stage.tell(crew, who, "view", target, at_s)
        likes = np.flatnonzero(stage.dice.random(len(who)) < 0.1)
        stage.tell(crew, who[likes], "react", target, at_s[likes] + 30)
    back = everybody[stage.dice.random(people) < 0.35]
    later = stage.town.plan.end_s - begins_s
    at_s = begins_s + 86_400 + stage.dice.random(3 * len(back)) * max(later - 86_400, 3_600)
    seen = stage.town.circles.product(np.zeros(3 * len(back), np.int64), stage.dice)
    home = stage.town.people.nat(3 * len(back), stage.dice)
    stage.tell(crew, np.repeat(back, 3), "view", seen, at_s, network=home)
    stage.close(crew, goods, begins_s, begins_s + minutes * 60)
