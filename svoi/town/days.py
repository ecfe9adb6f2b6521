"""Day after day of the town: what people do, what was put off, and what is played on top, in order of time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from svoi.town.honest.belonging import belong
from svoi.town.honest.browsing import browse
from svoi.town.honest.buying import shop
from svoi.town.honest.judging import judge
from svoi.town.honest.watching import watch
from svoi.town.plan import DAY_S
from svoi.town.rows import Rows
from svoi.town.settlement import Settlement

PARTS = (browse, watch, shop, belong, judge)


def lived(town: Settlement, silent_s: np.ndarray | None = None) -> Iterator[Rows]:
    """The facts of each day. `silent_s` by account: from then on the person herself does nothing any more.

    A sitting that runs over midnight is told on the day it ends, so days follow each other in order.
    """
    for day in range(town.plan.days):
        ends_s = town.plan.day_start(day) + DAY_S
        for part in PARTS:
            town.put_off(part(town, day))
        told = town.due(ends_s)
        if silent_s is not None:
            # Goods are collected without the account; everything on a telephone needs it.
            told = told.take((told.scheme != 0) | (told.device < 0) | (told.at_s < silent_s[told.actor]))
        yield told.in_order()
