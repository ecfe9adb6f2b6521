"""Shows: a push, people who come by it or by themselves, beats while they watch, hearts, words, orders, envelopes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from svoi.town import figures
from svoi.town.honest.buying import filled, place
from svoi.town.names import EXPOSURES, first_of
from svoi.town.rows import NONE, Floats, Ints, Rows, joined, rows
from svoi.town.settlement import Settlement

PUSH_BEFORE_S = 120.0
BEAT_JITTER_S = 1.5
CLAIM_WITHIN_S = 12.0


@dataclass(slots=True)
class Audience:
    """Who watched a show, from when until when, by which push (or NONE), on what."""

    show: int
    who: Ints
    from_s: Floats
    until_s: Floats
    exposure: Ints
    device: Ints
    network: Ints

    def at(self, moment: float) -> Ints:
        """Places of those who watch at a moment."""
        return np.flatnonzero((self.from_s <= moment) & (self.until_s > moment))

    def told(self, which: Ints, verb: str, at_s: Floats, *, target: int | None = None, **more: object) -> Rows:
        """Facts of viewers, about the show unless said otherwise."""
        about = first_of("show") + self.show if target is None else target
        contact = {"device": self.device[which], "network": self.network[which]}
        return rows(self.who[which], verb, about, at_s, **(contact | more))


def watch(town: Settlement, day: int) -> Rows:
    """All shows that begin on a day."""
    return joined([_show(town, int(show)) for show in town.circles.shows.on(town.plan.day_start(day))])


def _show(town: Settlement, show: int) -> Rows:
    dice = town.plan.dice("show", show)
    seen = audience(town, show, dice)
    parts = [
        seen.told(np.arange(len(seen.who)), "view", seen.from_s, exposure=seen.exposure),
        beats(seen, town.plan.beat_s, dice),
        _hearts(seen, dice),
        _words(town, seen, dice),
        _orders(town, seen, dice),
    ]
    if dice.random() < figures.ENVELOPE_SHARE:
        parts.append(_envelope(town, seen, dice))
    return joined(parts)


def audience(town: Settlement, show: int, dice: np.random.Generator) -> Audience:
    """Members by how active they are; some come at once after the push, the others throughout."""
    shows, circles = town.circles.shows, town.circles
    begins_s, ends_s = shows.begins_s[show], shows.ends_s[show]
    members = circles.members_of(int(shows.community[show]))
    members = members[(town.people.joined_s[members] < begins_s) & ~np.isin(members, town.elsewhere)]
    weight = np.sqrt(town.people.sessions[members])
    who = members[dice.random(len(members)) < np.minimum(0.95, weight / weight.mean() * figures.UNIQUES_SHARE)]
    size = len(who)
    push_s = begins_s - PUSH_BEFORE_S
    target, kind = first_of("show") + show, EXPOSURES.index("push")
    push = town.books.add("exposures", 1, target=target, at_s=push_s, reach_n=len(members), kind=kind)
    pushed = dice.random(size) < figures.PUSHED_SHARE
    after_push = np.maximum(begins_s, push_s + dice.exponential(figures.PUSH_DELAY_S, size))
    from_s = np.where(pushed, after_push, begins_s + dice.random(size) * (ends_s - begins_s))
    from_s = np.where(from_s < ends_s, from_s, begins_s + dice.random(size) * (ends_s - begins_s))
    length = dice.lognormal(np.log(figures.WATCH_MEDIAN_S), figures.WATCH_SIGMA, size)
    until_s = np.minimum(from_s + length, ends_s)
    device, network = town.people.contact(who, from_s, dice)
    town.books.add("watches", size, show=show, actor=who, from_s=from_s, until_s=until_s)
    return Audience(show, who, from_s, until_s, np.where(pushed, push[0], NONE), device, network)


def beats(seen: Audience, every_s: float, dice: np.random.Generator) -> Rows:
    """A heartbeat every so often; telephones are not exact."""
    counts = ((seen.until_s - seen.from_s) // every_s).astype(np.int64)
    which = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts) + 1
    at_s = seen.from_s[which] + place * every_s + np.abs(dice.normal(0, BEAT_JITTER_S, len(which)))
    return seen.told(which, "heartbeat", at_s)


def _hearts(seen: Audience, dice: np.random.Generator) -> Rows:
    """Hearts, one fact a person and minute however often she taps."""
    counts = np.where(dice.random(len(seen.who)) < figures.REACTORS, dice.geometric(0.3, len(seen.who)), 0)
    which = np.repeat(np.arange(len(counts)), counts)
    length = seen.until_s[which] - seen.from_s[which]
    return seen.told(which, "react", seen.from_s[which] + dice.random(len(which)) * length)


def _words(town: Settlement, seen: Audience, dice: np.random.Generator) -> Rows:
    """Messages; part of them within a minute after the host asks to write."""
    which = np.flatnonzero(dice.random(len(seen.who)) < figures.CHATTERS)
    at_s = seen.from_s[which] + dice.random(len(which)) * (seen.until_s[which] - seen.from_s[which])
    shows = town.circles.shows
    called_s = dice.uniform(shows.begins_s[seen.show], shows.ends_s[seen.show] - 60)
    answering = dice.permutation(seen.at(called_s))[: round(len(which) * figures.CHAT_PROMPTED)]
    spoke = np.concatenate([which, answering])
    return seen.told(spoke, "chat", np.concatenate([at_s, called_s + dice.random(len(answering)) * 60]))


def _orders(town: Settlement, seen: Audience, dice: np.random.Generator) -> Rows:
    """Products are pinned one after another, each pin an exposure; who buys, buys within minutes after one."""
    shows = town.circles.shows
    pins_s = np.arange(shows.begins_s[seen.show] + 300, shows.ends_s[seen.show], figures.PIN_S)
    community = np.full(len(pins_s), shows.community[seen.show])
    products = town.circles.product(community, dice)
    watching = [int(((seen.from_s < at_s + figures.PIN_S) & (seen.until_s > at_s)).sum()) for at_s in pins_s]
    kind = EXPOSURES.index("slot")
    slots = town.books.add("exposures", len(pins_s), target=products, at_s=pins_s, reach_n=watching, kind=kind)
    which = np.flatnonzero((dice.random(len(seen.who)) < figures.SHOW_BUYERS) & (seen.until_s > pins_s[0]))
    from_s, until_s = np.maximum(seen.from_s[which], pins_s[0]), seen.until_s[which]
    pin = np.searchsorted(pins_s, dice.uniform(from_s, until_s), side="right") - 1
    at_s = np.minimum(np.maximum(pins_s[pin], from_s) + dice.exponential(70, len(which)), until_s)
    return place(town, filled(town, seen.who[which], products[pin], at_s, dice, exposure=slots[pin]), dice)


def _envelope(town: Settlement, seen: Audience, dice: np.random.Generator) -> Rows:
    """An envelope for the room: fewer shares than hands, gone within seconds."""
    shows = town.circles.shows
    at_s = dice.uniform(shows.begins_s[seen.show] + 600, shows.ends_s[seen.show] - 600)
    present = dice.permutation(seen.at(at_s))
    takers = present[: max(1, len(present) // 2)]
    target, kind = first_of("envelope") + seen.show, EXPOSURES.index("envelope")
    sent = town.books.add("exposures", 1, target=target, at_s=at_s, reach_n=len(present), kind=kind)
    moments = at_s + 1.0 + dice.exponential(CLAIM_WITHIN_S, len(takers))
    points = dice.integers(5, 60, len(takers))
    return seen.told(takers, "envelope_claim", moments, target=target, exposure=sent[0], value=points)
