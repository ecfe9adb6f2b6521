"""Orders and their way: paid, collected at a point, sometimes returned or left there; a review after that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from svoi.town import figures
from svoi.town.hours import at_point, moments, weekday_factor
from svoi.town.plan import DAY_S
from svoi.town.rows import NONE, Floats, Ints, Rows, joined, rows
from svoi.town.settlement import Settlement


@dataclass(frozen=True, slots=True)
class Habits:
    """Chances on the way of an order."""

    paid: float = figures.PAID
    collected: float = figures.COLLECTED
    returned: float = figures.RETURNED
    reviewed: float = figures.REVIEWED
    stars: tuple[float, ...] = figures.STARS


HONEST = Habits()


@dataclass(slots=True)
class Basket:
    """Orders about to be placed; arrays of one length.

    Orders with the same number in `together` are collected on one walk to the point, within `spread_s`.
    """

    buyer: Ints
    product: Ints
    at_s: Floats
    device: Ints
    network: Ints
    payment: Ints
    point: Ints
    amount_minor: Ints
    exposure: Any = NONE
    scheme: int = 0
    fake: bool = False
    together: Ints | None = None
    spread_s: float = 300.0


def shop(town: Settlement, day: int) -> Rows:
    """A day of orders outside of shows."""
    dice = town.plan.dice("buying", day)
    counts = dice.poisson(town.people.buys * weekday_factor(town.plan, day))
    counts[town.people.joined_s > town.plan.day_start(day)] = 0
    who = np.repeat(np.arange(town.people.size), counts)
    at_s = moments(town.plan, day, town.people.zone_s[who], dice)
    product = town.circles.product(town.circles.home[who], dice)
    return place(town, filled(town, who, product, at_s, dice), dice)


def filled(town: Settlement, who: Ints, product: Ints, at_s: Floats, dice: np.random.Generator, **more: Any) -> Basket:
    """A basket of people of the town: own devices, cards, points and purses."""
    people = town.people
    device, network = people.contact(who, at_s, dice)
    amount = dice.gamma(figures.VALUE_P, people.spends[who] / figures.VALUE_P) * figures.MINOR_PER_UNIT
    more = {"payment": people.payment[who], "point": people.point[who]} | more
    return Basket(who, product, at_s, device, network, amount_minor=np.maximum(amount.astype(np.int64), 100), **more)


def place(town: Settlement, basket: Basket, dice: np.random.Generator, habits: Habits = HONEST) -> Rows:
    """Write the orders down and return what is told at once; the rest of their way is put off."""
    size = len(basket.buyer)
    paid_s = _perhaps(basket.at_s + dice.lognormal(4.6, 0.7, size), habits.paid, dice)
    ready_s = paid_s + dice.uniform(1.5, 4.5, size) * DAY_S
    collected_s = _walks(town, basket, ready_s + dice.exponential(1.0, size) * DAY_S, dice)
    collected_s = _perhaps(collected_s, habits.collected, dice)
    returned_s = _perhaps(collected_s + dice.uniform(0.3, 1, size) * figures.RETURN_WITHIN_S, habits.returned, dice)
    left_s = np.where(np.isnan(collected_s), ready_s + figures.KEPT_AT_POINT_S, np.nan)
    refunded_s = np.where(np.isnan(returned_s), left_s, returned_s + DAY_S)
    town.books.add(
        "orders",
        size,
        **{name: getattr(basket, name) for name in ("buyer", "product", "point", "payment", "exposure", "at_s")},
        amount_minor=basket.amount_minor,
        paid_s=paid_s,
        collected_s=collected_s,
        returned_s=returned_s,
        refunded_s=refunded_s,
        scheme=basket.scheme,
    )
    told = joined(
        [
            _step(basket, "order", basket.at_s, device=basket.device, network=basket.network),
            _step(basket, "paid", paid_s, device=basket.device, network=basket.network, payment=basket.payment),
        ]
    )
    for verb, moment in (("collected", collected_s), ("returned", returned_s), ("refunded", refunded_s)):
        town.put_off(_step(basket, verb, moment))
    town.put_off(_reviews(town, basket, collected_s, habits, dice))
    return told


def _walks(town: Settlement, basket: Basket, ready_s: Floats, dice: np.random.Generator) -> Floats:
    """When somebody stands at the point: alone, or with the others once the last of their orders is there."""
    start_s = town.plan.start_s
    if basket.together is None or not len(ready_s):
        return at_point(ready_s, dice, start_s)
    last_s = np.zeros(int(basket.together.max()) + 1)
    np.maximum.at(last_s, basket.together, np.nan_to_num(ready_s))
    begins_s = at_point(last_s, dice, start_s)[basket.together]
    return at_point(begins_s + dice.random(len(ready_s)) * basket.spread_s, dice, start_s)


def _perhaps(at_s: Floats, chance: float, dice: np.random.Generator) -> Floats:
    """The moments of those to whom it happens, NaN for the others."""
    return np.where(dice.random(len(at_s)) < chance, at_s, np.nan)


def _step(basket: Basket, verb: str, at_s: Floats, **more: Any) -> Rows:
    came = np.flatnonzero(~np.isnan(at_s))
    told = rows(
        basket.buyer,
        verb,
        basket.product,
        at_s,
        exposure=basket.exposure,
        value=basket.amount_minor,
        scheme=basket.scheme,
        fake=basket.fake,
        **more,
    )
    return told.take(came)


def _reviews(town: Settlement, basket: Basket, collected_s: Floats, habits: Habits, dice: np.random.Generator) -> Rows:
    """Stars for what was collected, some days later."""
    at_s = _perhaps(collected_s + dice.lognormal(0.5, 0.8, len(collected_s)) * DAY_S, habits.reviewed, dice)
    who = np.flatnonzero(~np.isnan(at_s))
    stars = dice.choice(np.arange(1, 6), len(who), p=np.array(habits.stars) / sum(habits.stars))
    return rows(
        basket.buyer[who],
        "review",
        basket.product[who],
        at_s[who],
        device=basket.device[who],
        network=basket.network[who],
        value=stars,
        scheme=basket.scheme,
        fake=basket.fake,
    )
