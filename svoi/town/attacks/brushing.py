"""Brushing: a seller's own orders through other names, paid and never collected."""

from __future__ import annotations

import numpy as np

from svoi.town.honest.buying import Basket, Habits, place
from svoi.town.plan import DAY_S
from svoi.town.schemes import attack
from svoi.town.stage import Stage, typical_minor

NEVER_COLLECTED = Habits(paid=1.0, collected=0.0, returned=0.0, reviewed=0.0)


@attack(
    "own orders through other names: paid by few cards, to few points, never collected, refunded later",
    low={"accounts": 10, "orders": 30, "products": 2, "days": 10.0, "per_card": 2.0},
    middle={"accounts": 25, "orders": 150, "products": 3, "days": 7.0, "per_card": 5.0},
    high={"accounts": 60, "orders": 600, "products": 4, "days": 5.0, "per_card": 15.0},
)
def brushing(stage: Stage, *, accounts: int, orders: int, products: int, days: float, per_card: float) -> None:
    """The counter of sales is what they are after: the stake is the sum of all orders."""
    from_s, span_s = stage.begin(days * DAY_S)
    crew = stage.recruit(accounts, begins_s=from_s, age_days=(3, 90), per_device=2, per_card=per_card)
    goods, dice = stage.goods(products), stage.dice
    who = np.concatenate([np.arange(accounts), dice.integers(0, accounts, max(0, orders - accounts))])
    points = dice.integers(0, int(stage.town.people.point.max()) + 1, 2)
    amount = (typical_minor() * dice.uniform(0.8, 1.2, len(who))).astype(np.int64)
    basket = Basket(
        buyer=crew.accounts[who],
        product=goods[dice.integers(0, len(goods), len(who))],
        at_s=from_s + dice.random(len(who)) * span_s,
        device=crew.device[who],
        network=crew.network[who],
        payment=crew.payment[who],
        point=points[dice.integers(0, len(points), len(who))],
        amount_minor=amount,
        scheme=stage.code,
        fake=True,
    )
    stage.put_off(place(stage.town, basket, dice, NEVER_COLLECTED))
    stage.close(crew, goods, from_s, from_s + span_s, stake_minor=int(amount.sum()))
