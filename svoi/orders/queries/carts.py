"""A cart as its page shows it: what she saw, beside what is asked and left now."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum

from svoi.catalog.models import Variant
from svoi.catalog.queries import picture_address
from svoi.catalog.rules import QUANTITY_MAX
from svoi.communities.models import Community
from svoi.kernel.money import Money
from svoi.members.models import Member
from svoi.orders.models import CartLine


@dataclass(frozen=True, slots=True)
class CartRow:
    """One thing in a cart; `left` pieces can still be bought, none when it is no longer sold."""

    line: CartLine
    variant: Variant
    left: int
    picture: str

    @property
    def quantity(self) -> int:
        return self.line.quantity

    @property
    def price(self) -> Money:
        """What a piece costs now."""
        return self.variant.price

    @property
    def sum(self) -> Money:
        return self.price * self.line.quantity

    @property
    def price_moved(self) -> bool:
        """It costs something else than when she laid it in."""
        return self.price != self.line.shown_price

    @property
    def most(self) -> int:
        return min(self.left, QUANTITY_MAX)

    @property
    def can_be_bought(self) -> bool:
        return 1 <= self.line.quantity <= self.left


def cart_of(*, member: Member, community_id: int) -> list[CartRow]:
    """Her cart in one community, in the order things were laid in; two queries whatever its size."""
    lines = CartLine.objects.filter(member=member, community_id=community_id)
    found = lines.select_related("variant__product", "variant__stock").prefetch_related("variant__pictures")
    return [_row(line) for line in found.order_by("id")]


def cart_size(*, member: Member) -> int:
    """How many pieces lie in all her carts."""
    return CartLine.objects.filter(member=member).aggregate(pieces=Sum("quantity"))["pieces"] or 0


def carts_of(*, member: Member) -> list[tuple[Community, int]]:
    """The communities she has a cart in, with the pieces that lie there."""
    pieces = Sum("quantity")
    lying = dict(CartLine.objects.filter(member=member).values_list("community_id").annotate(pieces).order_by())
    return [(one, lying[one.pk]) for one in Community.objects.filter(pk__in=lying).order_by("pk")]


def _row(line: CartLine) -> CartRow:
    variant = line.variant
    sold = variant.withdrawn_at is None and variant.product.withdrawn_at is None
    left = variant.stock.on_hand if sold and hasattr(variant, "stock") else 0
    return CartRow(line, variant, left, picture_address(next(iter(variant.pictures.all()), None)))
