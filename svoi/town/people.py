"""Who lives here: activity, time zones, households, offices, telephones, cards; all by arithmetic on columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from svoi.town import figures
from svoi.town.plan import DAY_S, Plan
from svoi.town.rows import Floats, Ints

HOUR_S = 3_600


@dataclass(slots=True)
class People:
    """Columns by account, from 0. Numbers of devices, networks and payments are drawn up without gaps in between."""

    plan: Plan
    sessions: Floats  # expected a day
    buys: Floats  # expected a day
    spends: Floats  # mean value of an order, in units
    zone_s: Ints  # local time minus Moscow's
    joined_s: Floats
    household: Ints
    lives_by: Ints  # size of the household
    office: Ints  # NONE for those who come from none
    phone_until_s: Floats
    has_second: npt.NDArray[np.bool_]
    payment: Ints
    point: Ints
    households: int
    offices: int

    @property
    def size(self) -> int:
        return len(self.sessions)

    @property
    def nats(self) -> int:
        """Addresses of mobile operators."""
        return max(4, self.size // figures.PEOPLE_PER_NAT)

    @property
    def free_network(self) -> int:
        """The first number that is nobody's network."""
        return self.households + self.offices + self.nats

    @property
    def free_device(self) -> int:
        return 3 * self.size + self.households

    @property
    def free_payment(self) -> int:
        return self.size + self.households

    def nat(self, size: int, dice: np.random.Generator) -> Ints:
        """Addresses of mobile operators, by lot."""
        return self.households + self.offices + dice.integers(0, self.nats, size)

    def contact(self, who: Ints, at_s: Floats, dice: np.random.Generator) -> tuple[Ints, Ints]:
        """Device and network of people at moments: office in working hours, home, or a mobile operator's address."""
        local = at_s - self.plan.start_s + self.zone_s[who]
        hour, weekday = (local % DAY_S) // HOUR_S, (local // DAY_S + self.plan.weekday(0)) % 7
        works = (self.office[who] >= 0) & (hour >= 9) & (hour < 18) & (weekday < 5)
        draw = dice.random((3, len(who)))
        away = np.where(draw[0] < figures.MOBILE, self.nat(len(who), dice), self.household[who])
        at_office = works & (draw[1] < figures.AT_OFFICE)
        network = np.where(at_office, self.households + self.office[who], away)
        return self._device(who, at_s, draw[2]), network

    def _device(self, who: Ints, at_s: Floats, draw: Floats) -> Ints:
        device = who + self.size * (at_s > self.phone_until_s[who])
        device = np.where(self.has_second[who] & (draw < 0.3), who + 2 * self.size, device)
        shared = (self.lives_by[who] > 1) & (draw > 1 - figures.SHARED_TABLET)
        return np.where(shared, 3 * self.size + self.household[who], device)


def settle(plan: Plan) -> People:
    """The people of a plan."""
    dice, size = plan.dice("people"), plan.people
    household, lives_by = _households(size, dice)
    offices = max(1, int(size * figures.WORKERS / figures.OFFICE_SIZE))
    works = dice.random(size) < figures.WORKERS
    hours, shares = zip(*figures.ZONES, strict=True)
    households = int(household.max()) + 1
    # Households share a time zone, a pickup point, often a card.
    zone = dice.choice(np.array(hours), households, p=np.array(shares) / sum(shares))[household]
    cards = dice.random(size) < figures.HOUSEHOLD_CARD
    points = max(2, size // figures.PEOPLE_PER_POINT)
    return People(
        plan=plan,
        sessions=figures.SESSIONS_MEDIAN * np.exp(dice.normal(0, figures.SESSIONS_SIGMA, size)),
        buys=dice.gamma(figures.BUYING_R, 1 / figures.BUYING_ALPHA_WEEKS, size) / 7,
        spends=figures.VALUE_P * figures.VALUE_V / dice.gamma(figures.VALUE_Q, 1.0, size),
        zone_s=zone.astype(np.int64) * HOUR_S,
        joined_s=_joined(plan, dice),
        household=household,
        lives_by=lives_by,
        office=np.where(works, dice.integers(0, offices, size), -1),
        phone_until_s=plan.start_s + dice.random(size) * figures.PHONE_LIFE_S,
        has_second=dice.random(size) < figures.SECOND_DEVICE,
        payment=np.where(cards, size + household, np.arange(size)),
        point=dice.integers(0, points, households)[household],
        households=households,
        offices=offices,
    )


def _households(size: int, dice: np.random.Generator) -> tuple[Ints, Ints]:
    """Numbers of households, neighbours by account, and how many live there."""
    chances = np.array(figures.HOUSEHOLDS) / np.arange(1, 5)
    sizes = dice.choice(np.arange(1, 5), size, p=chances / chances.sum())
    ends = np.cumsum(sizes)
    household = np.searchsorted(ends, np.arange(size), side="right")
    return household, sizes[household]


def _joined(plan: Plan, dice: np.random.Generator) -> Floats:
    """Most joined before we look, evenly over two years; the others while we look."""
    before = plan.start_s - dice.random(plan.people) * figures.JOINED_WITHIN_S
    during = plan.start_s + dice.random(plan.people) * plan.days * DAY_S
    return np.where(dice.random(plan.people) < figures.NEW_SHARE, during, before)
