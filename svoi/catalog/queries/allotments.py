"""What shows may sell, as it stands, and who said so."""

from __future__ import annotations

from collections.abc import Iterable

from svoi.catalog.models import Allotment, AllotmentChange
from svoi.catalog.rules.allotments import take_allotted


def allotments_of(*, show_id: int) -> dict[int, Allotment]:
    """What was allotted to a show, by product; a product that is not there has no limit."""
    return {one.product_id: one for one in Allotment.objects.filter(show_id=show_id)}


def latest_allotment_changes(*, show_id: int) -> dict[int, AllotmentChange]:
    """What was said last of each product of a show, by product; one query."""
    found = AllotmentChange.objects.filter(show_id=show_id).select_related("by")
    return {one.product_id: one for one in found.order_by("product_id", "-id").distinct("product_id")}


def shows_out_of(*, product_id: int, show_ids: Iterable[int]) -> set[int]:
    """Which of these shows have sold all they may of a product."""
    found = Allotment.objects.filter(product_id=product_id, show_id__in=list(show_ids))
    return {one.show_id for one in found if one.is_sold_out}


def admit_of_allotment(*, show_id: int, product_id: int, wanted: int) -> None:
    """Raise `AllotmentSoldOut` when the show may not sell so many now; whoever takes them asks again under the lock."""
    one = Allotment.objects.filter(show_id=show_id, product_id=product_id, closed_at=None).first()
    if one is not None:
        take_allotted(pieces=one.pieces, taken=one.taken, wanted=wanted, product_id=product_id)
