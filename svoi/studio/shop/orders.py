"""Orders of one shop, the newest first, page by page without counting through those before."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, Count, Exists, OuterRef, Q, Sum, Value
from django.db.models.functions import Cast, Concat

from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.orders.models import Order
from svoi.orders.models.order import OrderQuerySet
from svoi.orders.rules import NUMBER_LENGTH
from svoi.pickup.models import Parcel, PickupPoint
from svoi.studio.shop.asking import PAGE_ROWS, WantedOrders

SUMMED_MOST = 10_000
POINTS_OFFERED_MOST = 200
# Word for word the condition of the index `orders_under_way`, so that it serves every stage of these.
UNDER_WAY = Q(collected_at=None, cancelled_at=None, withdrawn_at=None)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order with its parcel, as one line tells it."""

    order: Order
    parcel: Parcel | None

    @property
    def progress(self) -> str:
        return progress_of(self.order, self.parcel)


@dataclass(frozen=True, slots=True)
class OrderList:
    """A page of orders, and what all that were found come to; `is_capped` when there are more than were summed."""

    rows: list[OrderRow]
    after: int | None
    found: int
    sum_minor: int
    is_capped: bool


def orders_wanted(*, place: Community, member: Member, wanted: WantedOrders) -> OrderQuerySet:
    """What fits the filters, only where this member keeps the shop; the newest first."""
    orders = Order.objects.kept_by(member).filter(community=place)
    if wanted.stage:
        orders = orders.filter(_at_stage(wanted.stage))
    if wanted.point_id:
        orders = orders.filter(pickup_point_id=wanted.point_id)
    if wanted.origin:
        orders = orders.filter(origin_kind=wanted.origin)
    if wanted.from_minor is not None:
        orders = orders.filter(total_minor__gte=wanted.from_minor)
    if wanted.to_minor is not None:
        orders = orders.filter(total_minor__lte=wanted.to_minor)
    for word in wanted.text.replace("№", " ").split():
        orders = orders.filter(_says(word))
    return orders.order_by("-placed_at", "-pk")


def order_list(*, place: Community, member: Member, wanted: WantedOrders, after: int | None) -> OrderList:
    """A page and its sums by three queries, by one more on a further page."""
    orders = orders_wanted(place=place, member=member, wanted=wanted)
    whole = orders.order_by()[: SUMMED_MOST + 1].aggregate(found=Count("pk"), minor=Sum("total_minor"))
    page = list(_older(orders, after).select_related("buyer", "pickup_point")[: PAGE_ROWS + 1])
    shown = page[:PAGE_ROWS]
    return OrderList(
        rows=rows_of(shown),
        after=shown[-1].pk if len(page) > PAGE_ROWS else None,
        found=min(whole["found"], SUMMED_MOST),
        sum_minor=whole["minor"] or 0,
        is_capped=whole["found"] > SUMMED_MOST,
    )


def rows_of(orders: list[Order]) -> list[OrderRow]:
    """Orders with their parcels, read at once."""
    parcels = {one.subject: one for one in Parcel.objects.filter(subject__in=[order.subject for order in orders])}
    return [OrderRow(order, parcels.get(order.subject)) for order in orders]


def progress_of(order: Order, parcel: Parcel | None) -> str:
    """How far an order has come, in one word for its keeper."""
    if order.stage in ("placed", "cancelled", "collected", "kept", "returned", "withdrawn"):
        return {"placed": "unpaid", "withdrawn": "called_off"}.get(order.stage, order.stage)
    if parcel is None:
        return "held" if order.stage == "held" else "to_pack"
    return {
        "prepared": "packed", "sent": "on_the_way", "here": "at_the_point", "handed_over": "collected",
    }.get(parcel.stage, "goes_back")  # fmt: skip


def points_offered(place: Community, *, chosen: int | None) -> list[PickupPoint]:
    """The shop's own points to choose from, and the one that is chosen though it be a carrier's."""
    mine = PickupPoint.objects.filter(community=place).filter(Q(carrier="") | Q(pk=chosen or 0))
    return list(mine.order_by("carrier", "closed_at", "city", "name", "pk")[:POINTS_OFFERED_MOST])


def _older(orders: OrderQuerySet, after: int | None) -> OrderQuerySet:
    """Those after one order; when there is no such order in this list's shop, all from the beginning."""
    last = orders.model.objects.filter(pk=after).values_list("placed_at", "community_id").first() if after else None
    if last is None:
        return orders
    return orders.filter(placed_at__lte=last[0]).exclude(placed_at=last[0], pk__gte=after)


def _says(word: str) -> Q:
    """A whole number, the end of one, or a part of the buyer's name."""
    name = Q(buyer__name__icontains=word)
    if len(word) == NUMBER_LENGTH and word.isascii() and word.isalnum():
        return name | Q(number=word.upper())
    return name | Q(number__iendswith=word)


def _at_stage(stage: str) -> Q:
    return {
        "to_pack": UNDER_WAY & Q(paid_at__isnull=False) & ~_parcel(),
        "held": UNDER_WAY & Q(held_at__isnull=False, paid_at=None),
        "packed": UNDER_WAY & _parcel(sent_at=None, arrived_at=None, not_collected_at=None),
        "on_the_way": UNDER_WAY & _parcel(sent_at__isnull=False, arrived_at=None, not_collected_at=None),
        "at_the_point": UNDER_WAY & _parcel(arrived_at__isnull=False, handed_over_at=None, not_collected_at=None),
        "collected": Q(collected_at__isnull=False, returned_at=None),
        "returned": Q(returned_at__isnull=False),
        "unpaid": UNDER_WAY & Q(paid_at=None, held_at=None),
        "cancelled": Q(cancelled_at__isnull=False) | Q(withdrawn_at__isnull=False),
    }[stage]


def _parcel(**moments: object) -> Q:
    """The parcel of the order is at these moments; no key leads to it, only the order's name as a subject."""
    subject = Concat(Value("order:"), Cast(OuterRef("pk"), CharField()))
    return Q(Exists(Parcel.objects.filter(subject=subject, **moments)))
