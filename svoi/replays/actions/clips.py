"""Asking for a clip, having it cut, and what is written about it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.kernel.refused import SentBefore
from svoi.members.models import Member
from svoi.replays.events import ClipAsked, ClipFailed, ClipMade
from svoi.replays.models import Clip
from svoi.replays.queries import chapters_of_show, moment
from svoi.replays.rules import Span, admit_clip, clip_places
from svoi.shows.actions.locking import locked_show
from svoi.shows.providers.media import ClipCut, ClipUncut, media_backend


@atomic
def ask_clip(*, show_id: int, product_id: int, span: Span, reference: UUID, by: Member, at: datetime) -> Clip:
    """Ask for a clip of a chapter; the worker has it cut. The same reference is the same clip.

    Raises `RecordingNotOver`, `ClipLengthUnfit`, `NotExplained`, `ClipsFull`, `ClipsOfProductFull`, `SentBefore`.
    """
    show = locked_show(show_id)
    known = Clip.objects.filter(reference=reference).first()
    if known is not None:
        if (known.show_id, known.product_id, known.asked_by_id) != (show_id, product_id, by.pk):
            raise SentBefore()
        return known
    admit_clip(is_over=show.ended_at is not None, product_id=product_id, span=span, chapters=chapters_of_show(show))
    taken = list(show.clips.filter(failed_at=None).values_list("product_id", "place_of_show", "place_of_product"))
    of_show, of_product = clip_places(
        of_show={place for _, place, _ in taken}, of_product={place for pk, _, place in taken if pk == product_id}
    )
    clip = Clip.objects.create(
        show=show,
        product_id=product_id,
        reference=reference,
        begins_at=moment(span.begin_ms),
        ends_at=moment(span.end_ms),
        place_of_show=of_show,
        place_of_product=of_product,
        asked_by=by,
        asked_at=at,
    )
    record(ClipAsked(show_id=show_id, by_id=by.pk, clip_id=clip.pk, product_id=product_id))
    return clip


def make_clip(*, clip_id: int, at: datetime) -> None:
    """Have a clip cut, outside any transaction; one that is there already stays. Raises `MediaAway`: ask later."""
    clip = Clip.objects.get(pk=clip_id)
    if clip.state != "asked":
        return
    try:
        cut = media_backend().cut_clip(
            clip.show_id, clip.reference, begins_at=clip.begins_at, ends_at=clip.ends_at, at=at
        )
    except ClipUncut as uncut:
        _note_failed(clip_id=clip_id, code=uncut.code, at=at)
    else:
        _note_made(clip_id=clip_id, cut=cut, at=at)


@atomic
def _note_made(*, clip_id: int, cut: ClipCut, at: datetime) -> None:
    clip = Clip.objects.select_for_update().get(pk=clip_id)
    if clip.state != "asked":
        return
    clip.made_at, clip.cut_from, clip.cut_until, clip.size_bytes = at, cut.begins_at, cut.ends_at, cut.size_bytes
    clip.save(update_fields=["made_at", "cut_from", "cut_until", "size_bytes"])
    record(ClipMade(show_id=clip.show_id, clip_id=clip_id, size_bytes=cut.size_bytes))


@atomic
def _note_failed(*, clip_id: int, code: str, at: datetime) -> None:
    clip = Clip.objects.select_for_update().get(pk=clip_id)
    if clip.state != "asked":
        return
    clip.failed_at, clip.failed_for = at, code[:40]
    clip.save(update_fields=["failed_at", "failed_for"])
    record(ClipFailed(show_id=clip.show_id, clip_id=clip_id, code=clip.failed_for))
