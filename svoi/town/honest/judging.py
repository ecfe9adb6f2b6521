"""Cases before a jury: nine by lot, each right more often than not."""

from __future__ import annotations

import numpy as np

from svoi.town import figures
from svoi.town.names import first_of
from svoi.town.plan import DAY_S
from svoi.town.rows import Ints, Rows, joined, rows
from svoi.town.settlement import Settlement


def judge(town: Settlement, day: int) -> Rows:
    """The cases of a day."""
    dice = town.plan.dice("judging", day)
    count = dice.poisson(max(0.3, town.people.size * figures.CASES_PER_PERSON_DAY))
    old = np.flatnonzero(town.people.joined_s < town.plan.start_s)
    parts = []
    for number in range(count):
        # Cases are numbered by their day, so that a day knows nothing of those before it.
        jurors = dice.choice(old, figures.JURORS, replace=False)
        parts.append(
            verdicts(town, (day << 20) + number, jurors, day, dice, is_guilty=bool(dice.random() < figures.GUILTY))
        )
    return joined(parts)


def verdicts(
    town: Settlement, case: int, jurors: Ints, day: int, dice: np.random.Generator, *, is_guilty: bool
) -> Rows:
    """Independent jurors vote within a day."""
    right = dice.random(len(jurors)) < figures.JUROR_RIGHT
    guilty = np.where(right, is_guilty, not is_guilty)
    at_s = town.plan.day_start(day) + dice.random(len(jurors)) * DAY_S
    town.books.add("verdicts", len(jurors), case=case, juror=jurors, guilty=guilty, is_guilty=is_guilty, at_s=at_s)
    device, network = town.people.contact(jurors, at_s, dice)
    return rows(jurors, "verdict", first_of("case") + case, at_s, device=device, network=network, value=guilty)
