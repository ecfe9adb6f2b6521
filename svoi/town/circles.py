"""Communities with their tastes: who belongs where, what is on the shelf, what is told, and when there is a show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from svoi.town import figures
from svoi.town.names import first_of
from svoi.town.people import HOUR_S, People
from svoi.town.plan import DAY_S, Plan
from svoi.town.rows import Floats, Ints

TOLD_BEFORE_DAYS = 14  # stories that are there already on the first day


@dataclass(slots=True)
class Shows:
    """Columns by show, in order of time."""

    community: Ints
    begins_s: Floats
    ends_s: Floats

    def on(self, day_start_s: float) -> Ints:
        """Those that begin within a day."""
        return np.flatnonzero((self.begins_s >= day_start_s) & (self.begins_s < day_start_s + DAY_S))


@dataclass(slots=True)
class Circles:
    """Columns by community. `ranks` are members by community; `story_from[c, d]` counts stories up to a day."""

    home: Ints  # by account
    second: Ints  # by account; the home again for those who have one only
    ranks: Ints
    first_rank: Ints
    members: Ints
    first_product: Ints
    products: Ints
    story_from: Ints
    story_author: Ints
    story_s: Floats
    story_day: Ints  # the first day it is fed, from 0; negative before we look
    story_home: Ints  # its community
    shows: Shows

    def members_of(self, community: int) -> Ints:
        begins = int(self.first_rank[community])
        members: Ints = self.ranks[begins : begins + int(self.members[community])]
        return members

    def product(self, community: Ints, dice: np.random.Generator) -> Ints:
        """Targets from the shelves, by Zipf's law with exponent 1."""
        rank = np.exp(dice.random(len(community)) * np.log(self.products[community] + 1)) - 1
        product: Ints = first_of("product") + self.first_product[community] + rank.astype(np.int64)
        return product

    def story(self, community: Ints, day: int, dice: np.random.Generator) -> Ints:
        """Targets from what was told lately; where nothing was, from the shelves."""
        age = dice.geometric(1 / figures.STORY_AGE_DAYS, len(community)) - 1
        told = np.maximum(day + TOLD_BEFORE_DAYS - age, 0)
        begins, ends = self.story_from[community, told], self.story_from[community, told + 1]
        rank = np.exp(dice.random(len(community)) * np.log(ends - begins + 1)) - 1
        shelf = self.product(community, dice)
        story: Ints = np.where(ends > begins, first_of("story") + begins + rank.astype(np.int64), shelf)
        return story

    def slow_sellers(self, community: int) -> Ints:
        """The products of a community that are not among its most wanted three tenths."""
        size = int(self.products[community])
        return first_of("product") + int(self.first_product[community]) + np.arange(int(0.3 * size), size)


def gather(plan: Plan, people: People) -> Circles:
    """The communities of a plan."""
    dice = plan.dice("circles")
    count = max(3, round(0.2 * plan.people**0.42))  # 4, 25, 66 for the three sizes; assumed
    weights = 1 / np.arange(1, count + 1) ** 0.8
    weights /= weights.sum()
    home = dice.choice(count, plan.people, p=weights).astype(np.int64)
    home[:count] = np.arange(count)  # nobody's community is empty
    second = np.where(dice.random(plan.people) < 0.4, dice.choice(count, plan.people, p=weights), home)
    ranks, members = np.argsort(home, kind="stable"), np.bincount(home, minlength=count)
    products = np.maximum(40, (members**0.6).astype(np.int64) * 4)
    first_rank = np.cumsum(members) - members
    story_from, author, told_s, story_day, story_home = _stories(plan, ranks, first_rank, members, dice)
    return Circles(
        home=home,
        second=second,
        ranks=ranks,
        first_rank=first_rank,
        members=members,
        first_product=np.cumsum(products) - products,
        products=products,
        story_from=story_from,
        story_author=author,
        story_s=told_s,
        story_day=story_day,
        story_home=story_home,
        shows=_shows(plan, count, dice),
    )


def _stories(
    plan: Plan, ranks: Ints, first_rank: Ints, members: Ints, dice: np.random.Generator
) -> tuple[Ints, Ints, Floats, Ints, Ints]:
    """How many stories stand before each (community, day); authors, moments, days and communities of all stories."""
    days = plan.days + TOLD_BEFORE_DAYS
    told = dice.poisson(np.maximum(members * figures.STORIES_PER_MEMBER_DAY, 0.4)[:, None], (len(members), days))
    ends = np.cumsum(told.ravel()).reshape(told.shape)
    story_from = np.concatenate([(ends[:, 0] - told[:, 0])[:, None], ends], axis=1)
    community = np.repeat(np.arange(len(members)), told.sum(axis=1))
    day = np.repeat(np.tile(np.arange(days), len(members)), told.ravel())
    # Most stories come from few members: the square of a draw prefers the first of the community.
    place = (dice.random(len(community)) ** 2 * members[community]).astype(np.int64)
    # Told on the day before the one it counts for, so that nobody reads what is not told yet.
    at_s = plan.start_s + (day - TOLD_BEFORE_DAYS - 1 + dice.beta(5, 3, len(day))) * DAY_S
    return story_from, ranks[first_rank[community] + place], at_s, day - TOLD_BEFORE_DAYS, community


def _shows(plan: Plan, communities: int, dice: np.random.Generator) -> Shows:
    """Each community has its evenings, week after week."""
    listed = []
    for community in range(communities):
        evenings = dice.choice(7, figures.SHOWS_A_WEEK, replace=False)
        hour, length = dice.integers(18, 21), int(dice.integers(*figures.SHOW_S))
        for day in range(plan.days):
            begins_s = plan.day_start(day) + hour * HOUR_S
            # A show that would end after the last day is not begun.
            if plan.weekday(day) in evenings and begins_s + length <= plan.end_s:
                listed.append((community, begins_s + dice.normal(0, 60), length))
    listed.sort(key=lambda show: show[1])
    table = np.array(listed, dtype=np.float64).reshape(-1, 3)
    return Shows(table[:, 0].astype(np.int64), table[:, 1], table[:, 1] + table[:, 2])
