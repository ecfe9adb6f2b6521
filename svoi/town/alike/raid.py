"""A raid: a push or a call in a show sends a crowd to the same few things within minutes."""

from __future__ import annotations

import numpy as np

from svoi.town.schemes import look_alike
from svoi.town.stage import Stage


@look_alike(
    "a push sends a crowd to the same few things within minutes; logged as an exposure",
    low={"people": 40, "targets": 2, "minutes": 40.0},
    middle={"people": 120, "targets": 4, "minutes": 30.0},
    high={"people": 400, "targets": 6, "minutes": 20.0},
)
def raid(stage: Stage, *, people: int, targets: int, minutes: float) -> None:
    """Most look, four of ten leave a heart, some save; fewer for what stands further down the list."""
    at_s, community = stage.evening(), stage.circle()
    crew = stage.pick(people, community=community)
    goods, reach = stage.goods(targets, community=community), int(stage.town.circles.members[community])
    came_s = at_s + stage.dice.exponential(minutes * 60 / 3, len(crew))
    for place, target in enumerate(goods):
        push = stage.expose("push", int(target), at_s, reach)
        looks = np.flatnonzero(stage.dice.random(len(crew)) < 0.9 * 0.8**place)
        seen_s = came_s[looks] + place * stage.dice.uniform(15, 60, len(looks))
        stage.tell(crew, looks, "view", target, seen_s, exposure=push)
        for verb, share in (("react", 0.4), ("save", 0.1)):
            acts = np.flatnonzero(stage.dice.random(len(looks)) < share)
            moment = seen_s[acts] + stage.dice.exponential(20, len(acts))
            stage.tell(crew, looks[acts], verb, target, moment, exposure=push)
    stage.close(crew, goods, at_s, at_s + minutes * 60)
