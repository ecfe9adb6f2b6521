"""When segments of a show seem to have begun, where nobody gave cues."""

from __future__ import annotations

from datetime import datetime, timedelta

from svoi.rundowns.queries.records import RundownRead
from svoi.rundowns.rules import Mark, Planned
from svoi.shows.models import Pin


def marks_of(plan: RundownRead) -> tuple[Mark, ...]:
    """What is on record of a show's course, in time order: a product segment begins when its product is first pinned.

    Other segments leave no trace of their own in a show's room, so they have no mark, and from these marks alone it
    cannot be said how long a segment ran. The crew's cues, where there are any, say it exactly.
    """
    if plan.show_id is None:
        return ()
    pinned: dict[int, datetime] = {}
    pins = Pin.objects.filter(show_id=plan.show_id).order_by("pinned_at", "pk")
    for product_id, at in pins.values_list("product_id", "pinned_at"):
        pinned.setdefault(product_id, at)
    marks = [
        Mark(segment.id, at)
        for segment in plan.segments
        if segment.product_id in pinned and (at := pinned.pop(segment.product_id))
    ]
    return tuple(sorted(marks, key=lambda mark: mark.at))


def planned_by_clock(plan: RundownRead, *, began_at: datetime) -> tuple[Planned, ...]:
    """The plan as moments, for a show that began at `began_at`."""
    return tuple(
        Planned(one.id, began_at + timedelta(seconds=one.starts_after_s), one.length_s) for one in plan.segments
    )
