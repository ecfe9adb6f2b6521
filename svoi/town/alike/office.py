"""An office behind one address: colleagues look and order at lunch, and collect at the same point."""

from __future__ import annotations

import numpy as np

from svoi.town.crew import Crew
from svoi.town.honest.buying import filled, place
from svoi.town.plan import DAY_S
from svoi.town.schemes import look_alike
from svoi.town.stage import Stage

NEIGHBOURS = 6  # who sit near enough to see it


@look_alike(
    "colleagues behind one address browse at lunch, some at what one of them shows, and order to one point",
    low={"people": 12, "lunches": 5, "talked_of": 1},
    middle={"people": 30, "lunches": 10, "talked_of": 1},
    high={"people": 80, "lunches": 20, "talked_of": 2},
)
def office(stage: Stage, *, people: int, lunches: int, talked_of: int) -> None:
    """On each such day half of them browse for themselves, and one table looks at what somebody shows around."""
    plan, crew = stage.town.plan, stage.pick(people)
    address, point = int(stage.registry.numbers("network", 1)[0]), int(stage.town.people.point[crew.accounts[0]])
    workdays = [day for day in range(1, plan.days) if plan.weekday(day) < 5] or [0]
    seen: list[np.ndarray] = []
    for day in stage.dice.permutation(workdays)[:lunches]:
        noon_s, goods = plan.day_start(int(day)) + 12.5 * 3_600, stage.goods(talked_of, community=stage.circle())
        seen.append(goods)
        _browse(stage, crew, noon_s, address)
        for target in goods:
            who = stage.dice.permutation(len(crew))[:NEIGHBOURS]
            at_s = noon_s + stage.dice.random(len(who)) * 3_600
            stage.tell(crew, who, "view", target, at_s, network=address)
            buys = who[stage.dice.random(len(who)) < 0.12]
            basket = filled(
                stage.town,
                crew.accounts[buys],
                np.full(len(buys), target),
                noon_s + 2_400 + stage.dice.random(len(buys)) * 3_600,
                stage.dice,
                point=np.full(len(buys), point),
                scheme=stage.code,
            )
            basket.network = np.full(len(buys), address)
            stage.put_off(place(stage.town, basket, stage.dice))
    stage.close(crew, np.concatenate(seen), plan.start_s + DAY_S, plan.end_s)


def _browse(stage: Stage, crew: Crew, noon_s: float, address: int) -> None:
    """Each for herself, a few things of any community."""
    who = np.repeat(np.flatnonzero(stage.dice.random(len(crew)) < 0.5), 3)
    community = stage.dice.integers(0, len(stage.town.circles.members), len(who))
    at_s = noon_s + stage.dice.random(len(who)) * 3_600
    stage.tell(crew, who, "view", stage.town.circles.product(community, stage.dice), at_s, network=address)
