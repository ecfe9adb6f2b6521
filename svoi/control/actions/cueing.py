"""A segment begins."""

from __future__ import annotations

from datetime import datetime

from svoi.control.events import SegmentCued
from svoi.control.models import Cue
from svoi.control.queries import latest_cue
from svoi.control.rules.cues import NothingPlanned, admit_cue
from svoi.db.outbox import record, wake_relay
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.rundowns.models import Rundown, Segment
from svoi.rundowns.rules import SegmentUnknown
from svoi.shows.actions.locking import locked_open_show
from svoi.shows.rules.airing import require_on_air


@atomic
def cue_segment(*, show_id: int, segment_id: int, seen: int | None, by: Member, at: datetime) -> Cue:
    """Note that a segment of the show's plan begins now; going back is another cue.

    `seen` is the cue that ran when the button was pressed. Raises `ShowEnded`, `ShowNotLive`, `NothingPlanned`,
    `SegmentUnknown`, and `CueMoved` when somebody cued meanwhile. Call it through `steering.steer`.
    """
    show = locked_open_show(show_id)
    require_on_air(show.stage())
    if not Rundown.objects.filter(show=show).exists():
        raise NothingPlanned()
    segment = Segment.objects.filter(rundown__show=show, pk=segment_id, removed_at=None).first()
    if segment is None:
        raise SegmentUnknown()
    latest = latest_cue(show_id=show_id)
    who, title = (latest.by_name, latest.title_ru) if latest else ("", "")
    admit_cue(seen=seen, latest=latest.id if latest else None, who=who, title=title)
    cue = Cue.objects.create(show=show, segment=segment, after_id=latest.id if latest else None, by=by, at=at)
    record(SegmentCued(show_id=show_id, by_id=by.pk, cue_id=cue.pk, segment_id=segment_id))
    wake_relay()
    return cue
