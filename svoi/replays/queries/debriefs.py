"""A show looked back at: its figures, its plan beside what was, the worst measures, and notes that come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, QuerySet, Value, When

from svoi.catalog.queries import ProductCard, cards
from svoi.planning.models import Slot
from svoi.replays.models import DebriefNote
from svoi.replays.queries.chapters import chapters_of_show
from svoi.replays.queries.facts import facts_of
from svoi.replays.rules import (
    LOOK_BACK,
    Judgement,
    PlanBesideActual,
    PlannedSegment,
    ShowFacts,
    judge,
    measured,
    plan_beside_actual,
)
from svoi.rundowns.queries import rundown_of
from svoi.shows.models import Show

NOTES_SHOWN_MAX = 30


@dataclass(frozen=True, slots=True)
class Debrief:
    """Everything a debrief is about, as of a moment; `values` are the measures by name, None where not measured."""

    show: Show
    facts: ShowFacts
    values: dict[str, float | None]
    plan: PlanBesideActual
    products: dict[int, ProductCard]
    judgement: Judgement
    as_of: datetime


def debrief_of(*, show: Show, at: datetime) -> Debrief | None:
    """None while the show is not over."""
    if show.went_live_at is None or show.ended_at is None:
        return None
    before = list(
        Show.objects.filter(
            community_id=show.community_id,
            ended_at__isnull=False,
            went_live_at__gte=show.went_live_at - LOOK_BACK,
            went_live_at__lt=show.went_live_at,
        )
    )
    facts = facts_of([show, *before])
    own = facts.pop(show.pk)
    plan = plan_beside_actual(
        late_s=own.late_s, actual_s=own.length_s, chapters=chapters_of_show(show), planned=_planned(show)
    )
    values = measured(own)
    return Debrief(
        show=show,
        facts=own,
        values=values,
        plan=plan,
        products=cards([one.product_id for one in plan.products]),
        judgement=judge(values, [measured(one) for one in facts.values()]),
        as_of=at,
    )


def _planned(show: Show) -> list[PlannedSegment] | None:
    """The segments of its rundown; None where there is none."""
    plan = rundown_of(show_id=show.pk)
    if plan is None:
        return None
    return [PlannedSegment(one.title_ru, one.length_s, one.product_id) for one in plan.segments]


def notes_of(*, show_id: int) -> QuerySet[DebriefNote]:
    """The notes written after this show, in order."""
    return (
        DebriefNote.objects.filter(show_id=show_id).select_related("author", "closed_by").order_by("written_at", "pk")
    )


def notes_for(*, show_id: int) -> list[DebriefNote]:
    """Open notes of the community's earlier shows, the newest first in each: those of the same series, of the same
    host, then the others."""
    show = Show.objects.get(pk=show_id)
    series = Slot.objects.standing().filter(show_id=show_id).values_list("series_id", flat=True).first()
    first = [When(show__slot__series_id=series, then=Value(0))] if series else []
    earlier = DebriefNote.objects.filter(
        show__community_id=show.community_id, show__went_live_at__lt=show.went_live_at or show.starts_at, closed_at=None
    ).exclude(show_id=show_id)
    near = Case(*first, When(show__host_id=show.host_id, then=Value(1)), default=Value(2), output_field=IntegerField())
    rows = earlier.select_related("author", "show", "show__host").order_by(
        near, "-show__went_live_at", "-written_at", "-pk"
    )
    return list(rows[:NOTES_SHOWN_MAX])
