"""What the board of a rundown shows, read where it is drawn and in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import get_language

from svoi.catalog.models import Variant
from svoi.catalog.queries import ProductCard, cards
from svoi.control.queries import cues_of
from svoi.rundowns.queries import RundownRead, SegmentRead, marks_of, planned_by_clock, rundown_of
from svoi.rundowns.rules import Mark, drift
from svoi.shows.models import Show


@dataclass(frozen=True, slots=True)
class Row:
    """A segment on the board; `began_at` and `late_s` where the show has left a mark of it."""

    segment: SegmentRead
    begins_at: datetime
    card: ProductCard | None
    deal_for: str
    began_at: datetime | None
    late_s: int | None

    @property
    def ends_after_s(self) -> int:
        return self.segment.starts_after_s + self.segment.length_s


def board_parts(show: Show, *, writes: bool, checks: bool = False, said: str = "") -> dict[str, Any]:
    """The plan of a show for the crew; `said` is spoken to those who do not see what moved."""
    plan = rundown_of(show_id=show.pk)
    rows = rows_of(show, plan) if plan else []
    over = show.ended_at is not None
    return {
        "show": show,
        "plan": plan,
        "rows": rows,
        "writes": writes and not over,
        "checks": checks,
        "is_over": over,
        "has_marks": any(row.began_at for row in rows),
        "todo": sum(row.segment.state in ("draft", "sent_back", "lapsed") for row in rows),
        "waits": sum(row.segment.state == "asked" for row in rows),
        "said": said,
    }


def rows_of(show: Show, plan: RundownRead) -> list[Row]:
    """The segments with the names of what they are about, and their plan in clock time."""
    shown = cards({one.product_id for one in plan.segments if one.product_id is not None})
    deals = _deal_names([one.flash.variant_id for one in plan.segments if one.flash])
    began = show.went_live_at
    began_by = _marks(show, plan) if began else ()
    marks = {mark.segment_id: mark.at for mark in began_by}
    late = _late(plan, began_by, began, show.ended_at) if began else {}
    starts_at = began or show.starts_at
    return [
        Row(
            segment=one,
            begins_at=starts_at + timedelta(seconds=one.starts_after_s),
            card=shown.get(one.product_id or 0),
            deal_for=deals.get(one.flash.variant_id, "") if one.flash else "",
            began_at=marks.get(one.id),
            late_s=late.get(one.id),
        )
        for one in plan.segments
    ]


def _marks(show: Show, plan: RundownRead) -> tuple[Mark, ...]:
    """When segments first began: by the crew's cues; where nobody gave any, by the pins of their products."""
    first: dict[int, datetime] = {}
    for cue in cues_of(show_id=show.pk):
        first.setdefault(cue.segment_id, cue.at)
    return tuple(Mark(segment_id, at) for segment_id, at in first.items()) or marks_of(plan)


def _late(plan: RundownRead, marks: tuple[Mark, ...], began_at: datetime, ended_at: datetime | None) -> dict[int, int]:
    now = ended_at or max((mark.at for mark in marks), default=began_at)
    found = drift(planned_by_clock(plan, began_at=began_at), marks, now)
    return {one.segment_id: one.late_s for one in found.segments}


def _deal_names(variant_ids: list[int]) -> dict[int, str]:
    if not variant_ids:
        return {}
    english = get_language() == "en"
    variants = Variant.objects.filter(pk__in=variant_ids).select_related("product")
    return {
        one.pk: ", ".join(
            filter(
                None,
                (one.product.name_en or one.product.name, one.title_en or one.title)
                if english
                else (one.product.name, one.title),
            )
        )
        for one in variants
    }
