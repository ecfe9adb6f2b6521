"""Forgetting a member: asked with her password, cooled down, done once and for good.

Orders, payments and the ledger stay, since tax law keeps them; they lead to a row that names nobody. Messages stay
in their rooms under the same nameless author. Consents stay as proof of what was agreed and taken back.
"""

from __future__ import annotations

from datetime import datetime

from svoi.communities.actions import leave_everything
from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.envelopes.actions import forget_sender
from svoi.law.actions.consents import withdraw_all
from svoi.law.actions.exports import drop_exports_of
from svoi.law.events import ErasureAsked, ErasureRecalled, MemberErased
from svoi.law.models import Erasure
from svoi.law.queries.own_data import erasure_of, in_the_way
from svoi.law.rules import admit_erasure, erasure_due_at
from svoi.letters.actions import forget_letters_of
from svoi.members.actions import confirm_password, erase_account
from svoi.members.models import Member
from svoi.orders.actions.forgetting import forget_buyer
from svoi.planning.actions.reminding import forget_in_calendar
from svoi.points.actions import forget_points
from svoi.replays.actions import forget_drafts


def ask_erasure(*, member: Member, password: str, at: datetime) -> Erasure:
    """Begin to forget. Raises PasswordWrong, SignInLocked, ErasureWaitsForOrders, ErasureWaitsForCommunity."""
    confirm_password(member=member, password=password, at=at)
    return _ask(member, at=at)


@atomic
def _ask(member: Member, *, at: datetime) -> Erasure:
    Member.objects.select_for_update(no_key=True).filter(pk=member.pk).first()
    if earlier := erasure_of(member=member):
        return earlier
    orders, alone = in_the_way(member=member)
    admit_erasure(orders_under_way=orders, communities_left_alone=alone)
    erasure = Erasure.objects.create(member=member, asked_at=at, due_at=erasure_due_at(at))
    record(ErasureAsked(member_id=member.pk, due_at=erasure.due_at))
    return erasure


@atomic
def recall_erasure(*, member: Member, at: datetime) -> bool:
    """She changed her mind in time; False when there is nothing to recall."""
    recalled = Erasure.objects.filter(member=member, recalled_at=None, done_at=None).update(recalled_at=at)
    if recalled:
        record(ErasureRecalled(member_id=member.pk))
    return bool(recalled)


def carry_out_erasures(*, at: datetime, most: int = 50) -> int:
    """Forget whoever is due, one transaction each; for the clock. Returns how many were forgotten.

    What came up meanwhile (an order, a community left alone) is waited for.
    """
    due = Erasure.objects.filter(recalled_at=None, done_at=None, due_at__lte=at).order_by("due_at", "pk")
    return sum(carry_out_erasure(erasure_id=pk, at=at) for pk in due.values_list("pk", flat=True)[:most])


@atomic
def carry_out_erasure(*, erasure_id: int, at: datetime) -> bool:
    """Forget one member; False when it was done or recalled before, is not due, or something stands in the way."""
    erasure = Erasure.objects.select_for_update(of=("self",)).select_related("member").get(pk=erasure_id)
    if erasure.done_at or erasure.recalled_at or erasure.due_at > at:
        return False
    member = Member.objects.select_for_update().get(pk=erasure.member_id)
    orders, alone = in_the_way(member=member)
    if orders or alone:
        return False
    withdraw_all(member=member, channel="erasure", at=at)
    leave_everything(member=member, at=at)
    forget_buyer(buyer_id=member.pk)
    forget_points(member_id=member.pk, at=at)
    forget_sender(member_id=member.pk)
    forget_in_calendar(member=member, at=at)
    forget_drafts(member=member)
    forget_letters_of(member=member)
    drop_exports_of(member=member, at=at)
    erase_account(member=member, at=at)
    erasure.done_at = at
    erasure.save(update_fields=["done_at"])
    record(MemberErased(member_id=member.pk))
    return True
