"""Reading a rundown: in the same number of queries whatever its length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from svoi.rundowns.models import Rundown, Segment
from svoi.rundowns.queries.proofs import Moments, claims_by_segment, said_of
from svoi.rundowns.queries.records import ClaimRead, RundownRead, SegmentRead, StepRead
from svoi.rundowns.queries.steps import authors_by_segment, last_steps
from svoi.rundowns.rules import (
    Beat,
    EnvelopePlan,
    FlashPlan,
    Wording,
    content_of,
    duplicates,
    fingerprint,
    needs_check,
    roll,
    state_of,
)


def rundown_of(*, show_id: int) -> RundownRead | None:
    """The plan of a show with its segments in order, their claims, evidence and states; None when nobody planned.

    For whoever may see the crew's side of the show: the caller has loaded it by a role. Of a show that is over it is
    what it was at the end: evidence added or withdrawn later changes nothing.
    """
    found = Rundown.objects.filter(show_id=show_id).select_related("show").first()
    return read(found) if found else None


def claims_of(*, show_id: int) -> tuple[ClaimRead, ...]:
    """Every claim a show makes, each once, in the order they are first said; empty without a plan."""
    plan = rundown_of(show_id=show_id)
    said = {claim.id: claim for segment in plan.segments for claim in segment.claims} if plan else {}
    return tuple(said.values())


def rundown_by_id(*, rundown_id: int) -> RundownRead:
    """The same by the plan's own number, templates included; raises `Rundown.DoesNotExist`."""
    return read(Rundown.objects.select_related("show").get(pk=rundown_id))


def read(rundown: Rundown) -> RundownRead:
    """A loaded plan, its show with it, as values."""
    return read_all([rundown])[0]


def read_all(rundowns: Sequence[Rundown]) -> list[RundownRead]:
    """Several loaded plans, their shows with them, in their order and in the queries of one."""
    rows: dict[int, list[Segment]] = {one.pk: [] for one in rundowns}
    found = Segment.objects.filter(rundown__in=rundowns, removed_at=None).order_by("rundown", "position", "pk")
    for row in found:
        rows[row.rundown_id].append(row)
    moments = {row.pk: _moments(one) for one in rundowns for row in rows[one.pk]}
    claims, steps = claims_by_segment(moments), last_steps(list(moments))
    authors = authors_by_segment(list(moments))
    return [_plan(one, rows[one.pk], claims, steps, authors) for one in rundowns]


def _moments(rundown: Rundown) -> Moments:
    return Moments(rundown.show.starts_at, rundown.show.ended_at) if rundown.show else Moments()


def _plan(
    rundown: Rundown,
    rows: Sequence[Segment],
    claims: Mapping[int, tuple[ClaimRead, ...]],
    steps: Mapping[int, tuple[StepRead, str]],
    authors: Mapping[int, frozenset[int]],
) -> RundownRead:
    times = roll([row.length_s for row in rows], slot_s=rundown.slot_s)
    again = duplicates({row.pk: row.product_id for row in rows})
    segments = tuple(
        _segment(
            row,
            place=place,
            starts_after_s=times.starts_s[place],
            claims=claims.get(row.pk, ()),
            step=steps.get(row.pk),
            authors=authors.get(row.pk, frozenset()),
            again=row.pk in again,
        )
        for place, row in enumerate(rows)
    )
    return RundownRead(
        id=rundown.pk,
        show_id=rundown.show_id,
        community_id=rundown.community_id,
        name_ru=rundown.name_ru,
        name_en=rundown.name_en,
        version=rundown.version,
        starts_at=rundown.show.starts_at if rundown.show else None,
        slot_s=times.slot_s,
        total_s=times.total_s,
        segments=segments,
    )


def wording_of(row: Segment) -> Wording:
    """The words of a segment as a value."""
    return Wording(
        kind=row.kind,
        title_ru=row.title_ru,
        title_en=row.title_en,
        length_s=row.length_s,
        product_id=row.product_id,
        beats=tuple(Beat(*beat) for beat in row.beats),
        props=row.props,
        offer=row.offer,
        fallback=row.fallback,
        target=row.target,
        target_unit=row.target_unit,
    )


def flash_plan_of(row: Segment) -> FlashPlan | None:
    """The flash deal a segment plans."""
    if row.flash_variant_id is None:
        return None
    return FlashPlan(
        variant_id=row.flash_variant_id,
        price_minor=row.flash_price_minor or 0,
        lowest_minor=row.flash_lowest_minor or 0,
        currency=row.flash_currency,
        quantity=row.flash_quantity or 0,
        per_person=row.flash_per_person or 0,
    )


def envelope_plan_of(row: Segment) -> EnvelopePlan | None:
    """The envelope a segment plans."""
    if not row.envelope_mode:
        return None
    return EnvelopePlan(mode=row.envelope_mode, total=row.envelope_total or 0, shares=row.envelope_shares or 0)


def _segment(
    row: Segment,
    *,
    place: int,
    starts_after_s: int,
    claims: tuple[ClaimRead, ...],
    step: tuple[StepRead, str] | None,
    authors: frozenset[int],
    again: bool,
) -> SegmentRead:
    wording, flash, envelope = wording_of(row), flash_plan_of(row), envelope_plan_of(row)
    now = fingerprint(content_of(wording, said_of(claims), flash=flash, envelope=envelope))
    taken, of = step or (None, "")
    state = state_of(
        step=taken.step if taken else "",
        of=of,
        now=now,
        is_checked=needs_check(kind=row.kind, product_id=row.product_id, claims=len(claims)),
        is_proven=all(claim.proven for claim in claims),
    )
    return SegmentRead(
        id=row.pk,
        position=place,
        kind=row.kind,
        title_ru=row.title_ru,
        title_en=row.title_en,
        starts_after_s=starts_after_s,
        length_s=row.length_s,
        product_id=row.product_id,
        beats=wording.beats,
        props=row.props,
        offer=row.offer,
        fallback=row.fallback,
        flash=flash,
        envelope=envelope,
        target=row.target,
        target_unit=row.target_unit,
        claims=claims,
        state=state,
        fingerprint=now,
        last_step=_told(taken, holds=of == now),
        author_ids=authors,
        repeats_product=again,
    )


def _told(step: StepRead | None, *, holds: bool) -> StepRead | None:
    if step is None:
        return None
    return StepRead(
        step=step.step,
        by_id=step.by_id,
        by_name=step.by_name,
        at=step.at,
        reason=step.reason,
        holds=holds,
        carried=step.carried,
    )


def content_read(segment: SegmentRead) -> dict[str, Any]:
    """Exactly what `segment.fingerprint` is for."""
    wording = Wording(
        kind=segment.kind,
        title_ru=segment.title_ru,
        title_en=segment.title_en,
        product_id=segment.product_id,
        beats=segment.beats,
        offer=segment.offer,
        fallback=segment.fallback,
    )
    return content_of(wording, said_of(segment.claims), flash=segment.flash, envelope=segment.envelope)
