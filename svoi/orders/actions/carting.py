"""A cart: things laid in, their number changed, things taken out. It reserves nothing."""

from __future__ import annotations

from datetime import datetime

from svoi.catalog.models import Variant
from svoi.catalog.rules import QUANTITY_MAX, NoLongerSold, admit_quantity
from svoi.db.transaction import atomic
from svoi.kernel.money import Money
from svoi.members.models import Member
from svoi.orders.models import CartLine
from svoi.orders.queries import lock_buyer
from svoi.orders.rules import Origin, admit_cart


@atomic
def put_in_cart(
    *,
    member: Member,
    community_id: int,
    variant_id: int,
    quantity: int,
    shown_price: Money,
    origin: Origin,
    at: datetime,
) -> CartLine:
    """Lay pieces in; more of what lies there adds up, up to what a person buys, at the price she saw last.

    Raises `QuantityOutOfRange`, `NoLongerSold`, `CartFull`.
    """
    admit_quantity(quantity)
    variant = Variant.objects.filter(
        pk=variant_id, community_id=community_id, withdrawn_at=None, product__withdrawn_at=None
    ).first()
    if variant is None:
        raise NoLongerSold(variant_id=variant_id)
    lock_buyer(member)
    line = CartLine.objects.filter(member=member, variant=variant).first()
    if line is None:
        admit_cart(lines=CartLine.objects.filter(member=member).count())
        return CartLine.objects.create(
            member=member,
            community_id=community_id,
            variant=variant,
            quantity=quantity,
            shown_minor=shown_price.minor,
            currency=shown_price.currency,
            origin_kind=origin.kind,
            origin_id=origin.id,
            added_at=at,
        )
    line.quantity = min(line.quantity + quantity, QUANTITY_MAX)
    line.shown_minor, line.currency = shown_price.minor, shown_price.currency
    line.save(update_fields=["quantity", "shown_minor", "currency"])
    return line


@atomic
def change_cart(*, member: Member, variant_id: int, quantity: int, shown_price: Money | None = None) -> int:
    """So many pieces of what lies there, none takes it out; returns how many lie there now.

    With a price: she has seen the new one. Raises `QuantityOutOfRange`.
    """
    lock_buyer(member)
    lines = CartLine.objects.filter(member=member, variant_id=variant_id)
    if quantity == 0:
        lines.delete()
        return 0
    admit_quantity(quantity)
    seen = {"shown_minor": shown_price.minor, "currency": shown_price.currency} if shown_price else {}
    return quantity if lines.update(quantity=quantity, **seen) else 0
