"""Asking whether a plan holds, and deciding it."""

from __future__ import annotations

from datetime import datetime

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.planning.actions.judging import judged, keep_accepted
from svoi.planning.actions.locking import seen_slot
from svoi.planning.events import ApprovalAsked, SlotApproved, SlotDeclined
from svoi.planning.models import Slot, SlotApproval
from svoi.planning.queries.neighbours import plan_of
from svoi.planning.queries.standing import standing_of
from svoi.planning.rules.approving import admit_decision
from svoi.planning.rules.terms import read_reason


@atomic
def ask_approval(*, slot_id: int, seen: int, by: Member, at: datetime) -> SlotApproval:
    """Ask whether this version holds; asking again changes nothing. Raises `SlotStale`, `SlotGone`, `ShowBegun`."""
    slot = seen_slot(slot_id=slot_id, seen=seen, by=by)
    if slot.approval() in ("asked", "approved"):
        return slot.approvals.latest("pk")
    asked = SlotApproval.objects.create(slot=slot, version=slot.version, asked_by=by, asked_at=at)
    record(ApprovalAsked(show_id=slot.show_id, slot_id=slot.pk, version=slot.version, by_id=by.pk))
    return asked


@atomic
def approve_slot(*, slot_id: int, seen: int, by: Member, at: datetime, accepting: str = "") -> None:
    """Agree to a version that was asked about; twice is once.

    Its warnings must have been accepted, or `accepting` says why they are now. Raises `NotAsked`, `SlotStale`,
    `SlotGone`, `ShowBegun`, `PlanImpossible`, `PlanDoubtful`.
    """
    slot = seen_slot(slot_id=slot_id, seen=seen, by=by)
    if slot.approval() == "approved":
        return
    admit_decision(standing=slot.approval())
    known = [one.conflict.named(slot.pk) for one in standing_of(slot) if one.accepted]
    doubts = judged(plan=plan_of(slot), accepting=accepting, known=known)
    keep_accepted(slot=slot, conflicts=doubts, reason=accepting, by=by, at=at)
    _decide(slot, "approved", by=by, at=at)
    record(SlotApproved(show_id=slot.show_id, slot_id=slot.pk, version=slot.version, by_id=by.pk))


@atomic
def decline_slot(*, slot_id: int, seen: int, reason: str, by: Member, at: datetime) -> None:
    """Say no to a version that was asked about, and why. Raises `NotAsked`, `ReasonMissing` and as above."""
    slot = seen_slot(slot_id=slot_id, seen=seen, by=by)
    admit_decision(standing=slot.approval())
    words = read_reason(reason)
    _decide(slot, "declined", by=by, at=at, reason=words)
    told = {"slot_id": slot.pk, "version": slot.version, "by_id": by.pk}
    record(SlotDeclined(show_id=slot.show_id, reason=words, **told))


def _decide(slot: Slot, decision: str, *, by: Member, at: datetime, reason: str = "") -> None:
    asked = SlotApproval.objects.filter(slot=slot, version=slot.version, decided_at=None)
    asked.update(decision=decision, decided_by=by, decided_at=at, reason=reason)
