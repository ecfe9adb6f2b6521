"""Which conflicts of plans stand, and what was accepted about them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from svoi.planning.models import ConflictAcceptance, Slot
from svoi.planning.queries.neighbours import between, house_of, neighbours_of, people_of, plan_of, plans_of, week_around
from svoi.planning.rules.conflicts import Conflict, House, Plan, conflicts_of


@dataclass(frozen=True, slots=True)
class Standing:
    """A conflict of a slot, and who took it upon herself, when somebody did."""

    conflict: Conflict
    accepted: ConflictAcceptance | None


def accepted_among(slot_ids: Collection[int]) -> dict[str, ConflictAcceptance]:
    """What was accepted about these slots as they stand, by the name of the conflict, which says between whom it is."""
    found = ConflictAcceptance.objects.filter(slot__in=slot_ids, version=F("slot__version"))
    return {one.conflict: one for one in found.select_related("accepted_by").order_by("pk")}


def standing_of(slot: Slot) -> list[Standing]:
    """The conflicts of one slot as it stands."""
    house = house_of(community_id=slot.community_id)
    plan = plan_of(slot)
    others = neighbours_of(plan, zone=house.zone)
    accepted = accepted_among([plan.slot_id, *(one.slot_id for one in others)])
    return _standing(plan, others, house, accepted)


def standing_between(*, community_id: int, first: datetime, last: datetime) -> dict[int, list[Standing]]:
    """The conflicts of every slot of a community in a stretch of time, in a fixed number of queries."""
    house = house_of(community_id=community_id)
    around = between(*week_around(first, last, zone=house.zone))
    own = plans_of(around.filter(community_id=community_id))
    elsewhere = around.exclude(community_id=community_id).filter(shifts__member__in=people_of(own))
    plans = [*own, *plans_of(around.filter(pk__in=elsewhere.values("pk")))]
    accepted = accepted_among([one.slot_id for one in plans])
    shown = [one for one in own if one.begins_at < last and one.ends_at > first]
    return {plan.slot_id: _standing(plan, plans, house, accepted) for plan in shown}


def _standing(plan: Plan, others: list[Plan], house: House, accepted: dict[str, ConflictAcceptance]) -> list[Standing]:
    return [Standing(one, accepted.get(one.named(plan.slot_id))) for one in conflicts_of(plan, others, house)]
