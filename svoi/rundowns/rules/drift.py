"""How late or early a show runs against its rundown, in seconds, while it is on air and after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple


class Planned(NamedTuple):
    """A segment as planned: when it begins and for how many seconds it runs."""

    segment_id: int
    starts_at: datetime
    length_s: int


class Mark(NamedTuple):
    """That a segment really began; the one before it ended then."""

    segment_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SegmentDrift:
    """One segment against its plan: begun so many seconds late (early below zero), and how long it ran.

    `ran_s` is how long it has run so far while it is `running`.
    """

    segment_id: int
    late_s: int
    ran_s: int
    over_s: int
    running: bool


@dataclass(frozen=True, slots=True)
class Drift:
    """`seconds` above zero: the show runs late by so much. Segments without a mark are not among `segments`."""

    seconds: int
    segments: tuple[SegmentDrift, ...] = ()


def drift(planned: Sequence[Planned], marks: Sequence[Mark], now: datetime) -> Drift:
    """Compare what happened with the plan at one moment.

    The drift is how much later than planned the running segment will end: it keeps its length for as long as it can,
    and once it overruns every second counts. Before the first mark a show is late by the time it should have begun.
    Marks of unknown segments, and marks after `now`, are left out; a segment begun twice counts from its last mark.
    """
    plan = {one.segment_id: one for one in planned}
    seen = sorted((mark for mark in marks if mark.segment_id in plan and mark.at <= now), key=lambda mark: mark.at)
    if not seen:
        first = min((one.starts_at for one in planned), default=now)
        return Drift(max(0, _seconds(first, now)))
    ends = [mark.at for mark in seen[1:]] + [now]
    told: dict[int, SegmentDrift] = {}
    for place, (mark, end) in enumerate(zip(seen, ends, strict=True)):
        told[mark.segment_id] = _segment(plan[mark.segment_id], mark.at, end, running=place == len(seen) - 1)
    last = seen[-1]
    whole = plan[last.segment_id]
    ends_at = max(now, last.at + timedelta(seconds=whole.length_s))
    planned_end = whole.starts_at + timedelta(seconds=whole.length_s)
    return Drift(
        _seconds(planned_end, ends_at), tuple(told[one.segment_id] for one in planned if one.segment_id in told)
    )


def _segment(planned: Planned, began: datetime, ended: datetime, *, running: bool) -> SegmentDrift:
    ran_s = _seconds(began, ended)
    return SegmentDrift(
        segment_id=planned.segment_id,
        late_s=_seconds(planned.starts_at, began),
        ran_s=ran_s,
        over_s=max(0, ran_s - planned.length_s) if running else ran_s - planned.length_s,
        running=running,
    )


def _seconds(since: datetime, until: datetime) -> int:
    return round((until - since).total_seconds())
