"""What the clock brings: deals end, kept pieces whose time is over go back, and each piece finds its place once."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Sum

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.flash.actions.arming import close, give_back, locked_deal, told
from svoi.flash.events import FlashLapsed, FlashSettled
from svoi.flash.models import FlashClaim, FlashClosing, FlashDeal, FlashEnding, FlashFiring, FlashSettling
from svoi.flash.queries import deals_to_close, deals_to_settle

DEALS_AT_ONCE = 200
CLAIMS_AT_ONCE = 500


def close_deals(*, at: datetime, most: int = DEALS_AT_ONCE) -> int:
    """End deals whose time is over, one transaction each; return how many."""
    return sum(_close(deal_id=pk, at=at) for pk in deals_to_close(at=at, most=most))


def lapse_claims(*, at: datetime, most: int = DEALS_AT_ONCE) -> int:
    """Give back pieces that were kept in vain, one transaction a deal; return how many claims."""
    return sum(lapse_claims_of(deal_id=pk, at=at) for pk in deals_to_settle(at=at, most=most))


@atomic
def lapse_claims_of(*, deal_id: int, at: datetime, most: int = CLAIMS_AT_ONCE) -> int:
    """Give back what nobody paid in time; settle the deal when it is closed and nothing of it is open any more."""
    deal = FlashDeal.objects.select_related("variant").get(pk=deal_id)
    late = _late_claims(deal, at=at, most=most)
    if late:
        pieces = sum(claim.quantity for claim in late)
        FlashEnding.objects.bulk_create([FlashEnding(claim=claim, ended_at=at) for claim in late])
        give_back(deal, pieces)
        record(FlashLapsed(**told(deal), takers=len(late), returned=pieces))
    _settle(deal, at=at)
    return len(late)


@atomic
def _close(*, deal_id: int, at: datetime) -> bool:
    """Looked at again under the lock: it may have sold out, or been called off."""
    deal = locked_deal(deal_id)
    firing = FlashFiring.objects.get(deal=deal)
    if at < firing.ends_at or FlashClosing.objects.filter(deal=deal).exists():
        return False
    close(deal, closed_for="ended", by=None, at=at)
    return True


def _late_claims(deal: FlashDeal, *, at: datetime, most: int) -> list[FlashClaim]:
    """Locked, and looked at again under the lock; one that is being paid or kept longer this moment is left alone."""
    seen = FlashClaim.objects.filter(deal=deal).late(at=at).order_by("pk").values_list("pk", flat=True)[:most]
    locked = FlashClaim.objects.filter(pk__in=list(seen)).select_for_update(no_key=True, skip_locked=True)
    held = list(locked.order_by("pk").values_list("pk", flat=True))
    return list(FlashClaim.objects.filter(pk__in=held).late(at=at).order_by("pk"))


def _settle(deal: FlashDeal, *, at: datetime) -> None:
    closing = FlashClosing.objects.filter(deal=deal).first()
    claims = FlashClaim.objects.filter(deal=deal)
    if closing is None or claims.open().exists():
        return
    _, is_new = FlashSettling.objects.get_or_create(deal=deal, defaults={"settled_at": at})
    if is_new:
        pieces = claims.filter(ending__order__isnull=False).aggregate(ordered=Sum("quantity"))["ordered"] or 0
        record(FlashSettled(**told(deal), ordered=pieces, returned=deal.quantity - pieces))
