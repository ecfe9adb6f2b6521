"""Where the rundown of a show stands, read from its cues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from svoi.control.models import Cue
from svoi.control.rules.cues import around, left_s
from svoi.rundowns.queries import RundownRead, SegmentRead, planned_by_clock, rundown_of
from svoi.rundowns.rules import Drift, Mark, drift


@dataclass(frozen=True, slots=True)
class CueRead:
    """That a segment began at a moment, by whom; its titles are as they are now, also of a removed segment."""

    id: int
    segment_id: int
    title_ru: str
    title_en: str
    length_s: int
    at: datetime
    by_id: int
    by_name: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan at one moment of its show.

    `current` is None before the first cue, and when the running segment was taken out of the plan (`running` still
    names it). `left_s` is what it has by its plan, below zero when it overruns. `ends_at` is when its length is over.
    `drift.seconds` above zero: the show runs late by so much.
    """

    plan: RundownRead
    running: CueRead | None
    current: SegmentRead | None
    next: SegmentRead | None
    back: SegmentRead | None
    left_s: int
    ends_at: datetime | None
    drift: Drift

    @property
    def seen(self) -> int | None:
        """The id of the latest cue: what the next one has to follow."""
        return self.running.id if self.running else None

    @property
    def late(self) -> str:
        """late, early or on_time: half a minute either way is nobody's fault."""
        if abs(self.drift.seconds) < ON_TIME_S:
            return "on_time"
        return "late" if self.drift.seconds > 0 else "early"


ON_TIME_S = 30


def cues_of(*, show_id: int) -> tuple[CueRead, ...]:
    """Every cue of a show in the order they were given; one query. For whoever may see the crew's side of it."""
    return tuple(_read(cue) for cue in _cues(show_id))


def latest_cue(*, show_id: int) -> CueRead | None:
    """The cue that runs now."""
    last = Cue.objects.filter(show_id=show_id).select_related("segment", "by").order_by("-pk").first()
    return _read(last) if last else None


def standing_of(*, show_id: int, at: datetime) -> Standing | None:
    """The plan with what runs, what comes and how late it is; None when nobody planned."""
    plan = rundown_of(show_id=show_id)
    if plan is None:
        return None
    cues = cues_of(show_id=show_id)
    order = [one.id for one in plan.segments]
    places = around(order, [cue.segment_id for cue in cues])
    running = cues[-1] if cues else None
    planned = planned_by_clock(plan, began_at=plan.starts_at or at)
    ran_s = int((at - running.at).total_seconds()) if running else 0
    return Standing(
        plan=plan,
        running=running,
        current=_segment(plan, places.current),
        next=_segment(plan, places.next),
        back=_segment(plan, places.back),
        left_s=left_s(length_s=running.length_s, ran_s=ran_s) if running else 0,
        ends_at=running.at + timedelta(seconds=running.length_s) if running else None,
        drift=drift(planned, [Mark(cue.segment_id, cue.at) for cue in cues], at),
    )


def _segment(plan: RundownRead, segment_id: int | None) -> SegmentRead | None:
    return plan.segment(segment_id) if segment_id is not None else None


def _cues(show_id: int) -> list[Cue]:
    return list(Cue.objects.filter(show_id=show_id).select_related("segment", "by").order_by("pk"))


def _read(cue: Cue) -> CueRead:
    return CueRead(
        id=cue.pk,
        segment_id=cue.segment_id,
        title_ru=cue.segment.title_ru,
        title_en=cue.segment.title_en,
        length_s=cue.segment.length_s,
        at=cue.at,
        by_id=cue.by_id,
        by_name=cue.by.name,
    )
