"""Joining and vouching, telling stories, reporting."""

from __future__ import annotations

import numpy as np

from svoi.town import figures
from svoi.town.names import first_of
from svoi.town.plan import DAY_S
from svoi.town.rows import Rows, joined, rows
from svoi.town.settlement import Settlement


def belong(town: Settlement, day: int) -> Rows:
    """Newcomers of a day with those who vouch for them, its stories, its reports."""
    return joined([_join(town, day), _tell(town, day), _report(town, day)])


def remember_vouches(town: Settlement) -> None:
    """The tree of invitations from before we look."""
    dice = town.plan.dice("old vouches")
    old = np.flatnonzero((town.people.joined_s < town.plan.start_s) & (dice.random(town.people.size) < figures.VOUCHED))
    _vouch(town, old, dice)


def _join(town: Settlement, day: int) -> Rows:
    dice, people = town.plan.dice("joining", day), town.people
    begins_s = town.plan.day_start(day)
    new = np.flatnonzero((people.joined_s >= begins_s) & (people.joined_s < begins_s + DAY_S))
    device, network = people.contact(new, people.joined_s[new], dice)
    community = first_of("community") + town.circles.home[new]
    came = rows(new, "join", community, people.joined_s[new], device=device, network=network)
    return joined([came, _vouch(town, new[dice.random(len(new)) < figures.VOUCHED], dice)])


def _vouch(town: Settlement, newcomers: np.ndarray, dice: np.random.Generator) -> Rows:
    """Somebody of the same community, who came earlier; nobody where the lot names a later one."""
    circles, people = town.circles, town.people
    home = circles.home[newcomers]
    place = (dice.random(len(newcomers)) * circles.members[home]).astype(np.int64)
    voucher = circles.ranks[circles.first_rank[home] + place]
    known = people.joined_s[voucher] < people.joined_s[newcomers]
    voucher, newcomer = voucher[known], newcomers[known]
    at_s = people.joined_s[newcomer] + dice.exponential(600, len(newcomer))
    town.books.add("vouches", len(newcomer), voucher=voucher, newcomer=newcomer, at_s=at_s)
    device, network = people.contact(voucher, at_s, dice)
    return rows(voucher, "vouch", newcomer, at_s, device=device, network=network)


def _tell(town: Settlement, day: int) -> Rows:
    circles, begins_s = town.circles, town.plan.day_start(day)
    told = np.flatnonzero((circles.story_s >= begins_s) & (circles.story_s < begins_s + DAY_S))
    author, at_s = circles.story_author[told], circles.story_s[told]
    known = town.people.joined_s[author] < at_s
    told, author, at_s = told[known], author[known], at_s[known]
    device, network = town.people.contact(author, at_s, town.plan.dice("telling", day))
    return rows(author, "story", first_of("story") + told, at_s, device=device, network=network)


def _report(town: Settlement, day: int) -> Rows:
    """Single reports about stories."""
    dice, size = town.plan.dice("reporting", day), town.people.size
    who = dice.integers(0, size, dice.poisson(size * figures.REPORTS_PER_PERSON_DAY))
    at_s = town.plan.day_start(day) + dice.random(len(who)) * DAY_S
    at_s = np.maximum(at_s, town.people.joined_s[who])
    device, network = town.people.contact(who, at_s, dice)
    target = town.circles.story(town.circles.home[who], day, dice)
    told = rows(who, "report", target, at_s, device=device, network=network)
    return told.take(at_s < town.plan.day_start(day) + DAY_S)
