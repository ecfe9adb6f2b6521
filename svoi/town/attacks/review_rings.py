"""Review rings: they buy each other's goods, praise at once, and bring everything back."""

from __future__ import annotations

import numpy as np

from svoi.town.honest.buying import Basket, Habits, place
from svoi.town.plan import DAY_S
from svoi.town.schemes import attack
from svoi.town.stage import Stage, chosen, typical_minor

IN_TURN = Habits(paid=1.0, collected=1.0, returned=0.8, reviewed=1.0, stars=(0, 0, 0, 0, 1))


@attack(
    "members buy each other's goods, give five stars to each, and bring them back",
    low={"members": 6, "density": 0.6, "weeks": 3.0, "per_card": 1.0},
    middle={"members": 12, "density": 0.7, "weeks": 2.0, "per_card": 3.0},
    high={"members": 30, "density": 0.8, "weeks": 1.0, "per_card": 6.0},
)
def review_rings(stage: Stage, *, members: int, density: float, weeks: float, per_card: float) -> None:
    """A product for each member; everybody reviews all but her own. Rules ask for collected orders, so they collect."""
    from_s, span_s = stage.begin(weeks * 7 * DAY_S)
    crew = stage.recruit(members, begins_s=from_s, age_days=(20, 200), per_card=per_card)
    goods, dice = stage.goods(members), stage.dice
    who, what = chosen(len(crew), len(goods), density, dice)
    others = who != what
    who, what = who[others], what[others]
    point = int(dice.integers(0, int(stage.town.people.point.max()) + 1))
    basket = Basket(
        buyer=crew.accounts[who],
        product=goods[what],
        at_s=from_s + dice.random(len(who)) * span_s * 0.6,
        device=crew.device[who],
        network=crew.network[who],
        payment=crew.payment[who],
        point=np.full(len(who), point),
        amount_minor=(typical_minor() * dice.uniform(0.1, 0.3, len(who))).astype(np.int64),
        scheme=stage.code,
        fake=True,
    )
    stage.put_off(place(stage.town, basket, dice, IN_TURN))
    stage.close(crew, goods, from_s, from_s + span_s, stake_minor=len(goods) * typical_minor())
