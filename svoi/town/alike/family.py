"""A family at one pickup point: one address, one card, one tablet, orders collected together."""

from __future__ import annotations

import numpy as np

from svoi.town.honest.buying import Basket, Habits, place
from svoi.town.plan import DAY_S
from svoi.town.rows import Ints
from svoi.town.schemes import look_alike
from svoi.town.stage import Stage, typical_minor

KEEPS = Habits(paid=1.0, collected=1.0, returned=0.05, reviewed=0.4)


@look_alike(
    "one household, one card, one tablet, one point: they order on the same evenings and collect together",
    low={"people": 3, "evenings": 2, "families": 3},
    middle={"people": 4, "evenings": 4, "families": 6},
    high={"people": 6, "evenings": 8, "families": 12},
)
def family(stage: Stage, *, people: int, evenings: int, families: int) -> None:
    """Everything that sybils share they share too, except that the goods are paid, collected and kept."""
    plan, bought = stage.town.plan, []
    crew = stage.pick(people * families)
    for members in np.array_split(np.arange(len(crew)), families):
        tablet, address = (int(stage.registry.numbers(kind, 1)[0]) for kind in ("device", "network"))
        head = crew.accounts[members[0]]
        for _ in range(evenings):
            begins_s, goods = stage.evening(hour=21), stage.goods(len(members))
            who, what = _wishes(len(members), stage.dice)
            at_s = begins_s + stage.dice.random(len(who)) * 2_400
            device, network = np.full(len(who), tablet), np.full(len(who), address)
            stage.tell(crew, members[who], "view", goods[what], at_s - 90, device=device, network=network)
            basket = Basket(
                buyer=crew.accounts[members[who]],
                product=goods[what],
                at_s=at_s,
                device=device,
                network=network,
                payment=np.full(len(who), stage.town.people.payment[head]),
                point=np.full(len(who), stage.town.people.point[head]),
                amount_minor=(typical_minor() * stage.dice.uniform(0.3, 1.5, len(who))).astype(np.int64),
                scheme=stage.code,
                together=np.zeros(len(who), np.int64),
            )
            stage.put_off(place(stage.town, basket, stage.dice, KEEPS))
            bought.append(goods)
    stage.close(crew, np.concatenate(bought), plan.start_s + DAY_S, plan.end_s)


def _wishes(size: int, dice: np.random.Generator) -> tuple[Ints, Ints]:
    """Most members want something, each her own; a quarter wants what the first one has."""
    who = np.flatnonzero(dice.random(size) < 0.7)
    return who, np.where(dice.random(len(who)) < 0.25, 0, who)
