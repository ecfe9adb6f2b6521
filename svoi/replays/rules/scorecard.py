"""The hosts' cards: what is said of a host, from how many shows, and in what order hosts stand.

Reach is on no card by itself: it stands beside what became of it (conversion), and nobody is ordered by it. A host is
not paid by the crowd somebody else called together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from svoi.replays.rules.measures import ShowFacts, ratio
from svoi.replays.rules.planned import ON_TIME_S

CARD_DAYS = 90
SHOWS_MIN = 3
RETENTION_DAYS = 30
REST_H = 11  # between the end of one show and the beginning of the next

Format = Literal["plain", "deals", "gifts", "deals_and_gifts"]
FORMATS: tuple[Format, ...] = ("plain", "deals", "gifts", "deals_and_gifts")
SORTS = ("name", "hours", "on_time", "net_hour", "average_watch", "retention", "returns", "rest")


@dataclass(frozen=True, slots=True)
class Hosted:
    """One show of a host as her card needs it.

    `came_back` of `buyers_seen` bought again on a later day within `RETENTION_DAYS`; only buyers whose days are over
    are asked. `claims_bare` are claims said without evidence. `rested` is None for the first show we know of.
    """

    show_id: int
    starts_at: datetime
    weekday: int
    hour: int
    format: Format
    facts: ShowFacts
    buyers_seen: int
    came_back: int
    claims: int
    claims_bare: int
    rested: bool | None


@dataclass(frozen=True, slots=True)
class Card:
    """Figures over some shows. All but `shows` and `hours` are None when the shows are too few to speak of anyone."""

    shows: int
    hours: float
    is_told: bool
    on_time: float | None = None
    net_minor: int | None = None
    net_hour_minor: float | None = None
    average_watch_s: float | None = None
    viewers_counted: int | None = None
    conversion: float | None = None
    retention: float | None = None
    return_rate: float | None = None
    claims: int | None = None
    claims_bare: int | None = None
    rest: float | None = None


def card_of(shows: Sequence[Hosted], *, shows_min: int = SHOWS_MIN) -> Card:
    """Sums first, ratios after: a short show weighs as little as it lasted."""
    length_s = sum(one.facts.length_s for one in shows)
    if len(shows) < shows_min:
        return Card(len(shows), length_s / 3600, is_told=False)
    watched = [one.facts for one in shows if one.facts.watch_s is not None and one.facts.viewers_counted is not None]
    viewers = sum(facts.viewers_counted or 0 for facts in watched)
    net_minor, paid_minor = sum(one.facts.net_minor for one in shows), sum(one.facts.paid_minor for one in shows)
    rests = [one.rested for one in shows if one.rested is not None]
    return Card(
        shows=len(shows),
        hours=length_s / 3600,
        is_told=True,
        on_time=sum(one.facts.late_s <= ON_TIME_S for one in shows) / len(shows),
        net_minor=net_minor,
        net_hour_minor=ratio(net_minor * 3600, length_s),
        average_watch_s=ratio(sum(facts.watch_s or 0 for facts in watched), viewers),
        viewers_counted=viewers if watched else None,
        conversion=ratio(sum(facts.buyers for facts in watched), viewers),
        retention=ratio(sum(one.came_back for one in shows), sum(one.buyers_seen for one in shows)),
        return_rate=ratio(sum(one.facts.returned_minor for one in shows), paid_minor),
        claims=sum(one.claims for one in shows),
        claims_bare=sum(one.claims_bare for one in shows),
        rest=ratio(sum(rests), len(rests)),
    )


def format_of(*, has_deals: bool, has_gifts: bool) -> Format:
    """What a show was made of beside talk, from the facts."""
    if has_deals:
        return "deals_and_gifts" if has_gifts else "deals"
    return "gifts" if has_gifts else "plain"


def rests_of(shows: Iterable[tuple[int, datetime, datetime]]) -> dict[int, bool]:
    """For every show but the first (id, began, ended): whether she had rested since the one before."""
    ordered = sorted(shows, key=lambda one: one[1])
    return {later[0]: later[1] - earlier[2] >= timedelta(hours=REST_H) for earlier, later in pairwise(ordered)}


def in_order(cards: Sequence[tuple[str, Card]], by: str) -> list[tuple[str, Card]]:
    """Names with their cards: by name, or by one of `SORTS`, the best first; what is not told stands last."""
    named = sorted(cards, key=lambda one: one[0].casefold())
    if by not in SORTS or by == "name":
        return named
    return sorted(named, key=lambda one: _place(one[1], by))


def _place(card: Card, by: str) -> tuple[bool, float]:
    value: float | None = {
        "hours": card.hours,
        "on_time": card.on_time,
        "net_hour": card.net_hour_minor,
        "average_watch": card.average_watch_s,
        "retention": card.retention,
        "returns": None if card.return_rate is None else -card.return_rate,
        "rest": card.rest,
    }[by]
    return (value is None, -(value or 0))
