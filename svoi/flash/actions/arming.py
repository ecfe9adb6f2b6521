"""The two presses of a deal, and taking it back: prepared and stated, set off, called off."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from svoi.catalog.actions import return_stock, return_to_allotments, set_aside_stock, take_from_allotments
from svoi.catalog.models import Variant
from svoi.catalog.queries import admit_of_allotment
from svoi.catalog.rules import NoLongerSold
from svoi.db.outbox import record, wake_relay
from svoi.db.transaction import atomic
from svoi.flash.events import FlashArmed, FlashFired, FlashOver
from svoi.flash.models import FlashClosing, FlashDeal, FlashFiring
from svoi.flash.queries import flash_facts, free_pieces, gone_of, lowest_asked, open_deal
from svoi.flash.rules import Terms, admit_arming, admit_firing, opens_and_ends
from svoi.kernel.money import Money
from svoi.members.models import Member


@atomic
def arm_deal(
    *,
    community_id: int,
    show_id: int,
    variant_id: int,
    price: Money,
    terms: Terms,
    by: Member,
    key: UUID,
    at: datetime,
) -> FlashDeal:
    """Prepare a deal and state what it will do; nothing happens to the room or to stock. The same key is the same deal.

    The caller holds the show's lock. Raises `DealUnderWay`, `TermUnfit`, `PriceNotLower`, `OutOfStock`,
    `AllotmentSoldOut`, `NoLongerSold`.
    """
    known = FlashDeal.objects.filter(armed_by=by, key=key).first()
    if known is not None:
        return known
    sold = Variant.objects.filter(withdrawn_at=None, product__withdrawn_at=None, community_id=community_id)
    variant = sold.filter(pk=variant_id).first()
    if variant is None:
        raise NoLongerSold(variant_id=variant_id)
    lowest = lowest_asked(variant=variant, at=at)
    is_free = open_deal(show_id=show_id, at=at) is None
    admit_arming(terms, price=price, lowest=lowest, left=free_pieces(variant_id=variant_id), is_free=is_free)
    admit_of_allotment(show_id=show_id, product_id=variant.product_id, wanted=terms.quantity)
    deal = FlashDeal.objects.create(
        community_id=community_id,
        show_id=show_id,
        variant=variant,
        price_minor=price.minor,
        lowest_minor=lowest.minor,
        currency=price.currency,
        **terms.as_columns(),
        armed_by=by,
        armed_at=at,
        key=key,
    )
    stated = {"variant_id": variant_id, "price_minor": price.minor, "lowest_minor": lowest.minor}
    record(FlashArmed(**told(deal), by_id=by.pk, quantity=terms.quantity, **stated))
    return deal


@atomic
def fire_deal(*, deal_id: int, by: Member, at: datetime) -> FlashFiring:
    """Take all its pieces out of free stock and let the room count down; twice is once.

    The caller holds the show's lock. Raises `DealCalledOff`, `ArmedTooLong`, `DealUnderWay`, `LowestMoved`,
    `OutOfStock`, `AllotmentSoldOut`, `NoLongerSold`.
    """
    deal = locked_deal(deal_id)
    fired = FlashFiring.objects.filter(deal=deal).first()
    if fired is not None:
        return fired
    other = open_deal(show_id=deal.show_id, at=at)
    admit_firing(
        armed_at=deal.armed_at,
        is_closed=FlashClosing.objects.filter(deal=deal).exists(),
        is_free=other is None or other.pk == deal.pk,
        stated=deal.lowest,
        lowest=lowest_asked(variant=deal.variant, at=at),
        at=at,
    )
    # The whole deal at once, so that whoever takes pieces of it afterwards asks neither stock nor allotment.
    set_aside_stock(variant_id=deal.variant_id, quantity=deal.quantity)
    take_from_allotments(show_id=deal.show_id, wanted={deal.variant.product_id: deal.quantity})
    opens_at, ends_at = opens_and_ends(countdown_s=deal.countdown_s, runs_s=deal.runs_s, at=at)
    firing = FlashFiring.objects.create(deal=deal, fired_by=by, fired_at=at, opens_at=opens_at, ends_at=ends_at)
    record(FlashFired(community_id=deal.community_id, show_id=deal.show_id, by_id=by.pk, **flash_facts(deal)))
    wake_relay()
    return firing


@atomic
def call_off(*, deal_id: int, by: Member, at: datetime) -> FlashClosing:
    """End a deal before its time. What nobody took goes back; what somebody took stays hers. Over already is over."""
    deal = locked_deal(deal_id)
    closing = FlashClosing.objects.filter(deal=deal).first()
    if closing is not None:
        return closing
    return close(deal, closed_for="called_off", by=by, at=at)


def close(deal: FlashDeal, *, closed_for: str, by: Member | None, at: datetime) -> FlashClosing:
    """End a locked deal; the room learns of it when it learned of the deal."""
    is_fired = FlashFiring.objects.filter(deal=deal).exists()
    left = deal.quantity - gone_of(deal) if is_fired else 0
    if left:
        give_back(deal, left)
    if is_fired:
        record(FlashOver(**told(deal), closed_for=closed_for, returned=left))
        wake_relay()
    return FlashClosing.objects.create(deal=deal, closed_for=closed_for, returned=left, closed_by=by, closed_at=at)


def give_back(deal: FlashDeal, pieces: int) -> None:
    """Pieces of a deal go back to free stock, and to what its show may sell."""
    return_stock(variant_id=deal.variant_id, quantity=pieces)
    return_to_allotments(show_id=deal.show_id, back={deal.variant.product_id: pieces})


def locked_deal(deal_id: int) -> FlashDeal:
    """Whoever takes pieces holds this lock until commit: what is left is counted after the last of them."""
    deals = FlashDeal.objects.select_related("variant__product")
    return deals.select_for_update(no_key=True, of=("self",)).get(pk=deal_id)


def told(deal: FlashDeal) -> dict[str, int]:
    """The fields of a `FlashEvent`."""
    return {"deal_id": deal.pk, "community_id": deal.community_id, "show_id": deal.show_id}
