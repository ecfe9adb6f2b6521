"""Points that run out, the oldest first; and those of a member who is forgotten."""

from __future__ import annotations

from datetime import datetime

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.ledger.actions import transfer
from svoi.ledger.models import AccountBalance, Entry
from svoi.members.models import Member
from svoi.points.events import PointsExpired
from svoi.points.models import Earning
from svoi.points.queries import communities_with_points, free_points, wallet_of
from svoi.points.rules import expired_in, issued_account, points_account, whole_points

ACCOUNTS_A_TIME = 1_000


def expire_points(*, at: datetime) -> int:
    """Take out what has run out, one transaction for each member; return of how many members."""
    gone, last = 0, ""
    kept = AccountBalance.objects.filter(account__key__startswith="points:", posted_minor__gt=0).order_by(
        "account__key"
    )
    while keys := list(kept.filter(account__key__gt=last).values_list("account__key", flat=True)[:ACCOUNTS_A_TIME]):
        for key in keys:
            _, community_id, member_id = key.split(":")
            gone += _expire(community_id=int(community_id), member_id=int(member_id), at=at)
        last = keys[-1]
    return gone


@atomic
def forget_points(*, member_id: int, at: datetime) -> int:
    """A member is forgotten: her points go, and what was owed to her. Returns how many points went."""
    Earning.objects.filter(member_id=member_id, paid_at=None).delete()
    gone = 0
    for community, _whole in communities_with_points(member_id):
        amount = free_points(community_id=community.pk, member_id=member_id)
        gone += _take(community_id=community.pk, member_id=member_id, amount=amount, why="left", at=at)
    return gone


@atomic
def _expire(*, community_id: int, member_id: int, at: datetime) -> bool:
    """Counted under her lock, so that what she lays down at this moment is not counted as free."""
    Member.objects.select_for_update(no_key=True).filter(pk=member_id).first()
    lots = wallet_of(community_id=community_id, member_id=member_id).lots
    amount = expired_in(lots, at=at)
    return bool(_take(community_id=community_id, member_id=member_id, amount=amount, why="expired", at=at))


def _take(*, community_id: int, member_id: int, amount: int, why: str, at: datetime) -> int:
    """The last entry makes the key: the same state of the account loses its points once."""
    if amount <= 0:
        return 0
    account = points_account(community_id, member_id)
    last = Entry.objects.filter(account__key=account).order_by("-id").values_list("pk", flat=True).first()
    transfer(
        key=f"{why}:{last}",
        debit=account,
        credit=issued_account(community_id),
        amount=whole_points(amount),
        reason=why,
        at=at,
    )
    record(PointsExpired(community_id=community_id, member_id=member_id, subject="", amount=amount))
    return amount
