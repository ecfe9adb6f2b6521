"""The shop's side of points: other rules from now on, and a budget that only its own hand fills."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from svoi.communities.models import Community
from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.kernel.refused import SentBefore
from svoi.ledger.actions import transfer
from svoi.ledger.rules import AccountShort
from svoi.members.models import Member
from svoi.points.events import BudgetFunded, BudgetTakenBack, PointsPolicyChanged
from svoi.points.models import BudgetChange, PointsPolicy
from svoi.points.rules import (
    BudgetShort,
    admit_budget_change,
    admit_policy,
    budget_account,
    issued_account,
    whole_points,
)


@atomic
def change_policy(
    *, community: Community, earn_percent: int, spend_percent: int, life_days: int, by: Member, at: datetime
) -> PointsPolicy:
    """Other rules from now on; the same rules again change nothing. Raises `PolicyOutOfRange`."""
    admit_policy(earn_percent=earn_percent, spend_percent=spend_percent, life_days=life_days)
    asked = {"earn_percent": earn_percent, "spend_percent": spend_percent, "life_days": life_days}
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    latest = PointsPolicy.objects.filter(community=community).order_by("-since_at", "-id").first()
    if latest and all(getattr(latest, name) == value for name, value in asked.items()):
        return latest
    policy = PointsPolicy.objects.create(community=community, changed_by=by, since_at=at, **asked)
    record(PointsPolicyChanged(community_id=community.pk, policy_id=policy.pk, by_id=by.pk, **asked))
    return policy


@atomic
def fund_budget(*, community: Community, amount: int, reason: str, by: Member, key: UUID, at: datetime) -> BudgetChange:
    """Issue points into the budget. The same key again is the same change.

    Raises `BudgetChangeOutOfRange`, `BudgetUnworded`, and `SentBefore` when the key made another change.
    """
    told = admit_budget_change(amount=amount, reason=reason)
    change, is_new = _change(community, amount, told, by, key, at)
    if is_new:
        _move(change, debit=issued_account(community.pk), credit=budget_account(community.pk), why="funded", at=at)
        record(BudgetFunded(community_id=community.pk, by_id=by.pk, amount=amount, reason=told))
    return change


@atomic
def take_back_budget(
    *, community: Community, amount: int, reason: str, by: Member, key: UUID, at: datetime
) -> BudgetChange:
    """Take unspent points out of the budget; what members have stays theirs. The same key again is the same change.

    Raises `BudgetShort`, `BudgetChangeOutOfRange`, `BudgetUnworded`, `SentBefore`.
    """
    told = admit_budget_change(amount=amount, reason=reason)
    change, is_new = _change(community, -amount, told, by, key, at)
    if is_new:
        try:
            _move(
                change, debit=budget_account(community.pk), credit=issued_account(community.pk), why="taken_back", at=at
            )
        except AccountShort as short:
            raise BudgetShort(have=short.facts.get("left_minor", 0)) from None
        record(BudgetTakenBack(community_id=community.pk, by_id=by.pk, amount=amount, reason=told))
    return change


def _change(
    community: Community, amount: int, reason: str, by: Member, key: UUID, at: datetime
) -> tuple[BudgetChange, bool]:
    told = {"community": community, "amount": amount, "reason": reason, "at": at}
    change, is_new = BudgetChange.objects.get_or_create(changed_by=by, key=key, defaults=told)
    if (change.community_id, change.amount, change.reason) != (community.pk, amount, reason):
        raise SentBefore()
    return change, is_new


def _move(change: BudgetChange, *, debit: str, credit: str, why: str, at: datetime) -> None:
    transfer(
        key=f"budget:{change.pk}",
        debit=debit,
        credit=credit,
        amount=whole_points(abs(change.amount)),
        reason=why,
        subject=f"community:{change.community_id}",
        at=at,
    )
