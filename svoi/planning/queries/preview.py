"""What a move would run into, before anybody makes it."""

from __future__ import annotations

from datetime import datetime

from svoi.planning.models import Slot, Studio
from svoi.planning.queries.neighbours import house_of, neighbours_of, plan_of
from svoi.planning.rules.conflicts import Conflict, conflicts_of
from svoi.planning.rules.moving import moved


def previewed(slot: Slot, studio: Studio, *, span: tuple[datetime, datetime]) -> tuple[Conflict, ...]:
    """The conflicts of a slot in another place, as the same rule will see them when it is moved there."""
    where = {"studio_id": studio.pk, "studio_community_id": studio.community_id}
    plan = moved(plan_of(slot), **where, turn_around_min=studio.turn_around_min, becomes=span)
    house = house_of(community_id=slot.community_id)
    return conflicts_of(plan, neighbours_of(plan, zone=house.zone), house)
