"""What a show may sell of a product: stated, tightened, taken by sales and given back by what falls away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from svoi.catalog.events import AllotmentChanged, AllotmentRanOut, AllotmentReturned
from svoi.catalog.models import Allotment, AllotmentChange, Stock
from svoi.catalog.rules.allotments import AllotmentUnstated, admit_allotment, take_allotted, tighten_to
from svoi.db.outbox import record, wake_relay
from svoi.db.transaction import atomic, required
from svoi.members.models import Member


@atomic
def state_allotment(
    *, show_id: int, product_id: int, pieces: int, gone: int, reason: str, by: Member, at: datetime
) -> Allotment:
    """Allot so many pieces, from what is taken and what is free; the same number again changes nothing.

    `gone` is what the show has taken so far of a product nothing was allotted of yet; the caller counted it while it
    held the product's stock (`hold_stock_of`). Raises `AllotmentUnfit`.
    """
    free, allotment = _locked(show_id, product_id)
    taken = gone if allotment is None else allotment.taken
    admit_allotment(pieces=pieces, taken=taken, free=free)
    before = None if allotment is None else allotment.pieces
    return _change(show_id, product_id, "set", before=before, pieces=pieces, taken=taken, reason=reason, by=by, at=at)


@atomic
def tighten_allotment(
    *, show_id: int, product_id: int, pieces: int, reason: str, by: Member, at: datetime
) -> Allotment:
    """Leave so many pieces of those allotted, or what is taken when that is more; the same again changes nothing.

    Raises `AllotmentUnstated`, `AllotmentOnlyTightens`.
    """
    _free, allotment = _locked(show_id, product_id)
    if allotment is None:
        raise AllotmentUnstated()
    before, taken = allotment.pieces, allotment.taken
    left = tighten_to(wanted=pieces, stands=before, taken=taken)
    return _change(
        show_id, product_id, "tightened", before=before, pieces=left, taken=taken, reason=reason, by=by, at=at
    )


def take_from_allotments(*, show_id: int, wanted: Mapping[int, int]) -> None:
    """Take pieces by product out of what the show may sell; what nothing was allotted of has no limit, nor has what is
    sold after the end of the show.

    Call it after the stock of all of them was taken: whoever states an allotment waits for stock first, and two orders
    take theirs in one order of products. Raises `AllotmentSoldOut`.
    """
    required()
    for one in _all_locked(show_id, wanted):
        asked = wanted[one.product_id]
        one.taken = take_allotted(pieces=one.pieces, taken=one.taken, wanted=asked, product_id=one.product_id)
        one.save(update_fields=["taken"])
        if one.is_sold_out:
            record(AllotmentRanOut(show_id=show_id, product_id=one.product_id))


def return_to_allotments(*, show_id: int, back: Mapping[int, int]) -> None:
    """Give back pieces by product that the show had taken, after their stock was given back; after its end nothing."""
    required()
    for one in _all_locked(show_id, back):
        was_sold_out = one.is_sold_out
        one.taken -= back[one.product_id]
        one.save(update_fields=["taken"])
        if was_sold_out:
            record(AllotmentReturned(show_id=show_id, product_id=one.product_id))


def close_allotments(*, show_id: int, at: datetime) -> None:
    """The show is over: what is sold of its recording is limited by stock alone, and the books of the show stay."""
    required()
    held = [one.pk for one in _open_of(show_id).order_by("product_id")]
    Allotment.objects.filter(pk__in=held).update(closed_at=at)


def hold_stock_of(*, product_id: int) -> int:
    """Lock the stock of all variants of a product until the end of the transaction; the pieces that are free.

    Nobody takes or gives back any of it meanwhile, so that what is counted beside it stays true.
    """
    required()
    held = Stock.objects.select_for_update(of=("self",)).filter(variant__product_id=product_id)
    return sum(
        stock.on_hand
        for stock in held.select_related("variant__product").order_by("variant_id")
        if stock.variant.withdrawn_at is None and stock.variant.product.withdrawn_at is None
    )


def _change(
    show_id: int,
    product_id: int,
    deed: str,
    *,
    before: int | None,
    pieces: int,
    taken: int,
    reason: str,
    by: Member,
    at: datetime,
) -> Allotment:
    allotments = Allotment.objects.filter(show_id=show_id, product_id=product_id)
    if pieces == before:
        return allotments.get()
    AllotmentChange.objects.create(
        show_id=show_id,
        product_id=product_id,
        deed=deed,
        before=before,
        pieces=pieces,
        taken=taken,
        reason=reason,
        by=by,
        at=at,
    )
    told = {"show_id": show_id, "product_id": product_id, "pieces": pieces, "taken": taken, "by_id": by.pk}
    record(AllotmentChanged(**told, deed=deed, stood=before, reason=reason))
    was_left = None if before is None else before - taken
    if pieces == taken and was_left != 0:
        record(AllotmentRanOut(show_id=show_id, product_id=product_id))
    elif pieces > taken and was_left == 0:
        record(AllotmentReturned(show_id=show_id, product_id=product_id))
    wake_relay()
    return allotments.get()


def _locked(show_id: int, product_id: int) -> tuple[int, Allotment | None]:
    # Stock first, as whoever sells does, so that the two never wait in a circle.
    free = hold_stock_of(product_id=product_id)
    return free, Allotment.objects.select_for_update().filter(show_id=show_id, product_id=product_id).first()


def _all_locked(show_id: int, products: Mapping[int, int]) -> list[Allotment]:
    return list(_open_of(show_id).filter(product_id__in=products).order_by("product_id"))


def _open_of(show_id: int) -> QuerySet[Allotment]:
    return Allotment.objects.select_for_update().filter(show_id=show_id, closed_at=None)
