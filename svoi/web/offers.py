"""What a sheet offers: the product's variants at today's price and stock, and the points to collect at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone

from svoi.catalog.models import Product, Variant
from svoi.catalog.queries import picture_address
from svoi.catalog.rules import QUANTITY_MAX
from svoi.members.models import Member
from svoi.orders.models import Order
from svoi.pickup.models import PickupPoint
from svoi.pickup.queries import POINTS_MOST, search_points
from svoi.pickup.rules import known_wishes

FEW_LEFT = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """A variant that can be chosen, and how many pieces of it at most."""

    variant: Variant
    left: int
    picture: str

    @property
    def most(self) -> int:
        return min(self.left, QUANTITY_MAX)

    @property
    def few(self) -> int:
        """How many are left when that is worth saying."""
        return self.left if self.left <= FEW_LEFT else 0


def choices_of(product: Product) -> list[Choice]:
    """The variants that are sold, in the seller's order; two queries."""
    variants = product.variants.filter(withdrawn_at=None).select_related("stock").prefetch_related("pictures")
    return [
        Choice(
            variant,
            left=variant.stock.on_hand if hasattr(variant, "stock") else 0,
            picture=picture_address(next(iter(variant.pictures.all()), None)),
        )
        for variant in variants
    ]


def chosen_of(choices: list[Choice], wanted: int | None) -> Choice | None:
    """The wanted variant, else the cheapest that can be bought, else any."""
    by_id = {choice.variant.pk: choice for choice in choices}
    if wanted in by_id:
        return by_id[wanted]
    cheapest = sorted(choices, key=lambda choice: (choice.left == 0, choice.variant.price_minor))
    return cheapest[0] if cheapest else None


@dataclass(frozen=True, slots=True)
class PointsToChoose:
    """What a chooser shows: the points found, and what has to be said about the one she had chosen.

    `closed` is that point when it takes no parcels any more, `last` where she collected last time; `more` says that
    others match, too.
    """

    points: list[PickupPoint]
    text: str
    wishes: tuple[str, ...]
    more: bool
    closed: PickupPoint | None
    last: int | None

    def __iter__(self) -> Iterator[PickupPoint]:
        return iter(self.points)

    def __len__(self) -> int:
        return len(self.points)


def points_to_choose(
    *, community_id: int, text: str, chosen: int | None, wishes: Iterable[str] = (), last: int | None = None
) -> PointsToChoose:
    """Open points that match; the chosen one stands first whatever is looked for, unless it has closed."""
    wanted = known_wishes(wishes)
    found = search_points(community_id=community_id, text=text, wishes=wanted, at=timezone.now(), most=POINTS_MOST + 1)
    listed = found[:POINTS_MOST]
    kept = next((point for point in listed if point.pk == chosen), None)
    if kept is None and chosen is not None:
        kept = PickupPoint.objects.filter(community_id=community_id, pk=chosen).first()
    is_closed = kept is not None and kept.closed_at is not None
    others = [point for point in listed if point != kept]
    return PointsToChoose(
        points=others if kept is None or is_closed else [kept, *others],
        text=text,
        wishes=wanted,
        more=len(found) > POINTS_MOST,
        closed=kept if is_closed else None,
        last=last,
    )


def latest_point(*, buyer: Member, community_id: int) -> int | None:
    """Where she collected last time, so that she need not look for it again; it may have closed since."""
    orders = Order.objects.filter(buyer=buyer, community_id=community_id)
    return orders.order_by("-placed_at", "-pk").values_list("pickup_point_id", flat=True).first()
