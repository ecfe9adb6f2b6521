"""Points at checkout: laid down with the order, spent when it is paid, free again when it falls away, given back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.kernel.money import Money
from svoi.ledger.actions import hold, post, transfer, void
from svoi.ledger.rules import AccountShort
from svoi.points.events import PointsGivenBack, PointsHeld, PointsReleased, PointsSpent
from svoi.points.queries import free_points, terms_at
from svoi.points.rules import PointsShort, admit_spending, issued_account, points_account, whole_points


@atomic
def hold_points(*, community_id: int, member_id: int, subject: str, amount: int, total: Money, at: datetime) -> None:
    """Lay points down for something that costs `total`. Raises `PointsShort`, `PointsOverShare`."""
    have = free_points(community_id=community_id, member_id=member_id)
    admit_spending(wanted=amount, total=total, have=have, terms=terms_at(community_id, at))
    try:
        hold(
            key=_key(subject),
            debit=points_account(community_id, member_id),
            credit=issued_account(community_id),
            amount=whole_points(amount),
            reason="spent",
            subject=subject,
            at=at,
        )
    except AccountShort as short:
        raise PointsShort(have=short.facts.get("left_minor", 0)) from None
    record(PointsHeld(**_named(community_id, member_id, subject, amount)))


@atomic
def spend_points(*, community_id: int, member_id: int, subject: str, amount: int, at: datetime) -> None:
    """What was laid down for this subject is spent; twice is once."""
    post(key=_key(subject), at=at)
    record(PointsSpent(**_named(community_id, member_id, subject, amount)))


@atomic
def release_points(*, community_id: int, member_id: int, subject: str, amount: int, at: datetime) -> None:
    """What was laid down for this subject is free again; twice is once."""
    void(key=_key(subject), at=at)
    record(PointsReleased(**_named(community_id, member_id, subject, amount)))


@atomic
def give_points_back(*, community_id: int, member_id: int, subject: str, amount: int, key: str, at: datetime) -> None:
    """Spent points come back because what they paid for went back, once per key; their days begin anew."""
    transfer(
        key=f"points-back:{key}",
        debit=issued_account(community_id),
        credit=points_account(community_id, member_id),
        amount=whole_points(amount),
        reason="given_back",
        subject=subject,
        at=at,
    )
    record(PointsGivenBack(**_named(community_id, member_id, subject, amount)))


def _key(subject: str) -> str:
    return f"points:{subject}"


def _named(community_id: int, member_id: int, subject: str, amount: int) -> dict[str, Any]:
    return {"community_id": community_id, "member_id": member_id, "subject": subject, "amount": amount}
