"""Writing segments: added, edited with the version that was seen, taken out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from svoi.catalog.models import Product, Variant
from svoi.catalog.rules import NoLongerSold
from svoi.db.transaction import atomic
from svoi.envelopes.rules import MODES
from svoi.flash.queries import lowest_asked
from svoi.flash.rules import PriceNotLower
from svoi.members.models import Member
from svoi.rundowns.actions.locking import (
    lend_a_hand,
    locked_rundown,
    refuse_stale,
    seen_since,
    segment_in,
    segments_in_order,
    write_down,
)
from svoi.rundowns.models import Rundown, Segment
from svoi.rundowns.rules import (
    SEGMENTS_MAX,
    EnvelopePlan,
    FlashWish,
    SegmentUnknown,
    Wording,
    admit_envelope,
    admit_segment,
    admit_wording,
    changes_of_words,
    require_number,
)
from svoi.shows.rules.airing import TRAY_ITEMS_MAX

PIECES_MAX = 10_000


@atomic
def add_segment(
    *,
    rundown_id: int,
    wording: Wording,
    by: Member,
    at: datetime,
    before: int | None = None,
    flash: FlashWish | None = None,
    envelope: EnvelopePlan | None = None,
) -> Segment:
    """One more segment, in front of another or at the end. It writes over nothing, so it carries no version.

    Raises what is wrong with the words, `NoLongerSold`, `PriceNotLower`, `SegmentUnknown`, `TooManySegments`,
    `TooManyProducts`, `ShowEnded`.
    """
    rundown = locked_rundown(rundown_id=rundown_id)
    rows = segments_in_order(rundown=rundown)
    columns = _columns(rundown, wording, flash, envelope, at=at)
    _admit(rows, product_id=columns["product_id"], more=1)
    place = len(rows) if before is None else next((n for n, row in enumerate(rows) if row.pk == before), -1)
    if place < 0:
        raise SegmentUnknown()
    for row in rows[place:]:
        row.position = (row.position or 0) + 1
    Segment.objects.bulk_update(rows[place:], ["position"])
    segment = Segment.objects.create(rundown=rundown, position=place, **columns)
    lend_a_hand(segments=[segment], by=by, at=at)
    write_down(rundown=rundown, deed="added", by=by, at=at, segment=segment)
    return segment


@atomic
def edit_segment(
    *,
    rundown_id: int,
    segment_id: int,
    seen: int,
    wording: Wording,
    by: Member,
    at: datetime,
    flash: FlashWish | None = None,
    envelope: EnvelopePlan | None = None,
) -> Segment:
    """Write a segment anew, all of it; `seen` is the plan's version the writer began from.

    Raises `RundownStale` when somebody changed the same segment since, and what `add_segment` raises. Other words than
    those approved make it a draft by themselves: an approval names the words it is for.
    """
    rundown = locked_rundown(rundown_id=rundown_id)
    met = changes_of_words(seen_since(rundown=rundown, seen=seen), seen=seen, segment_id=segment_id)
    refuse_stale(rundown=rundown, met=met)
    segment = segment_in(rundown=rundown, segment_id=segment_id)
    columns = _columns(rundown, wording, flash, envelope, at=at, before=segment)
    changed = [name for name, value in columns.items() if getattr(segment, name) != value]
    if not changed:
        return segment
    others = [row for row in segments_in_order(rundown=rundown) if row.pk != segment.pk]
    _admit(others, product_id=columns["product_id"], more=1)
    for name in changed:
        setattr(segment, name, columns[name])
    segment.save(update_fields=changed)
    lend_a_hand(segments=[segment], by=by, at=at)
    write_down(rundown=rundown, deed="edited", by=by, at=at, segment=segment, names={name[:20] for name in changed})
    return segment


@atomic
def remove_segment(*, rundown_id: int, segment_id: int, seen: int, by: Member, at: datetime) -> None:
    """Take a segment out; the others close ranks, and its words stay on record. Raises `RundownStale`."""
    rundown = locked_rundown(rundown_id=rundown_id)
    met = changes_of_words(seen_since(rundown=rundown, seen=seen), seen=seen, segment_id=segment_id)
    refuse_stale(rundown=rundown, met=met)
    segment = segment_in(rundown=rundown, segment_id=segment_id)
    segment.position, segment.removed_at = None, at
    segment.save(update_fields=["position", "removed_at"])
    rows = segments_in_order(rundown=rundown)
    for place, row in enumerate(rows):
        row.position = place
    Segment.objects.bulk_update(rows, ["position"])
    write_down(rundown=rundown, deed="removed", by=by, at=at, segment=segment)


def _admit(others: list[Segment], *, product_id: int | None, more: int) -> None:
    products = {row.product_id for row in others} | {product_id}
    admit_segment(segments=len(others) + more, products=len(products - {None}), products_max=TRAY_ITEMS_MAX)
    assert len(others) <= SEGMENTS_MAX


def _columns(
    rundown: Rundown,
    wording: Wording,
    flash: FlashWish | None,
    envelope: EnvelopePlan | None,
    *,
    at: datetime,
    before: Segment | None = None,
) -> dict[str, Any]:
    """Everything a form can change, as columns; raises what does not fit."""
    words = admit_wording(wording)
    product_id = words.product_id
    if product_id is not None and (before is None or before.product_id != product_id):
        sold = Product.objects.filter(pk=product_id, community_id=rundown.community_id, withdrawn_at=None)
        if not sold.exists():
            raise NoLongerSold(product_id=product_id)
    given = admit_envelope(envelope, MODES) if envelope else None
    return {
        "kind": words.kind,
        "title_ru": words.title_ru,
        "title_en": words.title_en,
        "length_s": words.length_s,
        "product_id": product_id,
        "beats": [list(beat) for beat in words.beats],
        "props": words.props,
        "offer": words.offer,
        "fallback": words.fallback,
        "target": words.target,
        "target_unit": words.target_unit,
        **_flash_columns(rundown, flash, at=at),
        "envelope_mode": given.mode if given else "",
        "envelope_total": given.total if given else None,
        "envelope_shares": given.shares if given else None,
    }


def _flash_columns(rundown: Rundown, wish: FlashWish | None, *, at: datetime) -> dict[str, Any]:
    if wish is None:
        return no_flash()
    sold = Variant.objects.filter(withdrawn_at=None, product__withdrawn_at=None, community_id=rundown.community_id)
    variant = sold.filter(pk=wish.variant_id).first()
    if variant is None:
        raise NoLongerSold(variant_id=wish.variant_id)
    require_number("flash_quantity", wish.quantity, least=1, most=PIECES_MAX)
    require_number("flash_per_person", wish.per_person, least=1, most=min(wish.quantity, 20))
    lowest = lowest_asked(variant=variant, at=at)
    if not 0 < wish.price_minor < lowest.minor:
        raise PriceNotLower(lowest_minor=lowest.minor, currency=lowest.currency)
    return {
        "flash_variant_id": variant.pk,
        "flash_price_minor": wish.price_minor,
        "flash_lowest_minor": lowest.minor,
        "flash_currency": lowest.currency,
        "flash_quantity": wish.quantity,
        "flash_per_person": wish.per_person,
    }


def no_flash() -> dict[str, Any]:
    """The columns of a segment without a planned deal."""
    return {
        "flash_variant_id": None,
        "flash_price_minor": None,
        "flash_lowest_minor": None,
        "flash_currency": "",
        "flash_quantity": None,
        "flash_per_person": None,
    }
