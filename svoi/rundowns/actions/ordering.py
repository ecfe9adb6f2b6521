"""Another order of the segments: none is lost and none is doubled, however many move at once."""

from __future__ import annotations

from datetime import datetime

from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.rundowns.actions.locking import (
    locked_rundown,
    refuse_stale,
    seen_since,
    segments_in_order,
    write_down,
)
from svoi.rundowns.models import Rundown, Segment
from svoi.rundowns.rules import changes_of_order, reorder


@atomic
def move_segment(
    *, rundown_id: int, segment_id: int, before: int | None, seen: int, by: Member, at: datetime
) -> Rundown:
    """Put a segment in front of another, or at the end (`before` None); where it is already is no change.

    Raises `SegmentUnknown`, and `RundownStale` when somebody changed the order since version `seen`.
    """
    rundown = locked_rundown(rundown_id=rundown_id)
    refuse_stale(rundown=rundown, met=changes_of_order(seen_since(rundown=rundown, seen=seen), seen=seen))
    rows = {row.pk: row for row in segments_in_order(rundown=rundown)}
    order = reorder(list(rows), moved=segment_id, before=before)
    if order == tuple(rows):
        return rundown
    for place, pk in enumerate(order):
        rows[pk].position = place
    Segment.objects.bulk_update(rows.values(), ["position"])
    write_down(rundown=rundown, deed="moved", by=by, at=at, segment=rows[segment_id])
    return rundown
