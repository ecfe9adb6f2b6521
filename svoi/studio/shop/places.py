"""The shop's pickup points, and the returns that wait for its word."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.orders.models import Return, ReturnLine
from svoi.pickup.models import PickupPoint
from svoi.studio.shop.asking import PAGE_ROWS


def points_wanted(*, place: Community, member: Member, section: str, text: str) -> QuerySet[PickupPoint]:
    """Points of this shop by their order in the book: its own that are open or closed, or the carriers'."""
    points = PickupPoint.objects.kept_by(member).filter(community=place)
    if section == "carrier":
        points = points.exclude(carrier="")
    elif section:
        points = points.filter(carrier="", closed_at__isnull=section == "open")
    for word in text.split():
        said = Q(code__icontains=word) | Q(name__icontains=word) | Q(city__icontains=word)
        points = points.filter(said | Q(address__icontains=word) | Q(metro__icontains=word))
    return points.order_by("pk")


def point_page(points: QuerySet[PickupPoint], *, after: int | None) -> tuple[list[PickupPoint], int | None]:
    """A page of points, each with `waits` and `coming`, the parcels that lie there and those on their way."""
    lying = Q(parcels__arrived_at__isnull=False, parcels__handed_over_at=None, parcels__not_collected_at=None)
    coming = Q(parcels__isnull=False, parcels__arrived_at=None, parcels__not_collected_at=None)
    counted = points.annotate(waits=Count("parcels", filter=lying), coming=Count("parcels", filter=coming))
    found: list[PickupPoint] = [*(counted.filter(pk__gt=after) if after else counted)[: PAGE_ROWS + 1]]
    shown = found[:PAGE_ROWS]
    return shown, shown[-1].pk if len(found) > PAGE_ROWS else None


def returns_wanted(*, place: Community, member: Member, section: str) -> QuerySet[Return]:
    """Returns that wait for the shop's word, or for their goods; those that wait longest first."""
    returns = Return.objects.kept_by(member).open().filter(order__community=place)
    returns = returns.filter(accepted_at__isnull=section != "accepted")
    lines = Prefetch("lines", ReturnLine.objects.select_related("order_line").order_by("id"))
    return returns.select_related("order__buyer", "order__pickup_point").prefetch_related(lines).order_by("pk")


def return_page(returns: QuerySet[Return], *, after: int | None) -> tuple[list[Return], int | None]:
    """A page by two queries, and from where the next one goes on."""
    found = list((returns.filter(pk__gt=after) if after else returns)[: PAGE_ROWS + 1])
    shown = found[:PAGE_ROWS]
    return shown, shown[-1].pk if len(found) > PAGE_ROWS else None


def days_since(moment: datetime, *, at: datetime) -> int:
    """Whole days somebody has waited."""
    return max(0, (at - moment).days)
