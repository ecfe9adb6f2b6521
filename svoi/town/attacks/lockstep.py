"""The base attack of the literature: the same accounts on the same targets in the same hours."""

from __future__ import annotations

from svoi.town.crew import Crew
from svoi.town.schemes import attack
from svoi.town.stage import Stage, chosen, typical_minor

HOUR_S = 3_600


@attack(
    "accounts that act on the same targets within a window",
    low={"accounts": 20, "targets": 10, "density": 0.5, "window_h": 24.0, "camouflage": 1.0},
    middle={"accounts": 50, "targets": 20, "density": 0.3, "window_h": 24.0, "camouflage": 1.0},
    high={"accounts": 50, "targets": 20, "density": 0.5, "window_h": 24.0, "camouflage": 1.0},
)
def lockstep(stage: Stage, *, accounts: int, targets: int, density: float, window_h: float, camouflage: float) -> None:
    """Reactions of accounts with telephones of their own; `camouflage` honest-looking actions for each reaction."""
    from_s, span_s = stage.begin(window_h * HOUR_S)
    crew = stage.recruit(accounts, begins_s=from_s, age_days=(10, 200))
    in_step(stage, crew, targets, density, from_s, span_s, camouflage)


def in_step(
    stage: Stage, crew: Crew, targets: int, density: float, from_s: float, span_s: float, camouflage: float
) -> None:
    """Play a block of the crew x targets within a span."""
    goods = stage.goods(targets)
    who, what = chosen(len(crew), len(goods), density, stage.dice)
    at_s = from_s + stage.dice.random(len(who)) * span_s
    stage.tell(crew, who, "view", goods[what], at_s - stage.dice.uniform(2, 20, len(who)))
    stage.tell(crew, who, "react", goods[what], at_s)
    stage.blend(crew, camouflage * len(who) / len(crew))
    stage.close(crew, goods, from_s, from_s + span_s, stake_minor=len(goods) * typical_minor())
