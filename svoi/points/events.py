"""What happened to points and to the budget they come from."""

from __future__ import annotations

from dataclasses import dataclass

from svoi.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class PointsPolicyChanged(Event):
    """From now on other rules hold; what was earned before keeps the life it was earned with."""

    community_id: int
    policy_id: int
    by_id: int
    earn_percent: int
    spend_percent: int
    life_days: int


@dataclass(frozen=True, kw_only=True)
class BudgetEvent(Event):
    """The budget of a community changed by so many points; `reason` is in the words of who did it."""

    community_id: int
    by_id: int
    amount: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class BudgetFunded(BudgetEvent):
    """The shop put points into the budget."""


@dataclass(frozen=True, kw_only=True)
class BudgetTakenBack(BudgetEvent):
    """The shop took unspent points out of the budget."""


@dataclass(frozen=True, kw_only=True)
class PointsEvent(Event):
    """Points of a member in a community, and what they are about (`order:12`)."""

    community_id: int
    member_id: int
    subject: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class PointsOwed(PointsEvent):
    """She earned them, and the budget is short: they come when it is filled."""


@dataclass(frozen=True, kw_only=True)
class PointsEarned(PointsEvent):
    """The budget gave them to her."""


@dataclass(frozen=True, kw_only=True)
class PointsHeld(PointsEvent):
    """She lays them down for an order that is not paid yet."""


@dataclass(frozen=True, kw_only=True)
class PointsReleased(PointsEvent):
    """The order came to nothing before it was paid: they are free again."""


@dataclass(frozen=True, kw_only=True)
class PointsSpent(PointsEvent):
    """The order is paid, and they with it."""


@dataclass(frozen=True, kw_only=True)
class PointsGivenBack(PointsEvent):
    """What they were spent on went back."""


@dataclass(frozen=True, kw_only=True)
class PointsExpired(PointsEvent):
    """Their days were over, or she left for good."""
