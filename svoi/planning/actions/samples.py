"""The physical pieces that are shown: how many the house has, and who holds them for which show."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from svoi.catalog.models import Product
from svoi.communities.models import Community
from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.planning.actions.judging import judged, keep_accepted
from svoi.planning.actions.locking import hold_calendar, seen_slot
from svoi.planning.events import SamplesBooked
from svoi.planning.models import Sample, SampleBooking
from svoi.planning.queries.neighbours import plan_of
from svoi.planning.rules.terms import ProductElsewhere, read_term


@atomic
def say_samples(*, community: Community, product_id: int, pieces: int, by: Member, at: datetime) -> Sample:
    """How many pieces of a product the house keeps to be shown. Raises `ProductElsewhere`, `TermOutOfRange`."""
    hold_calendar(community=community, by=by)
    product = Product.objects.filter(pk=product_id, community=community).first()
    if product is None:
        raise ProductElsewhere()
    said = {"community": community, "pieces": read_term("pieces", pieces), "said_by": by, "said_at": at}
    sample, _ = Sample.objects.update_or_create(product=product, defaults=said)
    return sample


@atomic
def book_samples(
    *,
    slot_id: int,
    sample_id: int,
    pieces: int,
    holder: Member,
    by: Member,
    at: datetime,
    accepting: str = "",
) -> None:
    """Hold so many pieces for a show; none gives them back. The same again changes nothing.

    Raises `ProductElsewhere`, `TermOutOfRange`, `PlanDoubtful`, `PlanImpossible`, `SlotGone`, `ShowBegun`.
    """
    slot = seen_slot(slot_id=slot_id, by=by)
    sample = Sample.objects.filter(pk=sample_id, community_id=slot.community_id).first()
    if sample is None:
        raise ProductElsewhere()
    booked = SampleBooking.objects.filter(slot=slot, sample=sample)
    known = booked.first()
    if (known.pieces, known.holder_id) == (pieces, holder.pk) if known else not pieces:
        return
    wanted = {sample_id: read_term("pieces", pieces)} if pieces else {}
    plan = replace(plan_of(slot), studio_id=0, studio_community_id=slot.community_id, work=(), samples=wanted)
    doubts = judged(plan=plan, accepting=accepting)
    if pieces:
        held = {"pieces": pieces, "holder": holder, "booked_by": by, "booked_at": at}
        SampleBooking.objects.update_or_create(slot=slot, sample=sample, defaults=held)
    else:
        booked.delete()
    keep_accepted(slot=slot, conflicts=doubts, reason=accepting, by=by, at=at)
    told = {"product_id": sample.product_id, "pieces": pieces, "holder_id": holder.pk, "by_id": by.pk}
    record(SamplesBooked(show_id=slot.show_id, **told))
