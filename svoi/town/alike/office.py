"""An office behind one address: colleagues look and order at lunch, and collect at the same point."""

from __future__ import annotations

import numpy as np

from svoi.town.honest.buying import filled, place
from svoi.town.plan import DAY_S
from svoi.town.schemes import look_alike
from svoi.town.stage import Stage


@look_alike(
    "colleagues behind one address look at the same things at lunch and order to the same point",
    low={"people": 12, "lunches": 5, "talked_of": 2},
    middle={"people": 30, "lunches": 10, "talked_of": 3},
    high={"people": 80, "lunches": 20, "talked_of": 4},
)
def office(stage: Stage, *, people: int, lunches: int, talked_of: int) -> None:
    """On each such day somebody shows something, and half the room looks at it within the hour."""
    plan, crew = stage.town.plan, stage.pick(people)
    address, point = int(stage.registry.numbers("network", 1)[0]), int(stage.town.people.point[crew.accounts[0]])
    workdays = [day for day in range(1, plan.days) if plan.weekday(day) < 5] or [0]
    seen: list[np.ndarray] = []
    for day in stage.dice.permutation(workdays)[:lunches]:
        goods = stage.goods(talked_of, community=stage.circle())
        seen.append(goods)
        for target in goods:
            who = np.flatnonzero(stage.dice.random(len(crew)) < 0.5)
            at_s = plan.day_start(int(day)) + 12.5 * 3_600 + stage.dice.random(len(who)) * 3_600
            stage.tell(crew, who, "view", target, at_s, network=address)
            buys = who[stage.dice.random(len(who)) < 0.08]
            basket = filled(
                stage.town,
                crew.accounts[buys],
                np.full(len(buys), target),
                plan.day_start(int(day)) + 13.2 * 3_600 + stage.dice.random(len(buys)) * 3_600,
                stage.dice,
                point=np.full(len(buys), point),
                scheme=stage.code,
            )
            basket.network = np.full(len(buys), address)
            stage.put_off(place(stage.town, basket, stage.dice))
    stage.close(crew, np.concatenate(seen), plan.start_s + DAY_S, plan.end_s)
