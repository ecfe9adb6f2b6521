"""Who works on a show: assigned, and taken off again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.planning.actions.judging import judged, keep_accepted
from svoi.planning.actions.locking import guarded, seen_slot, touch
from svoi.planning.events import ShiftAssigned, ShiftWithdrawn
from svoi.planning.models import Shift, Slot
from svoi.planning.queries.neighbours import plan_of
from svoi.planning.rules.conflicts import Plan, Work
from svoi.planning.rules.moving import admit_withdrawal, within
from svoi.planning.rules.terms import read_shift_role
from svoi.shows.actions.scheduling import replan_show


@atomic
def assign_shift(
    *,
    slot_id: int,
    member: Member,
    role: str,
    by: Member,
    at: datetime,
    span: tuple[datetime, datetime] | None = None,
    accepting: str = "",
) -> Shift:
    """Give somebody of the crew work on a show, all of it or a part (`span`); the same again changes nothing.

    Raises `RoleOnShowUnknown`, `ShiftOutside`, `PlanImpossible`, `PlanDoubtful`, `SlotGone`, `ShowBegun`.
    """
    slot = seen_slot(slot_id=slot_id, by=by)
    kind = read_shift_role(role)
    begins_at, ends_at = within(span or (slot.begins_at, slot.ends_at), whole=(slot.begins_at, slot.ends_at))
    shift = Shift.objects.filter(slot=slot, member=member, role=kind).first()
    if shift and shift.removed_at is None and (shift.begins_at, shift.ends_at) == (begins_at, ends_at):
        return shift
    work = Work(member_id=member.pk, begins_at=begins_at, ends_at=ends_at, is_host=kind == "host")
    doubts = judged(plan=_hers(slot, work), accepting=accepting)
    with guarded():
        if kind == "host":
            touch(slot=slot, by=by, at=at)
        when = {"begins_at": begins_at, "ends_at": ends_at, "changed_at": at, "removed_at": None}
        shift, _ = Shift.objects.update_or_create(
            slot=slot,
            member=member,
            role=kind,
            defaults={**when, "sequence": shift.sequence + 1 if shift else 0},
            create_defaults={**when, "assigned_by": by, "assigned_at": at},
        )
    keep_accepted(slot=slot, conflicts=doubts, reason=accepting, by=by, at=at)
    told: dict[str, Any] = {"shift_id": shift.pk, "member_id": member.pk, "role": kind, "by_id": by.pk}
    record(ShiftAssigned(show_id=slot.show_id, **told))
    return shift


@atomic
def withdraw_shift(*, slot_id: int, shift_id: int, by: Member, at: datetime) -> None:
    """Take somebody off; twice is once. When the show's host goes, the next host of it becomes hers.

    Raises `HostNeeded` for the only host, `SlotGone`, `ShowBegun`.
    """
    slot = seen_slot(slot_id=slot_id, by=by)
    shift = Shift.objects.select_related("member").filter(slot=slot, pk=shift_id, removed_at=None).first()
    if shift is None:
        return
    hosts = Shift.objects.select_related("member").filter(slot=slot, role="host", removed_at=None).exclude(pk=shift.pk)
    admit_withdrawal(is_host=shift.role == "host", other_hosts=hosts.count())
    if shift.role == "host":
        touch(slot=slot, by=by, at=at)
    Shift.objects.filter(pk=shift.pk).update(removed_at=at, changed_at=at, sequence=shift.sequence + 1)
    if shift.role == "host" and shift.member_id == slot.show.host_id:
        replan_show(show_id=slot.show_id, starts_at=slot.starts_at, host=hosts.order_by("pk")[0].member, at=at)
    told: dict[str, Any] = {"shift_id": shift.pk, "member_id": shift.member_id, "role": shift.role, "by_id": by.pk}
    record(ShiftWithdrawn(show_id=slot.show_id, **told))


def _hers(slot: Slot, work: Work) -> Plan:
    """The plan with her alone at work and in no studio: what others have in their way is not asked anew."""
    return replace(plan_of(slot), studio_id=0, studio_community_id=slot.community_id, work=(work,), samples={})
