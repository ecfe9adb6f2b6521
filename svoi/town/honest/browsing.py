"""Sessions: reading stories and products, saving, voting, following; most people seldom, a few all day."""

from __future__ import annotations

import numpy as np

from svoi.town import figures
from svoi.town.hours import moments, weekday_factor
from svoi.town.names import CODES, first_of
from svoi.town.people import People
from svoi.town.plan import Plan
from svoi.town.rows import NONE, Floats, Ints, Rows, rows
from svoi.town.settlement import Settlement

# Verbs of one action after another, and their shares; assumed.
ACTIONS = ("view", "react", "save", "vote", "follow")
SHARES = np.cumsum((0.86, 0.07, 0.03, 0.035, 0.005))
BETWEEN_S = 35.0
PRODUCT_SHARE = 0.35  # of what is looked at; the rest are stories
HOME_SHARE = 0.75  # of sessions in the first community
_CODES = np.array([CODES[verb] for verb in ACTIONS], dtype=np.int8)


def browse(town: Settlement, day: int) -> Rows:
    """A day of sessions."""
    dice = town.plan.dice("browsing", day)
    who, begins_s = sessions(town.people, town.plan, day, dice)
    device, network = town.people.contact(who, begins_s, dice)
    community = np.where(dice.random(len(who)) < HOME_SHARE, town.circles.home[who], town.circles.second[who])
    actions = dice.geometric(1 / figures.ACTIONS_MEAN, len(who))
    session = np.repeat(np.arange(len(who)), actions)
    place = np.arange(len(session)) - np.repeat(np.cumsum(actions) - actions, actions)
    at_s = begins_s[session] + BETWEEN_S * place * dice.uniform(0.5, 1.5, len(session))
    verb = _CODES[np.searchsorted(SHARES, dice.random(len(session)) * SHARES[-1], side="right")]
    target = _targets(town, day, community[session], verb, dice)
    # Where nothing was told there is nothing to vote on: a heart for a product instead.
    verb = np.where((verb == CODES["vote"]) & (target < first_of("story")), np.int8(CODES["react"]), verb)
    exposure = _fed(town, day, community[session], target)
    value = np.where(verb == CODES["vote"], np.where(dice.random(len(session)) < 0.9, 1.0, -1.0), np.nan)
    contact = {"device": device[session], "network": network[session]}
    return rows(who[session], verb, target, at_s, exposure=exposure, value=value, **contact)


def sessions(people: People, plan: Plan, day: int, dice: np.random.Generator) -> tuple[Ints, Floats]:
    """Who comes on a day, once for each session, and when."""
    counts = dice.poisson(people.sessions * weekday_factor(plan, day))
    counts[people.joined_s > plan.day_start(day)] = 0
    who = np.repeat(np.arange(people.size), counts)
    return who, moments(plan, day, people.zone_s[who], dice)


def _fed(town: Settlement, day: int, community: Ints, target: Ints) -> Ints:
    """The exposure by which somebody met a story of her own community, while the feed still shows it."""
    story = np.clip(target - first_of("story"), 0, len(town.circles.story_s) - 1)
    age = day - town.circles.story_day[story]
    is_fed = (target == story + first_of("story")) & (age < figures.FED_DAYS)
    is_hers = town.circles.story_home[story] == community
    return np.where(is_fed & is_hers, story * figures.FED_DAYS + age, NONE)


def _targets(town: Settlement, day: int, community: Ints, verb: np.ndarray, dice: np.random.Generator) -> Ints:
    """Stories and products; votes are on stories, one follows authors."""
    shelf = (dice.random(len(verb)) < PRODUCT_SHARE) & (verb != CODES["vote"])
    anywhere = town.circles.home[dice.integers(0, town.people.size, len(verb))]
    read_in = np.where(dice.random(len(verb)) < figures.OWN_SHARE, community, anywhere)
    target = np.where(shelf, town.circles.product(read_in, dice), town.circles.story(read_in, day, dice))
    follows = np.flatnonzero(verb == CODES["follow"])
    members = town.circles.members[community[follows]]
    place = (dice.random(len(follows)) ** 2 * members).astype(np.int64)
    target[follows] = town.circles.ranks[town.circles.first_rank[community[follows]] + place]
    return target
