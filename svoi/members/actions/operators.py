"""Who looks after the installation: called, and released again."""

from __future__ import annotations

from datetime import datetime

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.events import OperatorCalled, OperatorWithdrawn
from svoi.members.models import Member, Operator
from svoi.members.rules import admit_operator


@atomic
def call_operator(*, member: Member, at: datetime, by: Member | None = None) -> Operator:
    """Let her look into the tables; twice is once. Raises `AccountErased`."""
    known = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    admit_operator(erased=known.erased_at is not None)
    operator, is_new = Operator.objects.get_or_create(member=known, defaults={"called_by": by, "called_at": at})
    if is_new:
        record(OperatorCalled(member_id=known.pk, called_by_id=by.pk if by else None))
    return operator


@atomic
def withdraw_operator(*, member: Member, at: datetime, by: Member | None = None) -> bool:
    """She looks after it no longer, from her next page on; False when she did not."""
    gone, _ = Operator.objects.filter(member=member).delete()
    if gone:
        record(OperatorWithdrawn(member_id=member.pk, withdrawn_by_id=by.pk if by else None))
    return bool(gone)
