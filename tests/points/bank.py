"""A community whose points are on, a filled budget, points for somebody: all of it by the house's own verbs."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from svoi.communities.models import Community
from svoi.kernel.money import Money
from svoi.ledger.queries import available, balance
from svoi.members.models import Member
from svoi.points.actions import change_policy, earn_points, fund_budget
from svoi.points.rules import POINTS, budget_account, issued_account, points_account
from tests.cast import NOON


def points_on(
    place: Community, owner: Member, *, budget: int = 0, earn: int = 10, spend: int = 30, life: int = 365, at=NOON
) -> None:
    """The rules in force from now on, and so many points in the budget."""
    change_policy(community=place, earn_percent=earn, spend_percent=spend, life_days=life, by=owner, at=at)
    if budget:
        fund_budget(community=place, amount=budget, reason="Праздник", by=owner, key=uuid4(), at=at)


def earned(place: Community, member: Member, amount: int, *, at: datetime = NOON, subject: str = "") -> None:
    """So many points for something kept, at ten percent."""
    kept = Money(amount * 1_000)
    subject = subject or f"kept:{uuid4().hex[:12]}"
    earn_points(community_id=place.pk, member_id=member.pk, subject=subject, kept=kept, promised_at=at, at=at)


def has(place: Community, member: Member) -> tuple[int, int]:
    """(all, free) points of a member."""
    account = points_account(place.pk, member.pk)
    return balance(account, currency=POINTS).minor, available(account, currency=POINTS).minor


def in_budget(place: Community) -> int:
    return balance(budget_account(place.pk), currency=POINTS).minor


def issued(place: Community) -> int:
    return -balance(issued_account(place.pk), currency=POINTS).minor
