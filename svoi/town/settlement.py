"""The town before anything happens: plan, people, communities, open books, and what is still to come."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from svoi.town import figures
from svoi.town.books import Books
from svoi.town.circles import Circles, gather
from svoi.town.names import EXPOSURES, first_of
from svoi.town.people import People, settle
from svoi.town.plan import DAY_S, Plan
from svoi.town.rows import Ints, Rows, joined


@dataclass(slots=True)
class Settlement:
    """Everything that parts of the town share.

    `later` holds facts of days that have not come; `elsewhere` are people who come to shows only as a scheme has it.
    """

    plan: Plan
    people: People
    circles: Circles
    books: Books = field(default_factory=Books)
    later: list[Rows] = field(default_factory=list)
    elsewhere: Ints = field(default_factory=lambda: np.empty(0, np.int64))

    def put_off(self, rows: Rows) -> None:
        self.later.append(rows)

    def due(self, before_s: float) -> Rows:
        """What was put off and happens before a moment; the rest keeps waiting."""
        waiting = joined(self.later)
        now = waiting.at_s < before_s
        self.later = [waiting.take(~now)]
        return waiting.take(now)


def found(plan: Plan) -> Settlement:
    """A town of a plan, at its first midnight."""
    people = settle(plan)
    town = Settlement(plan, people, gather(plan, people))
    feed(town)
    return town


def feed(town: Settlement) -> None:
    """The feed puts each story before the people of its community for some days, from midnight on, an exposure a day.

    They are the first in the book: story `s` has the number `s * FED_DAYS` on its first day, and so on.
    """
    circles, days = town.circles, figures.FED_DAYS
    others = circles.second[circles.second != circles.home]
    readers = circles.members + np.bincount(others, minlength=len(circles.members))
    story, age = np.repeat(np.arange(len(circles.story_s)), days), np.tile(np.arange(days), len(circles.story_s))
    town.books.add(
        "exposures",
        len(story),
        target=first_of("story") + story,
        at_s=town.plan.start_s + (circles.story_day[story] + age) * DAY_S,
        reach_n=readers[circles.story_home[story]],
        kind=EXPOSURES.index("feed"),
    )
