"""Threshold probing: accounts feel for the limits and then stay just below them."""

from __future__ import annotations

import numpy as np

from svoi.town import figures
from svoi.town.names import first_of
from svoi.town.plan import DAY_S
from svoi.town.rows import Ints
from svoi.town.schemes import attack
from svoi.town.stage import Stage, typical_minor

CAP, AUTHOR_CAP = figures.VOTES_UP_A_DAY, figures.VOTES_PER_AUTHOR_A_DAY
FEELING = (CAP - 8, CAP - 4, CAP - 2, CAP - 1, CAP)  # votes of the first days; then always one below


@attack(
    "votes that grow day by day to the limit of a day and of an author, then stay one below it, at even gaps",
    low={"accounts": 3, "days": 6},
    middle={"accounts": 8, "days": 10},
    high={"accounts": 20, "days": 20},
)
def threshold_probing(stage: Stage, *, accounts: int, days: int) -> None:
    """Votes for the stories of four authors; each account has a telephone of its own."""
    plan, dice = stage.town.plan, stage.dice
    days = min(days, plan.days - 1)
    first = int(dice.integers(1, plan.days - days + 1))
    from_s = plan.day_start(first)
    crew, stories = stage.recruit(accounts, begins_s=from_s, age_days=(15, 100)), _stories(stage, from_s)
    for number in range(days):
        votes = min(FEELING[number] if number < len(FEELING) else CAP - 1, len(stories))
        gap_s = 12 * 3_600 / votes
        who = np.repeat(np.arange(accounts), votes)
        what = np.concatenate([dice.permutation(len(stories))[:votes] for _ in range(accounts)])
        even = np.tile(np.arange(votes) * gap_s, accounts) + dice.random(len(who)) * 5
        at_s = from_s + number * DAY_S + 9 * 3_600 + even
        stage.tell(crew, who, "vote", stories[what], at_s, value=1.0)
    stage.close(crew, stories, from_s, from_s + days * DAY_S, stake_minor=accounts * typical_minor())


def _stories(stage: Stage, before_s: float) -> Ints:
    """As many stories of one author as she may get votes for in a day, of the four who told most."""
    circles = stage.town.circles
    told = np.flatnonzero(circles.story_s < before_s)
    authors, counts = np.unique(circles.story_author[told], return_counts=True)
    busiest = authors[np.argsort(-counts, kind="stable")][:4]
    chosen = [told[circles.story_author[told] == author][-AUTHOR_CAP:] for author in busiest]
    return first_of("story") + np.concatenate(chosen)
