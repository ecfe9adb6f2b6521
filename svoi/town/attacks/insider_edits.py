"""Insider edits: an operator's hand adds to counters what no fact stands behind."""

from __future__ import annotations

import numpy as np

from svoi.town.names import CODES
from svoi.town.schemes import attack
from svoi.town.stage import Stage, typical_minor


@attack(
    "somebody of the house adds sales to counters at night; no fact stands behind them",
    low={"insiders": 3, "targets": 3, "added": 5},
    middle={"insiders": 3, "targets": 8, "added": 30},
    high={"insiders": 4, "targets": 20, "added": 200},
)
def insider_edits(stage: Stage, *, insiders: int, targets: int, added: int) -> None:
    """More is shown then than is recorded (see `counters`); the house has no such door, so it must notice."""
    plan, dice = stage.town.plan, stage.dice
    crew, goods = stage.pick(insiders), stage.goods(targets)
    who, much = dice.integers(0, len(crew), len(goods)), 1 + dice.poisson(added, len(goods))
    night = dice.integers(1, max(2, plan.days), len(goods))
    at_s = plan.start_s + night * 86_400 + dice.uniform(1, 4, len(goods)) * 3_600
    at_s = np.minimum(at_s, plan.end_s - 1)
    stage.tell(crew, who, "edit", goods, at_s, value=much)
    stage.town.books.add(
        "edits", len(goods), target=goods, verb=CODES["order"], added_n=much, at_s=at_s, scheme=stage.code
    )
    stake = int(much.sum()) * typical_minor()
    stage.close(crew, goods, float(at_s.min()), float(at_s.max()), stake_minor=stake)
