"""A community's calendar and its plans under lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction

from svoi.communities.models import Community
from svoi.communities.queries import roles_of
from svoi.communities.rules import require_role
from svoi.db.transaction import required
from svoi.members.models import Member
from svoi.planning.models import Slot
from svoi.planning.rules.approving import admit_change
from svoi.planning.rules.conflicts import HARD, Conflict, Kind, PlanImpossible
from svoi.planning.rules.terms import MAY_PLAN

# What the database holds, by the name it gives when it refuses.
GUARDS: dict[str, Kind] = {"slot_studio_is_free": "studio_taken", "shift_host_is_free": "host_taken"}


def hold_calendar(*, community: Community, by: Member) -> None:
    """One change of a community's calendar at a time, by somebody who may plan there. Raises `RoleMissing`.

    NO KEY, so that orders and memberships pointing here do not wait.
    """
    required()
    Community.objects.select_for_update(no_key=True).filter(pk=community.pk).first()
    require_role(roles_of(community=community, member=by), MAY_PLAN)


def seen_slot(*, slot_id: int, by: Member, seen: int | None = None) -> Slot:
    """A slot under lock with its calendar, when `seen` is still its version (None: whatever it is).

    Raises `SlotStale`, `SlotGone`, `ShowBegun`, `RoleMissing`.
    """
    found = Slot.objects.select_related("community").get(pk=slot_id)
    hold_calendar(community=found.community, by=by)
    rows = Slot.objects.select_related("community", "show__host", "studio", "moved_by", "planned_by")
    slot = rows.select_for_update(no_key=True, of=("self",)).get(pk=slot_id)
    admit_change(
        seen=slot.version if seen is None else seen,
        version=slot.version,
        is_removed=slot.removed_at is not None,
        has_begun=slot.show.went_live_at is not None,
        now={
            "by": (slot.moved_by or slot.planned_by).name,
            "begins_at": slot.starts_at,
            "ends_at": slot.ends_at,
            "studio": slot.studio.name_ru,
            "version": slot.version,
        },
    )
    return slot


@contextmanager
def guarded() -> Iterator[None]:
    """Turn the database's own refusal into ours.

    The calendar's lock serves one community; a host who works in two can still be taken twice at one moment.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if name not in GUARDS:
            raise
        kind = GUARDS[name]
        raise PlanImpossible(conflicts=[Conflict(kind=kind, is_hard=kind in HARD)]) from error


def touch(*, slot: Slot, by: Member, at: datetime, by_hand: bool = True) -> None:
    """The plan is another one now: whoever saw the old one has to look again. `by_hand`: its series lets it be."""
    slot.version += 1
    if by_hand:
        slot.moved_by, slot.moved_at = by, at
    slot.save(update_fields=["version", "moved_by", "moved_at", "studio", "begins_at", "ends_at", "preparation_min"])
