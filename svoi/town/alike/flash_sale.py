"""A flash sale: hundreds order the same product within two minutes."""

from __future__ import annotations

import numpy as np

from svoi.town.honest.buying import filled, place
from svoi.town.schemes import look_alike
from svoi.town.stage import Stage


@look_alike(
    "a deal in a show: the same product ordered by many within minutes",
    low={"people": 30, "minutes": 10.0, "products": 1},
    middle={"people": 100, "minutes": 5.0, "products": 2},
    high={"people": 400, "minutes": 2.0, "products": 3},
)
def flash_sale(stage: Stage, *, people: int, minutes: float, products: int) -> None:
    """Ordinary people with their own cards; they pay, collect and return as always."""
    begins_s, community = stage.evening(), stage.circle()
    crew = stage.pick(people, community=community)
    goods = stage.goods(products, community=community)
    for number, product in enumerate(goods):
        at_s = begins_s + number * 1_800
        slot = stage.expose("slot", int(product), at_s, 5 * len(crew))
        buys = np.flatnonzero(stage.dice.random(len(crew)) < 0.7)
        moment = at_s + stage.dice.gamma(2, minutes * 60 / 6, len(buys))
        stage.tell(crew, buys, "view", product, moment - stage.dice.uniform(3, 15, len(buys)), exposure=slot)
        basket = filled(
            stage.town,
            crew.accounts[buys],
            np.full(len(buys), product),
            moment,
            stage.dice,
            exposure=slot,
            scheme=stage.code,
        )
        stage.put_off(place(stage.town, basket, stage.dice))
    stage.close(crew, goods, begins_s, begins_s + len(goods) * 1_800)
