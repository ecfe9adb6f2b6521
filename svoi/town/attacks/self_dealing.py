"""Organiser self-dealing: her own accounts tip her pools, and the reward is hers."""

from __future__ import annotations

import numpy as np

from svoi.town.honest.buying import Basket, Habits, place
from svoi.town.plan import DAY_S
from svoi.town.schemes import attack
from svoi.town.stage import Stage, typical_minor

NEVER_COLLECTED = Habits(paid=1.0, collected=0.0, returned=0.0, reviewed=0.0)
REWARD = 0.1  # default: organisers get 5-20 %


@attack(
    "an organiser tips her pools with accounts that share her telephone, address and card",
    low={"alts": 4, "pools": 2, "honest": 12},
    middle={"alts": 10, "pools": 3, "honest": 10},
    high={"alts": 25, "pools": 5, "honest": 6},
)
def self_dealing(stage: Stage, *, alts: int, pools: int, honest: int) -> None:
    """Honest people pledge first; in the last hours the alts tip each pool, and then leave the goods."""
    dice = stage.dice
    from_s, span_s = stage.begin(4.0 * pools * DAY_S)
    organiser = stage.pick(1)
    # The alts live on one telephone, at her address, by her card.
    others = stage.recruit(alts, begins_s=from_s, age_days=(1, 60), per_device=alts, network=int(organiser.network[0]))
    crew = organiser.among(others)
    crew.payment = np.full(len(crew), organiser.payment[0])
    stake, targets = 0, []
    for number in range(pools):
        opens_s, length = from_s + span_s * number / pools, span_s / pools
        pool, product = stage.thing("pool"), int(stage.goods(1)[0])
        targets += [pool, product]
        sent, guests = stage.expose("pool", pool, opens_s, 20 * honest), stage.pick(honest)
        moment = opens_s + dice.random(len(guests)) * length * 0.9
        more = {"exposure": sent, "value": 1.0}
        stage.tell(guests, np.arange(len(guests)), "pledge", pool, moment, scheme=0, fake=False, **more)
        last_s = opens_s + length * 0.9 + dice.random(len(crew)) * length * 0.08
        stage.tell(crew, np.arange(len(crew)), "pledge", pool, last_s, **more)
        amount = np.full(len(crew), typical_minor())
        stake += int(REWARD * amount.sum())
        point = np.full(len(crew), stage.town.people.point[organiser.accounts[0]])
        basket = Basket(
            crew.accounts,
            np.full(len(crew), product),
            last_s + 900,
            crew.device,
            crew.network,
            crew.payment,
            point,
            amount,
            exposure=sent,
            scheme=stage.code,
            fake=True,
        )
        stage.put_off(place(stage.town, basket, dice, NEVER_COLLECTED))
    stage.close(crew, targets, from_s, from_s + span_s, stake_minor=stake)
