"""Asking the rule of conflicts about a plan, and keeping what a producer took upon herself."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from svoi.db.outbox import record
from svoi.members.models import Member
from svoi.planning.events import ConflictAccepted
from svoi.planning.models import ConflictAcceptance, Slot
from svoi.planning.queries.neighbours import house_of, neighbours_of
from svoi.planning.rules.conflicts import Conflict, Plan, admit_plan, conflicts_of
from svoi.planning.rules.terms import REASON_LENGTH_MAX, read_words


def judged(*, plan: Plan, accepting: str | None, known: Collection[str] = ()) -> tuple[Conflict, ...]:
    """The soft conflicts of a plan that `accepting` (a reason) answers for; those `known` were answered before.

    A series has no person to ask: with None, warnings stand until somebody approves the show, and nothing is returned.
    Raises `PlanImpossible`, or `PlanDoubtful` when the reason is empty.
    """
    house = house_of(community_id=plan.community_id)
    found = conflicts_of(plan, neighbours_of(plan, zone=house.zone), house)
    fresh = tuple(one for one in found if one.is_hard or one.named(plan.slot_id) not in known)
    is_accepted = accepting is None or bool(read_words(accepting, length_max=REASON_LENGTH_MAX))
    admit_plan(fresh, is_accepted=is_accepted)
    return () if accepting is None else fresh


def keep_accepted(*, slot: Slot, conflicts: Collection[Conflict], reason: str | None, by: Member, at: datetime) -> None:
    """Note each warning with who took it upon herself and why, for the version of the plan it was about."""
    words = read_words(reason or "", length_max=REASON_LENGTH_MAX)
    for conflict in conflicts:
        _, accepted = ConflictAcceptance.objects.get_or_create(
            slot=slot,
            version=slot.version,
            conflict=conflict.named(slot.pk),
            defaults={"others": list(conflict.others), "reason": words, "accepted_by": by, "accepted_at": at},
        )
        if accepted:
            told: dict[str, Any] = {
                "slot_id": slot.pk,
                "conflict": conflict.named(slot.pk),
                "by_id": by.pk,
                "reason": words,
            }
            record(ConflictAccepted(show_id=slot.show_id, **told))
