"""Flash deals of a show: prepared and set off by its crew for what is laid out, called off with its end."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from svoi.catalog.models import Variant
from svoi.db.transaction import atomic
from svoi.flash.actions import arm_deal, call_off, fire_deal
from svoi.flash.models import FlashClosing, FlashDeal, FlashFiring
from svoi.flash.queries import open_deal
from svoi.flash.rules import DealUnknown, Terms
from svoi.kernel.money import Money
from svoi.members.models import Member
from svoi.shows.actions.locking import locked_open_show, locked_show
from svoi.shows.models import Show
from svoi.shows.rules.airing import NotInTray, require_on_air


@atomic
def arm_in_show(
    *, show_id: int, variant_id: int, price: Money, terms: Terms, by: Member, key: UUID, at: datetime
) -> FlashDeal:
    """State a deal for a product of the tray.

    Raises `ShowEnded`, `ShowNotLive`, `NotInTray`, and all that `arm_deal` raises.
    """
    show = locked_open_show(show_id)
    require_on_air(show.stage())
    if not Variant.objects.filter(pk=variant_id, product__in=show.tray.values("product")).exists():
        raise NotInTray()
    return arm_deal(
        community_id=show.community_id,
        show_id=show_id,
        variant_id=variant_id,
        price=price,
        terms=terms,
        by=by,
        key=key,
        at=at,
    )


@atomic
def fire_in_show(*, show_id: int, deal_id: int, by: Member, at: datetime) -> FlashFiring:
    """The second press; raises `ShowEnded`, `ShowNotLive`, `DealUnknown` and what `fire_deal` does."""
    require_on_air(locked_open_show(show_id).stage())
    return fire_deal(deal_id=_of_show(show_id, deal_id), by=by, at=at)


@atomic
def call_off_in_show(*, show_id: int, deal_id: int, by: Member, at: datetime) -> FlashClosing:
    """End a deal of this show before its time; raises `DealUnknown`."""
    locked_show(show_id)
    return call_off(deal_id=_of_show(show_id, deal_id), by=by, at=at)


def call_off_standing(show: Show, *, by: Member, at: datetime) -> None:
    """With the end of a locked show nobody could take any more, so its deal ends; what was taken stays taken."""
    deal = open_deal(show_id=show.pk, at=at)
    if deal is not None:
        call_off(deal_id=deal.pk, by=by, at=at)


def _of_show(show_id: int, deal_id: int) -> int:
    if not FlashDeal.objects.filter(pk=deal_id, show_id=show_id).exists():
        raise DealUnknown()
    return deal_id
