"""Plans that come from others: templates, a plan for another show, a series that follows its first show."""

from __future__ import annotations

from datetime import datetime

from svoi.catalog.models import Variant
from svoi.db.transaction import atomic
from svoi.flash.queries import lowest_asked_of
from svoi.members.models import Member
from svoi.rundowns.actions.locking import locked_rundown, write_down
from svoi.rundowns.actions.planning import open_rundown
from svoi.rundowns.actions.writing import no_flash
from svoi.rundowns.models import Rundown, Segment, SegmentAuthor, SegmentClaim, StoryStep
from svoi.rundowns.queries import content_read, read
from svoi.rundowns.rules import (
    TITLE_LENGTH_MAX,
    RundownNotEmpty,
    RundownUnknown,
    line,
    required_line,
)
from svoi.shows.models import Show

COPIED = (
    "position", "kind", "title_ru", "title_en", "length_s", "product_id", "beats", "props", "offer", "fallback",
    "target", "target_unit", "flash_variant_id", "flash_price_minor", "flash_lowest_minor", "flash_currency",
    "flash_quantity", "flash_per_person", "envelope_mode", "envelope_total", "envelope_shares",
)  # fmt: skip


@atomic
def make_template(*, rundown_id: int, name_ru: str, name_en: str, by: Member, at: datetime) -> Rundown:
    """Keep a plan under a name, also that of a show that is over; raises `WordsMissing`, `WordsTooLong`."""
    source = _source(rundown_id)
    template = Rundown.objects.create(
        template_of_id=source.community_id,
        name_ru=required_line("name_ru", name_ru, TITLE_LENGTH_MAX),
        name_en=line("name_en", name_en, TITLE_LENGTH_MAX),
        made_at=at,
    )
    _copy(source, template, by=by, at=at)
    return template


@atomic
def retire_template(*, rundown_id: int, at: datetime) -> None:
    """Offer a template no longer; plans made from it stay. Raises `RundownUnknown`."""
    template = locked_rundown(rundown_id=rundown_id)
    if template.show_id is not None:
        raise RundownUnknown()
    template.retired_at = at
    template.save(update_fields=["retired_at"])


@atomic
def copy_rundown(*, rundown_id: int, show_id: int, by: Member | None, at: datetime) -> Rundown:
    """Begin a show's plan from a template or from another show's plan of the same community.

    Planned deals keep their price only while it is still below the lowest price, read anew; otherwise the deal is left
    out. An approval comes along only where words and evidence are the same and the evidence lasts until this show.
    Raises `RundownNotEmpty`, `RundownUnknown`, `ShowEnded`.
    """
    target = open_rundown(show_id=show_id, by=by, at=at)
    target = locked_rundown(rundown_id=target.pk)
    source = _source(rundown_id)
    if source.community_id != target.community_id or source.pk == target.pk:
        raise RundownUnknown()
    if Segment.objects.filter(rundown=target, removed_at=None).exists():
        raise RundownNotEmpty()
    _copy(source, target, by=by, at=at)
    return target


@atomic
def clone_rundown(*, from_show_id: int, show_id: int, by: Member | None, at: datetime) -> Rundown:
    """`copy_rundown` by the shows' own numbers; raises `RundownUnknown` when the first has no plan."""
    rundown_id = Rundown.objects.filter(show_id=from_show_id).values_list("pk", flat=True).first()
    if rundown_id is None:
        raise RundownUnknown()
    return copy_rundown(rundown_id=rundown_id, show_id=show_id, by=by, at=at)


@atomic
def follow_plan(*, show_id: int, from_show_id: int, at: datetime) -> bool:
    """A show planned after another begins with its rundown; whether it did. Repeating it changes nothing.

    Where somebody has begun to plan, where the other has no plan, and when the show is over nothing is done.
    """
    show = Show.objects.select_for_update(no_key=True).get(pk=show_id)
    source = Rundown.objects.filter(show_id=from_show_id, show__community_id=show.community_id).first()
    planned = Segment.objects.filter(rundown__show_id=show_id).exists()
    if source is None or planned or show.ended_at is not None or show_id == from_show_id:
        return False
    if not Segment.objects.filter(rundown=source, removed_at=None).exists():
        return False
    copy_rundown(rundown_id=source.pk, show_id=show_id, by=None, at=at)
    return True


def _source(rundown_id: int) -> Rundown:
    found = Rundown.objects.filter(pk=rundown_id, retired_at=None).select_related("show").first()
    if found is None:
        raise RundownUnknown()
    return found


def _copy(source: Rundown, target: Rundown, *, by: Member | None, at: datetime) -> None:
    rows = list(Segment.objects.filter(rundown=source, removed_at=None).order_by("position", "pk"))
    made = [Segment(rundown=target, copied_from=row, **{name: getattr(row, name) for name in COPIED}) for row in rows]
    _read_prices_anew(made, at=at)
    Segment.objects.bulk_create(made)
    into = {row.pk: copy.pk for row, copy in zip(rows, made, strict=True)}
    said = SegmentClaim.objects.filter(segment__in=rows).order_by("pk").values_list("segment_id", "claim_id")
    SegmentClaim.objects.bulk_create([SegmentClaim(segment_id=into[one], claim_id=claim) for one, claim in said])
    hands = SegmentAuthor.objects.filter(segment__in=rows).values_list("segment_id", "member_id")
    SegmentAuthor.objects.bulk_create(
        [SegmentAuthor(segment_id=into[one], member_id=member, wrote_at=at) for one, member in hands]
    )
    target.slot_s = source.slot_s
    target.save(update_fields=["slot_s"])
    write_down(rundown=target, deed="copied", by=by, at=at)
    if target.show_id is not None:
        _carry_approvals(target, {copy: row for row, copy in into.items()}, at=at)


def _read_prices_anew(made: list[Segment], *, at: datetime) -> None:
    """A deal that would be no deal any more is left out, so that nobody announces it."""
    ids = {row.flash_variant_id for row in made if row.flash_variant_id is not None}
    sold = list(Variant.objects.filter(pk__in=ids, withdrawn_at=None, product__withdrawn_at=None))
    lowest = lowest_asked_of(sold, at=at)
    for row in made:
        if row.flash_variant_id is None:
            continue
        now = lowest.get(row.flash_variant_id)
        if now is None or now.currency != row.flash_currency or (row.flash_price_minor or 0) >= now.minor:
            for name, value in no_flash().items():
                setattr(row, name, value)
        else:
            row.flash_lowest_minor = now.minor


def _carry_approvals(target: Rundown, came_from: dict[int, int], *, at: datetime) -> None:
    """An approval is for words and proofs, not for a show: it comes along where both are the same and still hold."""
    latest = StoryStep.objects.filter(segment__in=came_from.values()).order_by("segment", "-pk").distinct("segment")
    steps = {step.segment_id: step for step in latest}
    for segment in read(target).segments:
        step = steps.get(came_from[segment.id])
        if step is None or step.step != "approved" or step.fingerprint != segment.fingerprint or segment.unproven:
            continue
        StoryStep.objects.create(
            segment_id=segment.id,
            step="approved",
            fingerprint=segment.fingerprint,
            content=content_read(segment),
            version=target.version,
            by_id=step.by_id,
            at=at,
            carried_from=step,
        )
