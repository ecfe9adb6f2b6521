"""A point's counter as its worker sees it: parcels with the number of their order, and of the buyer one letter."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from svoi.members.models import Member
from svoi.orders.models import Order, OrderLine, Return, ReturnLine
from svoi.orders.queries import order_named
from svoi.orders.rules import NUMBER_LENGTH, order_id_in
from svoi.pickup.models import Parcel, PickupPoint, ReturnTaken
from svoi.pickup.queries import parcels_at

SECTIONS = ("waiting", "coming", "to_give_back", "handed_over")
FOUND_MOST = 30
SOUGHT_LETTERS_MAX = 40


@dataclass(frozen=True, slots=True)
class Row:
    """A parcel in a list. `order` is None for a subject that is no order."""

    parcel: Parcel
    order: Order | None

    @property
    def initial(self) -> str:
        """All that a worker needs to tell two buyers apart."""
        name = self.order.buyer.name.strip() if self.order else ""
        return f"{name[0].upper()}." if name else ""

    def is_late(self, at: datetime) -> bool:
        return self.parcel.stage == "here" and self.parcel.keep_until is not None and at > self.parcel.keep_until


@dataclass(frozen=True, slots=True)
class Counter:
    """The counter of one point: how many parcels each section has, and the rows of the one that is open."""

    point: PickupPoint
    section: str
    sought: str
    rows: list[Row]
    sizes: dict[str, int]
    elsewhere: PickupPoint | None = None


def points_worked_by(member: Member) -> QuerySet[PickupPoint]:
    """Points she works at, each with `waits`, the parcels that lie there now."""
    lying = Q(parcels__arrived_at__isnull=False, parcels__handed_over_at=None, parcels__not_collected_at=None)
    points = PickupPoint.objects.worked_by(member).filter(carrier="").select_related("community")
    return points.annotate(waits=Count("parcels", filter=lying)).order_by("closed_at", "city", "name", "pk")


def counter_of(point: PickupPoint, *, section: str, text: str) -> Counter:
    """One section, or everything at the point that fits the words."""
    sought = text[:SOUGHT_LETTERS_MAX].strip()
    sizes = _sizes(point)
    if not sought:
        rows = rows_of(parcels_at(pickup_point_id=point.pk, stage=section))
        return Counter(point=point, section=section, sought="", rows=rows, sizes=sizes)
    orders = list(_sought(Order.objects.filter(pickup_point=point), sought).order_by("-pk")[:FOUND_MOST])
    subjects = [order_named(order.pk) for order in orders]
    found = Parcel.objects.filter(pickup_point=point, subject__in=subjects).select_related("pickup_point")
    rows = rows_of(sorted(found, key=lambda parcel: _PLACES.index(parcel.stage)))
    elsewhere = None if rows else _other_point(point, sought)
    return Counter(point=point, section="", sought=sought, rows=rows, sizes=sizes, elsewhere=elsewhere)


def rows_of(parcels: Iterable[Parcel]) -> list[Row]:
    """Parcels with their orders, read at once."""
    listed = list(parcels)
    numbers = [order_id_in(parcel.subject) for parcel in listed]
    orders = Order.objects.select_related("buyer").in_bulk(numbers) if numbers else {}
    return [Row(parcel, orders.get(number)) for parcel, number in zip(listed, numbers, strict=True)]


def row_of(parcel: Parcel) -> Row:
    """One parcel with the lines of its order."""
    lines = Prefetch("lines", queryset=OrderLine.objects.order_by("pk"))
    orders = Order.objects.select_related("buyer").prefetch_related(lines)
    return Row(parcel, orders.filter(pk=order_id_in(parcel.subject)).first())


def returns_to_take(row: Row, taken: Collection[ReturnTaken]) -> list[Return]:
    """What her buyer may bring now: accepted returns with their lines, those left out that lie here already."""
    if row.order is None or row.parcel.stage != "handed_over":
        return []
    here = {one.claim for one in taken}
    lines = Prefetch("lines", queryset=ReturnLine.objects.select_related("order_line").order_by("pk"))
    accepted = Return.objects.open().filter(order=row.order, accepted_at__isnull=False)
    return [one for one in accepted.prefetch_related(lines).order_by("pk") if one.claim not in here]


# What a worker looks for most often stands first.
_PLACES = ("here", "sent", "prepared", "not_collected", "handed_over", "came_back")


def _sizes(point: PickupPoint) -> dict[str, int]:
    parcels = Parcel.objects.filter(pickup_point=point)
    return {
        "waiting": parcels.waiting().count(),
        "coming": parcels.coming().count(),
        "to_give_back": parcels.to_give_back().count(),
    }


def _sought(orders: QuerySet[Order], text: str) -> QuerySet[Order]:
    """Each word is the end of an order's number, or, when it is one letter, how the buyer's name begins."""
    for word in text.replace("№", " ").replace(".", " ").split():
        ends = Q(number__iendswith=word)
        orders = orders.filter(ends | Q(buyer__name__istartswith=word) if len(word) == 1 else ends)
    return orders.select_related("buyer")


def _other_point(point: PickupPoint, text: str) -> PickupPoint | None:
    """Where the parcel of a whole number is, when it is not here; a part of a number tells nothing."""
    number = text.replace("№", "").strip().upper()
    if len(number) != NUMBER_LENGTH:
        return None
    order = Order.objects.filter(number=number, community_id=point.community_id).exclude(pickup_point=point)
    found = order.select_related("pickup_point").first()
    return found.pickup_point if found else None
