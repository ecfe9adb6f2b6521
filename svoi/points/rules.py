"""What points are worth, how many are earned and may be spent, and when they run out.

A benefit of a community, never money: rules, dates, organiser and budget are published (38-FZ on advertising, article
9), nothing is paid to take part, and no point becomes cash or another person's. In the ledger one minor unit is one
point. Spent and expired points leave for where they were issued, so that only the shop's own hand fills the budget.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from svoi.kernel.money import Money
from svoi.kernel.refused import Refused

POINTS = "PTS"
POINT_MINOR = 100  # one point takes one rouble off
WORTH_IN = "RUB"
LEFT_TO_PAY_MINOR = 100  # something is always paid, so that a payment and its receipt exist
MAY_SET_POLICY = frozenset({"owner"})
EARN_PERCENT_MAX = 50
SPEND_PERCENT_MAX = 90
LIFE_DAYS_MAX = 3_650
BUDGET_CHANGE_MAX = 100_000_000
REASON_LENGTH_MAX = 200
_NEVER = datetime.max.replace(tzinfo=UTC)


class BudgetShort(Refused):
    """The budget has only `have` points that can be taken back."""

    code: ClassVar[str] = "budget_short"


class BudgetChangeOutOfRange(Refused):
    """The budget changes by 1 to `most` points at once."""

    code: ClassVar[str] = "budget_change_out_of_range"


class BudgetUnworded(Refused):
    """Whoever changes the budget says why, in `length_max` letters at most."""

    code: ClassVar[str] = "budget_unworded"


class PolicyOutOfRange(Refused):
    """Earning takes up to `earn_max` percent, spending up to `spend_max`, points live up to `days_max` days."""

    code: ClassVar[str] = "policy_out_of_range"


class PointsShort(Refused):
    """She has only `have` free points here."""

    code: ClassVar[str] = "points_short"


class PointsOverShare(Refused):
    """Of this order points pay `percent` percent and leave a rouble to pay: `most` points."""

    code: ClassVar[str] = "points_over_share"


@dataclass(frozen=True, slots=True)
class Terms:
    """The rules of a community's points: percents of money, days of life (0: for good), and since when."""

    earn_percent: int = 0
    spend_percent: int = 30
    life_days: int = 365
    since_at: datetime | None = None

    @property
    def is_on(self) -> bool:
        return self.earn_percent > 0


@dataclass(frozen=True, slots=True)
class Move:
    """So many points came (positive) or went (negative)."""

    amount: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Lot:
    """Points that came together and run out together; never, when there is no moment."""

    amount: int
    expires_at: datetime | None


def issued_account(community_id: int) -> str:
    """Where points of a community come from and go to; stands below zero by all that are somewhere."""
    return f"issued:{community_id}"


def budget_account(community_id: int) -> str:
    """What may still be given."""
    return f"budget:{community_id}"


def points_account(community_id: int, member_id: int) -> str:
    """What a member has."""
    return f"points:{community_id}:{member_id}"


def pot_account(kind: str, id: int) -> str:  # noqa: A002 - it is the id of what the pot belongs to
    """What lies in a pot, such as an envelope, until it is shared out."""
    return f"pot:{kind}:{id}"


def whole_points(amount: int) -> Money:
    """So many points as the ledger moves them."""
    return Money(amount, POINTS)


def worth(amount: int) -> Money:
    """What so many points take off a sum."""
    return Money(amount * POINT_MINOR, WORTH_IN)


def spendable(*, total: Money, have: int, terms: Terms) -> int:
    """How many points an order of this sum may take: within the share, and leaving something to pay."""
    if total.currency != WORTH_IN:
        return 0
    share = total.minor * terms.spend_percent // 100 // POINT_MINOR
    leaving = (total.minor - LEFT_TO_PAY_MINOR) // POINT_MINOR
    return max(0, min(share, leaving, have))


def admit_spending(*, wanted: int, total: Money, have: int, terms: Terms) -> None:
    """Raise unless so many points may be laid down for this sum."""
    if wanted > have:
        raise PointsShort(have=have)
    most = spendable(total=total, have=have, terms=terms)
    if wanted > most:
        raise PointsOverShare(most=most, percent=terms.spend_percent)


def earned_for(*, kept: Money, terms: Terms) -> int:
    """Whole points for the money that was paid for what was kept, rounded down."""
    if kept.currency != WORTH_IN or kept.minor <= 0:
        return 0
    return kept.minor * terms.earn_percent // 100 // POINT_MINOR


def admit_budget_change(*, amount: int, reason: str) -> str:
    """The reason as one line, when the budget may change by so much for it."""
    if not 1 <= amount <= BUDGET_CHANGE_MAX:
        raise BudgetChangeOutOfRange(most=BUDGET_CHANGE_MAX)
    told = " ".join(reason.replace("\0", " ").split())
    if not 1 <= len(told) <= REASON_LENGTH_MAX:
        raise BudgetUnworded(length_max=REASON_LENGTH_MAX)
    return told


def admit_policy(*, earn_percent: int, spend_percent: int, life_days: int) -> None:
    """Percents and days within what can be kept."""
    within = (
        0 <= earn_percent <= EARN_PERCENT_MAX
        and 0 <= spend_percent <= SPEND_PERCENT_MAX
        and 0 <= life_days <= LIFE_DAYS_MAX
    )
    if not within:
        raise PolicyOutOfRange(earn_max=EARN_PERCENT_MAX, spend_max=SPEND_PERCENT_MAX, days_max=LIFE_DAYS_MAX)


def expires_at(*, came_at: datetime, life_days: int) -> datetime | None:
    """When points that came then run out; never without a number of days."""
    return came_at + timedelta(days=life_days) if life_days else None


def lots_left(moves: Iterable[Move], *, held: int, life_at: Callable[[datetime], int]) -> list[Lot]:
    """What is left of what came, the next to run out first; what went, and what is held, was taken in that order."""
    heap: list[tuple[datetime, int, Lot]] = []
    for place, move in enumerate(moves):
        if move.amount > 0:
            until = expires_at(came_at=move.at, life_days=life_at(move.at))
            heapq.heappush(heap, (until or _NEVER, place, Lot(move.amount, until)))
        else:
            _take(heap, -move.amount)
    _take(heap, held)
    return [lot for _, _, lot in sorted(heap, key=lambda one: one[:2])]


def expired_in(lots: Iterable[Lot], *, at: datetime) -> int:
    """How many of them have run out by now."""
    return sum(lot.amount for lot in lots if lot.expires_at is not None and lot.expires_at <= at)


def _take(heap: list[tuple[datetime, int, Lot]], amount: int) -> None:
    while amount > 0 and heap:
        until, place, lot = heapq.heappop(heap)
        if lot.amount > amount:
            heapq.heappush(heap, (until, place, replace(lot, amount=lot.amount - amount)))
        amount -= min(amount, lot.amount)
