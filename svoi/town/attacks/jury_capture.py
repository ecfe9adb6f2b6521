"""Jury capture: a bloc of jurors acquits its own."""

from __future__ import annotations

import numpy as np

from svoi.town import figures
from svoi.town.honest.judging import verdicts
from svoi.town.names import first_of
from svoi.town.plan import DAY_S
from svoi.town.schemes import attack
from svoi.town.stage import Stage, typical_minor


@attack(
    "a bloc of jurors votes alike, within minutes, to acquit its own people who are guilty",
    low={"bloc": 6, "seats": 2, "cases": 8},
    middle={"bloc": 10, "seats": 4, "cases": 10},
    high={"bloc": 15, "seats": 6, "cases": 12},
)
def jury_capture(stage: Stage, *, bloc: int, seats: int, cases: int) -> None:
    """`seats` of nine are theirs in each case; the other jurors judge as always."""
    plan, dice, people = stage.town.plan, stage.dice, stage.town.people
    crew = stage.recruit(bloc, begins_s=plan.start_s, age_days=(120, 300), per_device=2)
    old = np.flatnonzero(people.joined_s < plan.start_s)
    days = np.sort(dice.integers(0, plan.days, cases))
    judged = []
    for day in days:
        case = stage.thing("case")
        judged.append(case)
        jurors = dice.choice(old, figures.JURORS - seats, replace=False)
        number = case - first_of("case")
        stage.town.put_off(verdicts(stage.town, number, jurors, int(day), dice, is_guilty=True))
        who = dice.choice(bloc, seats, replace=False)
        at_s = plan.day_start(int(day)) + dice.uniform(9, 21) * 3_600 + dice.random(seats) * 600
        stage.tell(crew, who, "verdict", case, at_s, value=0.0)
        columns = {"juror": crew.accounts[who], "guilty": False, "is_guilty": True, "at_s": at_s}
        stage.town.books.add("verdicts", seats, case=number, scheme=stage.code, **columns)
    stake = cases * 2 * typical_minor()
    stage.close(crew, judged, plan.day_start(int(days[0])), plan.day_start(int(days[-1])) + DAY_S, stake_minor=stake)
