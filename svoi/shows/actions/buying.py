"""Buying in a show: what she saw is what she gets, or a refusal that says what changed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from svoi.catalog.models import Variant
from svoi.communities.queries import belongs
from svoi.communities.rules import NotOneOfUs
from svoi.db.transaction import atomic
from svoi.kernel.money import Money
from svoi.members.models import Member
from svoi.orders.actions import place_order, put_in_cart
from svoi.orders.models import CartLine, Order
from svoi.orders.rules import Origin
from svoi.shows.models import Show
from svoi.shows.queries.pin import standing_pin
from svoi.shows.rules.buying import NotOffered, admit_buyer


@atomic
def buy_in_show(
    *,
    show_id: int,
    buyer: Member,
    variant_id: int,
    quantity: int,
    shown_price: Money,
    pickup_point_id: int,
    seen_pin_id: int | None,
    announced: bool,
    key: UUID,
    number: str,
    at: datetime,
    method: str = "",
    receipt_to: str = "",
) -> Order:
    """Order a product of this show's tray, by the pinned card (`seen_pin_id`) or from the bag.

    A tap whose order exists already gets that order back, even if the pin has moved since. Raises `NotOneOfUs`,
    `ShowNotLive`, `NothingPinned`, `PinMoved`, `NotOffered`, and all that `place_order` raises.
    """
    show = Show.objects.get(pk=show_id)
    if not belongs(community=show.community, member=buyer):
        raise NotOneOfUs()
    if not Order.objects.filter(buyer=buyer, key=key).exists():
        _admit(show, variant_id, seen_pin_id)
    return place_order(
        buyer=buyer,
        community_id=show.community_id,
        variant_id=variant_id,
        quantity=quantity,
        shown_price=shown_price,
        pickup_point_id=pickup_point_id,
        origin=Origin("show", show_id),
        announced=announced,
        key=key,
        number=number,
        at=at,
        method=method,
        receipt_to=receipt_to,
    )


@atomic
def lay_aside_in_show(
    *, show_id: int, member: Member, variant_id: int, quantity: int, shown_price: Money, at: datetime
) -> CartLine:
    """Lay a product of this show's tray into her cart; the show stays its origin.

    Raises `NotOneOfUs`, `ShowNotLive`, `NotOffered`, and all that `put_in_cart` raises.
    """
    show = Show.objects.get(pk=show_id)
    if not belongs(community=show.community, member=member):
        raise NotOneOfUs()
    _admit(show, variant_id, seen_pin_id=None)
    return put_in_cart(
        member=member,
        community_id=show.community_id,
        variant_id=variant_id,
        quantity=quantity,
        shown_price=shown_price,
        origin=Origin("show", show_id),
        at=at,
    )


def _admit(show: Show, variant_id: int, seen_pin_id: int | None) -> None:
    variant = Variant.objects.filter(pk=variant_id).first()
    if variant is None:
        raise NotOffered()
    pin = standing_pin(show.pk)
    # A pin seen for one product never buys another one.
    if seen_pin_id is not None and pin is not None and pin.pk == seen_pin_id and pin.product_id != variant.product_id:
        raise NotOffered()
    admit_buyer(
        stage=show.stage(),
        seen_pin_id=seen_pin_id,
        pin_id=pin.pk if pin else None,
        pinned_product_id=pin.product_id if pin else None,
        in_tray=show.tray.filter(product_id=variant.product_id).exists(),
    )
