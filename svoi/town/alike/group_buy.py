"""A group buy: neighbours pledge for one product, pay within a window once it tips, and collect on one day."""

from __future__ import annotations

import numpy as np

from svoi.town.honest.buying import Habits, filled, place
from svoi.town.plan import DAY_S
from svoi.town.schemes import look_alike
from svoi.town.stage import Stage

KEPT = Habits(paid=0.96, collected=0.97, returned=0.04, reviewed=0.25)
OPEN_DAYS = 4.0


@look_alike(
    "a pool: pledges by invitation, everybody pays and collects the same product at one point within days",
    low={"people": 15, "invites": 2},
    middle={"people": 50, "invites": 3},
    high={"people": 150, "invites": 5},
)
def group_buy(stage: Stage, *, people: int, invites: int) -> None:
    """Invitations come in waves: each who pledged brings some more, so pledges come in bursts."""
    begins_s, span_s = stage.begin(OPEN_DAYS * DAY_S)
    community = stage.circle()
    crew = stage.pick(people, community=community)
    pool, product = stage.thing("pool"), stage.goods(1, community=community)[0]
    exposure = stage.expose("pool", pool, begins_s, int(stage.town.circles.members[community]))
    wave = np.floor(np.log(np.arange(len(crew)) + 1) / np.log(1 + invites))
    pledged_s = begins_s + (wave + stage.dice.random(len(crew))) * span_s / (wave.max() + 2)
    everybody = np.arange(len(crew))
    stage.tell(crew, everybody, "view", pool, pledged_s - 60, exposure=exposure)
    stage.tell(crew, everybody, "pledge", pool, pledged_s, exposure=exposure, value=1.0)
    tipped_s = float(pledged_s.max()) + 600
    basket = filled(
        stage.town,
        crew.accounts,
        np.full(len(crew), product),
        tipped_s + stage.dice.exponential(3 * 3_600, len(crew)),
        stage.dice,
        exposure=exposure,
        point=np.full(len(crew), stage.town.people.point[crew.accounts[0]]),
        scheme=stage.code,
        together=np.zeros(len(crew), np.int64),
        spread_s=DAY_S,
    )
    stage.put_off(place(stage.town, basket, stage.dice, KEPT))
    stage.close(crew, (pool, product), begins_s, tipped_s)
