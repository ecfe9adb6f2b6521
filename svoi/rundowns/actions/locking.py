"""A plan under lock, and how a change of it is written down and told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from svoi.db.outbox import record, wake_relay
from svoi.db.transaction import required
from svoi.members.models import Member
from svoi.rundowns.events import RundownChanged
from svoi.rundowns.models import Rundown, RundownChange, Segment, SegmentAuthor
from svoi.rundowns.queries import changes_since
from svoi.rundowns.rules import Change, RundownStale, RundownUnknown, SegmentUnknown
from svoi.shows.actions.locking import locked_open_show


def locked_rundown(*, rundown_id: int) -> Rundown:
    """The plan's row, and its show's before it, until commit; raises `ShowEnded`: what happened is not planned anew."""
    required()
    show_id = Rundown.objects.filter(pk=rundown_id, retired_at=None).values_list("show_id", flat=True).first()
    if show_id is not None:
        locked_open_show(show_id)
    rows = Rundown.objects.select_for_update(no_key=True, of=("self",)).select_related("show")
    found = rows.filter(pk=rundown_id, retired_at=None).first()
    if found is None:
        raise RundownUnknown()
    return found


def segment_in(*, rundown: Rundown, segment_id: int) -> Segment:
    """A segment that is part of the plan now; raises `SegmentUnknown`."""
    found = Segment.objects.filter(rundown=rundown, pk=segment_id, removed_at=None).first()
    if found is None:
        raise SegmentUnknown()
    return found


def segments_in_order(*, rundown: Rundown) -> list[Segment]:
    return list(Segment.objects.filter(rundown=rundown, removed_at=None).order_by("position", "pk"))


def write_down(
    *,
    rundown: Rundown,
    deed: str,
    by: Member | None,
    at: datetime,
    segment: Segment | None = None,
    names: Iterable[str] = (),
) -> None:
    """Count the version on, keep who did what, and tell whoever follows the show that there is something to read."""
    rundown.version += 1
    rundown.save(update_fields=["version"])
    RundownChange.objects.create(
        rundown=rundown, version=rundown.version, deed=deed, segment=segment, names=sorted(names), by=by, at=at
    )
    if rundown.show_id is not None:
        record(RundownChanged(show_id=rundown.show_id, rundown_id=rundown.pk, version=rundown.version))
        wake_relay()


def lend_a_hand(*, segments: Iterable[Segment], by: Member, at: datetime) -> None:
    """Remember who wrote: she will not be the one who approves."""
    SegmentAuthor.objects.bulk_create(
        [SegmentAuthor(segment=segment, member=by, wrote_at=at) for segment in segments],
        update_conflicts=True,
        unique_fields=["segment", "member"],
        update_fields=["wrote_at"],
    )


def refuse_stale(*, rundown: Rundown, met: tuple[Change, ...]) -> None:
    """Raise `RundownStale` with what changed meanwhile, told with the titles of the segments it is about."""
    if not met:
        return
    titles = dict(Segment.objects.filter(rundown=rundown).values_list("pk", "title_ru"))
    changes = [
        {
            "deed": one.deed,
            "title": titles.get(one.segment_id or 0, ""),
            "names": list(one.names),
            "by": one.by_name,
            "at": one.at,
        }
        for one in met
    ]
    raise RundownStale(version=rundown.version, changes=changes, who=met[-1].by_name)


def seen_since(*, rundown: Rundown, seen: int) -> tuple[Change, ...]:
    """Everything after the version somebody saw."""
    return changes_since(rundown_id=rundown.pk, seen=seen)
