"""What waits for a second pair of eyes, and what a plan can begin from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from svoi.rundowns.models import Rundown, Segment, StoryStep
from svoi.rundowns.queries.reading import read_all
from svoi.rundowns.queries.records import RundownRead, SegmentRead
from svoi.shows.models import Show

PLANS_MAX = 50
SOURCES_MAX = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """A segment that waits for a check, with its show and its plan."""

    show: Show
    plan: RundownRead
    segment: SegmentRead


def checks_waiting(*, community_ids: Collection[int]) -> list[Waiting]:
    """Segments whose check was asked for, of shows that are not over, those of the nearest show first.

    The number of queries does not depend on how many wait.
    """
    asked = StoryStep.objects.filter(segment__rundown=OuterRef("pk"), segment__removed_at=None, step="asked")
    coming = Rundown.objects.filter(Exists(asked), show__community__in=community_ids, show__ended_at=None)
    rundowns = list(coming.select_related("show__community").order_by("show__starts_at", "pk")[:PLANS_MAX])
    return [
        Waiting(rundown.show, plan, segment)
        for rundown, plan in zip(rundowns, read_all(rundowns), strict=True)
        for segment in plan.segments
        if segment.state == "asked" and rundown.show is not None
    ]


def templates_of(*, community_id: int) -> list[Rundown]:
    """Templates a show of this community can begin from, by name."""
    return list(Rundown.objects.templates_of(community_id).order_by("name_ru", "pk"))


def plans_to_copy(*, community_id: int, show_id: int) -> list[Rundown]:
    """Plans of other shows of the community, the latest show first; empty ones are left out."""
    kept = Segment.objects.filter(rundown=OuterRef("pk"), removed_at=None)
    found = Rundown.objects.filter(Exists(kept), show__community_id=community_id).exclude(show_id=show_id)
    return list(found.select_related("show").order_by("-show__starts_at", "-pk")[:SOURCES_MAX])
