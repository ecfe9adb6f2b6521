"""What a scheme is played with: people of the town, new accounts, moments, targets, and the truth about all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from svoi.town import figures
from svoi.town.crew import Crew
from svoi.town.hours import moments
from svoi.town.names import EXPOSURES, first_of
from svoi.town.plan import DAY_S
from svoi.town.rows import NONE, Floats, Ints, Rows, rows
from svoi.town.settlement import Settlement
from svoi.town.truth import Group

BLEND_VERBS = ("view", "react", "save")


@dataclass(slots=True)
class Registry:
    """New accounts, who is already part of a scheme, and numbers nobody else has; shared by all schemes of a town."""

    town: Settlement
    joined_s: Floats
    silent_s: Floats
    taken: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    groups: list[Group] = field(default_factory=list)
    things: int = 1_000_000_000
    _free: dict[str, int] = field(default_factory=dict)

    def numbers(self, kind: str, size: int) -> Ints:
        """Devices, networks or payments of their own."""
        people = self.town.people
        first = {"device": people.free_device, "network": people.free_network, "payment": people.free_payment}
        begins = self._free.get(kind, first[kind])
        self._free[kind] = begins + size
        return np.arange(begins, begins + size)


@dataclass(slots=True)
class Stage:
    """One scheme's own view: its code in the facts, its dice, and the registry."""

    code: int
    is_attack: bool
    dice: np.random.Generator
    registry: Registry

    @property
    def town(self) -> Settlement:
        return self.registry.town

    # -- who ----------------------------------------------------------------------------------------------------
    def recruit(
        self,
        size: int,
        *,
        begins_s: float | Floats,
        age_days: tuple[float, float],
        per_device: float = 1,
        per_network: float = 0,
        per_card: float = 1,
        network: int = NONE,
    ) -> Crew:
        """New accounts, so many days old at `begins_s`; so many to a device, a network (0: mobile ones), a card.

        `network` is one for all of them that is there already.
        """
        registry = self.registry
        first = len(registry.joined_s)
        joined_s = begins_s - self.dice.uniform(*age_days, size) * DAY_S
        registry.joined_s = np.append(registry.joined_s, joined_s)
        registry.silent_s = np.append(registry.silent_s, np.full(size, np.inf))
        shared = {"device": per_device, "network": per_network, "payment": per_card}
        had = {name: self._shared(name, size, share) for name, share in shared.items()}
        if network != NONE:
            had["network"] = np.full(size, network)
        crew = Crew(np.arange(first, first + size), had["device"], had["network"], had["payment"])
        home = self.dice.integers(0, len(self.town.circles.members))
        self.tell(crew, np.arange(size), "join", first_of("community") + home, joined_s, fake=self.is_attack)
        return crew

    def pick(self, size: int, *, community: int | None = None, lively: bool = True) -> Crew:
        """People of the town who are in no scheme yet; lively ones, or sleepers."""
        people, circles = self.town.people, self.town.circles
        pool = np.arange(people.size) if community is None else circles.members_of(community)
        pool = pool[people.joined_s[pool] < self.town.plan.start_s]
        pool = pool[~np.isin(pool, self.registry.taken)]
        chances = people.sessions[pool] if lively else 1 / people.sessions[pool]
        size = min(size, len(pool) // 2)
        return Crew.of(people, self.dice.choice(pool, size, replace=False, p=chances / chances.sum()))

    def _shared(self, kind: str, size: int, share: float) -> Ints:
        if share == 0:
            return self.town.people.nat(size, self.dice)
        # Ceiling, so that a share of 3 never puts four on one telephone.
        count = int(np.ceil(size / share))
        return self.dice.permutation(self.registry.numbers(kind, count)[np.arange(size) % count])

    # -- when ---------------------------------------------------------------------------------------------------
    def begin(self, span_s: float) -> tuple[float, float]:
        """A moment from the second day on, and the span that fits until the end (shortened when it must be)."""
        plan = self.town.plan
        earliest = plan.start_s + min(DAY_S, plan.days * DAY_S / 10)
        span = min(span_s, (plan.end_s - earliest) * 0.9)
        return float(self.dice.uniform(earliest, plan.end_s - span)), span

    def evening(self, hour: float = 20) -> float:
        """A moment of some day at about this hour in Moscow."""
        plan = self.town.plan
        day = int(self.dice.integers(min(1, plan.days - 1), max(plan.days - 1, 1)))
        return plan.day_start(day) + hour * 3_600 + float(self.dice.uniform(-1_200, 1_200))

    def ordinary(self, days: Ints) -> Floats:
        """Moments of days as anybody's: by the hours of the town."""
        at_s = np.empty(len(days))
        for day in np.unique(days):
            chosen = np.flatnonzero(days == day)
            at_s[chosen] = moments(self.town.plan, int(day), np.zeros(len(chosen), np.int64), self.dice)
        return at_s

    # -- what ---------------------------------------------------------------------------------------------------
    def goods(self, size: int, *, community: int | None = None) -> Ints:
        """Products that few want, of one community or of any."""
        circles = self.town.circles
        shelves = range(len(circles.members)) if community is None else [community]
        shelf = np.concatenate([circles.slow_sellers(each) for each in shelves])
        return self.dice.choice(shelf, min(size, len(shelf)), replace=False)

    def author(self, stories: int, *, before_s: float) -> tuple[int, Ints]:
        """Somebody who has told so many stories by then (or as many as anybody has), and the last of these."""
        circles = self.town.circles
        told = np.flatnonzero(circles.story_s < before_s)
        authors, counts = np.unique(circles.story_author[told], return_counts=True)
        chosen = int(self.dice.choice(authors[counts >= min(stories, counts.max())]))
        return chosen, first_of("story") + told[circles.story_author[told] == chosen][-stories:]

    def circle(self) -> int:
        """One of the larger communities."""
        return int(self.dice.integers(0, max(1, len(self.town.circles.members) // 3)))

    def thing(self, kind: str) -> int:
        """A target that is not in the town yet: an envelope, a pool, a raffle, a case."""
        self.registry.things += 1
        return first_of(kind) + self.registry.things

    def expose(self, kind: str, target: int, at_s: float, reach: int) -> int:
        """Say that the house showed something to so many, and its number."""
        code = EXPOSURES.index(kind)
        return int(self.town.books.add("exposures", 1, target=target, at_s=at_s, reach_n=reach, kind=code)[0])

    # -- what is told -------------------------------------------------------------------------------------------
    def tell(self, crew: Crew, who: Ints, verb: Any, target: Any, at_s: Any, **more: Any) -> None:
        """Facts of crew members, by their place in it; `fake` unless said otherwise in an attack."""
        at_s = np.broadcast_to(np.asarray(at_s, dtype=np.float64), len(who))
        device, network = crew.contact(who, at_s, self.dice)
        given = {"device": device, "network": network, "scheme": self.code, "fake": self.is_attack} | more
        self.put_off(rows(crew.accounts[who], verb, target, at_s, **given))

    def put_off(self, told: Rows) -> None:
        """What falls outside the days we look at, or before its actor joined, is not told."""
        plan, joined_s = self.town.plan, self.registry.joined_s[told.actor]
        self.town.put_off(told.take((told.at_s >= np.maximum(joined_s, plan.start_s)) & (told.at_s < plan.end_s)))

    def blend(self, crew: Crew, each: float) -> None:
        """So many honest-looking actions of each member, on what everybody looks at, at everybody's hours."""
        counts = self.dice.poisson(each, len(crew))
        who = np.repeat(np.arange(len(crew)), counts)
        day = self.dice.integers(0, self.town.plan.days, len(who))
        community = self.dice.integers(0, len(self.town.circles.members), len(who))
        target = self.town.circles.product(community, self.dice)
        at_s = self.ordinary(day)
        for number, verb in enumerate(BLEND_VERBS):
            which = np.flatnonzero(np.arange(len(who)) % len(BLEND_VERBS) == number)
            self.tell(crew, who[which], verb, target[which], at_s[which], fake=False)

    def close(
        self, crew: Crew, targets: Any, from_s: float, until_s: float, *, stake_minor: int = 0, victims: Any = ()
    ) -> None:
        """Put the group into the truth; every scheme ends with this."""
        registry = self.registry
        registry.taken = np.append(registry.taken, crew.accounts)
        accounts, goods = np.asarray(crew.accounts), np.unique(np.asarray(targets, np.int64))
        hurt = np.asarray(victims, np.int64)
        registry.groups.append(Group(self.code, accounts, goods, hurt, from_s, until_s, int(stake_minor)))


def typical_minor() -> int:
    """What an order is worth on average (the mean of Gamma-Gamma)."""
    return int(figures.VALUE_P * figures.VALUE_V / (figures.VALUE_Q - 1) * figures.MINOR_PER_UNIT)


def chosen(size: int, count: int, density: float, dice: np.random.Generator) -> tuple[Ints, Ints]:
    """Pairs of members and targets: each pair with this chance, every member with one at least."""
    table = dice.random((size, count)) < density
    table[np.arange(size), dice.integers(0, count, size)] = True
    who, what = np.nonzero(table)
    return who, what


def nowhere(size: int) -> Ints:
    """A column of nothing."""
    return np.full(size, NONE)


def pieces(whole: Ints, size: int) -> Iterator[Ints]:
    """One piece of so many after another."""
    yield from np.array_split(whole, max(1, round(len(whole) / size)))
