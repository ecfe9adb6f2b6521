"""Beginning a plan, and how long it may be."""

from __future__ import annotations

from datetime import datetime

from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.rundowns.actions.locking import locked_rundown, refuse_stale, seen_since, write_down
from svoi.rundowns.models import Rundown
from svoi.rundowns.rules import SLOT_S_MAX, require_number
from svoi.shows.actions.locking import locked_open_show


@atomic
def open_rundown(*, show_id: int, by: Member | None, at: datetime) -> Rundown:
    """The plan of a show; begun when there is none. Raises `ShowEnded`."""
    show = locked_open_show(show_id)
    rundown, is_new = Rundown.objects.select_related("show").get_or_create(show=show, defaults={"made_at": at})
    if is_new:
        write_down(rundown=rundown, deed="opened", by=by, at=at)
    return rundown


@atomic
def set_slot(*, rundown_id: int, slot_s: int, seen: int, by: Member, at: datetime) -> Rundown:
    """For how long the show has its place, in seconds; raises `NumberUnfit`, `RundownStale`."""
    rundown = locked_rundown(rundown_id=rundown_id)
    require_number("slot_s", slot_s, least=60, most=SLOT_S_MAX)
    if rundown.slot_s == slot_s:
        return rundown
    met = tuple(one for one in seen_since(rundown=rundown, seen=seen) if one.deed == "slotted")
    refuse_stale(rundown=rundown, met=met)
    rundown.slot_s = slot_s
    rundown.save(update_fields=["slot_s"])
    write_down(rundown=rundown, deed="slotted", by=by, at=at, names=["slot_s"])
    return rundown
