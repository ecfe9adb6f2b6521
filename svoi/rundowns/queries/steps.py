"""The last step of each story, and who has a hand in its words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from svoi.rundowns.models import RundownChange, SegmentAuthor, StoryStep
from svoi.rundowns.queries.records import StepRead
from svoi.rundowns.rules import Change


def last_steps(segment_ids: Sequence[int]) -> dict[int, tuple[StepRead, str]]:
    """The latest step of each segment, with the fingerprint of the words it was taken for; one query."""
    rows = StoryStep.objects.filter(segment__in=segment_ids).order_by("segment", "-pk").distinct("segment")
    return {
        row.segment_id: (
            StepRead(
                step=row.step,
                by_id=row.by_id,
                by_name=row.by.name,
                at=row.at,
                reason=row.reason,
                holds=False,
                carried=row.carried_from_id is not None,
            ),
            row.fingerprint,
        )
        for row in rows.select_related("by")
    }


def authors_by_segment(segment_ids: Sequence[int]) -> dict[int, frozenset[int]]:
    """Who changed the words since they were last approved: one alone does not approve them."""
    approved = dict(
        StoryStep.objects.filter(segment__in=segment_ids, step="approved").order_by("pk").values_list("segment", "at")
    )
    found: dict[int, set[int]] = {}
    hands = SegmentAuthor.objects.filter(segment__in=segment_ids).values_list("segment", "member", "wrote_at")
    for segment_id, member_id, wrote_at in hands:
        since: datetime | None = approved.get(segment_id)
        if since is None or wrote_at > since:
            found.setdefault(segment_id, set()).add(member_id)
    return {segment_id: frozenset(members) for segment_id, members in found.items()}


def changes_since(*, rundown_id: int, seen: int) -> tuple[Change, ...]:
    """What was done to a plan after version `seen`, the oldest first."""
    rows = RundownChange.objects.filter(rundown_id=rundown_id, version__gt=seen).select_related("by")
    return tuple(
        Change(
            version=row.version,
            deed=row.deed,
            segment_id=row.segment_id,
            names=tuple(row.names),
            by_name=row.by.name if row.by else "",
            at=row.at,
        )
        for row in rows.order_by("version")
    )
