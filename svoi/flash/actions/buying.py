"""Paying for kept pieces: the claim becomes an order at its own price, once; and more time to do so."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from svoi.db.transaction import atomic
from svoi.flash.models import FlashClaim, FlashEnding, FlashExtension
from svoi.flash.queries import claim_of
from svoi.flash.rules import ClaimOrdered, NothingTaken, admit_keeping, keep_until
from svoi.kernel.money import Money
from svoi.members.models import Member
from svoi.orders.actions import place_order
from svoi.orders.models import Order
from svoi.orders.queries import lock_buyer
from svoi.orders.rules import Origin


@atomic
def buy_taken(
    *,
    deal_id: int,
    buyer: Member,
    shown_price: Money,
    pickup_point_id: int,
    announced: bool,
    key: UUID,
    number: str,
    at: datetime,
    method: str = "",
    receipt_to: str = "",
) -> Order:
    """Order all that she took of a deal, at the deal's price; the show stays its origin.

    A tap whose order exists already gets that order back. Raises `NothingTaken`, `ClaimRanOut`, `ClaimOrdered`, and all
    that `place_order` raises.
    """
    lock_buyer(buyer)
    claim = _locked_claim(deal_id, buyer)
    ending = getattr(claim, "ending", None)
    if ending is None or ending.order is None or ending.order.key != key:
        _admit(claim, at=at)
    deal = claim.deal
    order = place_order(
        buyer=buyer,
        community_id=deal.community_id,
        variant_id=deal.variant_id,
        quantity=claim.quantity,
        shown_price=shown_price,
        pickup_point_id=pickup_point_id,
        origin=Origin("show", deal.show_id),
        announced=announced,
        key=key,
        number=number,
        at=at,
        method=method,
        receipt_to=receipt_to,
        promised=deal.price,
    )
    # A key that made another order before brings that one back, and the pieces stay where they are.
    if ending is None and order.number == number:
        FlashEnding.objects.create(claim=claim, order=order, ended_at=at)
    return order


@atomic
def extend_claim(*, deal_id: int, member: Member, at: datetime) -> datetime:
    """Keep her pieces a little longer; raises `NothingTaken`, `ClaimRanOut`, `ClaimOrdered`, `ExtendedEnough`."""
    claim = _locked_claim(deal_id, member)
    _admit(claim, at=at)
    extended = claim.extensions.count()
    until = keep_until(until=claim.kept_until, extended=extended, at=at)
    FlashExtension.objects.create(claim=claim, nth=extended + 1, until=until, extended_at=at)
    return until


def _locked_claim(deal_id: int, member: Member) -> FlashClaim:
    """The claim under lock, read again after it."""
    mine = FlashClaim.objects.filter(deal_id=deal_id, member=member)
    if not mine.select_for_update(no_key=True).first():
        raise NothingTaken()
    claim = claim_of(deal_id=deal_id, member_id=member.pk)
    assert claim is not None, "a claim is never removed"
    return claim


def _admit(claim: FlashClaim, *, at: datetime) -> None:
    ending = getattr(claim, "ending", None)
    if ending is not None and ending.order is not None:
        raise ClaimOrdered(number=ending.order.number)
    admit_keeping(is_over=ending is not None, until=claim.kept_until, offered=claim.deal.variant.price, at=at)
