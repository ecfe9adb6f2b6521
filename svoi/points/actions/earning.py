"""Points for what was kept: from the budget at once, or owed until it is filled; no promise is lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.kernel.money import Money
from svoi.ledger.actions import post_batch
from svoi.ledger.rules import AccountShort, Wanted, two_legs
from svoi.members.models import Member
from svoi.points.events import PointsEarned, PointsOwed
from svoi.points.models import Earning
from svoi.points.queries import terms_at
from svoi.points.rules import budget_account, earned_for, points_account, whole_points

PAID_AT_ONCE = 500


@atomic
def earn_points(
    *, community_id: int, member_id: int, subject: str, kept: Money, promised_at: datetime, at: datetime
) -> Earning | None:
    """What she paid for and kept earns by the rules that were in force when she ordered, once per subject.

    A budget that is short owes them, and whoever waits already is served first. None when nothing is earned.
    """
    terms = terms_at(community_id, promised_at)
    amount = earned_for(kept=kept, terms=terms)
    if not amount or Member.objects.filter(pk=member_id, erased_at__isnull=False).exists():
        return None
    told = {
        "community_id": community_id,
        "member_id": member_id,
        "kept_minor": kept.minor,
        "earn_percent": terms.earn_percent,
        "amount": amount,
        "earned_at": at,
    }
    earning, is_new = Earning.objects.get_or_create(subject=subject, defaults=told)
    if is_new:
        others_wait = Earning.objects.filter(community_id=community_id, paid_at=None, pk__lt=earning.pk).exists()
        if others_wait or not _pay(earning, at):
            record(PointsOwed(**_named(earning)))
    return earning


def pay_owed(*, at: datetime, most: int = PAID_AT_ONCE) -> int:
    """Pay what budgets owe, the longest waiting first, one transaction each; return how many were paid."""
    owed = Earning.objects.filter(paid_at=None).order_by("id")
    short: set[int] = set()
    paid = 0
    for earning_id, community_id in owed.values_list("pk", "community_id")[:most]:
        if community_id in short:
            continue
        if _pay_one(earning_id=earning_id, at=at):
            paid += 1
        else:
            short.add(community_id)
    return paid


@atomic
def _pay_one(*, earning_id: int, at: datetime) -> bool:
    earning = Earning.objects.select_for_update().filter(pk=earning_id, paid_at=None).first()
    return earning is not None and _pay(earning, at)


def _pay(earning: Earning, at: datetime) -> bool:
    """From the budget to her; False when the budget is short. An answer, not a refusal, so that nothing is undone."""
    legs = two_legs(
        debit=budget_account(earning.community_id),
        credit=points_account(earning.community_id, earning.member_id),
        amount=whole_points(earning.amount),
    )
    wanted = Wanted(key=f"earned:{earning.subject}", legs=legs, reason="earned", subject=earning.subject)
    (outcome,) = post_batch(wanted=[wanted], at=at)
    if outcome.code == AccountShort.code:
        return False
    assert outcome.code in ("done", "repeated"), outcome.code
    earning.paid_at = at
    earning.save(update_fields=["paid_at"])
    record(PointsEarned(**_named(earning)))
    return True


def _named(earning: Earning) -> dict[str, Any]:
    return {
        "community_id": earning.community_id,
        "member_id": earning.member_id,
        "subject": earning.subject,
        "amount": earning.amount,
    }
