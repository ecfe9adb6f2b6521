"""Finding pickup points by whatever a person remembers of them and wishes for, as a list and for a map."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.db.models.lookups import Contains

from svoi.pickup.models import PickupPoint
from svoi.pickup.rules import FEATURES, search_words
from svoi.pickup.rules.hours import is_open, is_whole_day

POINTS_MOST = 20
ON_MAP_MOST = 5_000
ON_MAP = ("pk", "latitude", "longitude", "features", "address", "address_en")


@dataclass(frozen=True, slots=True)
class PointsOnMap:
    """What a map can show: rows with the names of `ON_MAP`, how many match, and how many of these have no place."""

    rows: list[Any]
    total: int
    without_place: int

    @property
    def left_out(self) -> int:
        return self.total - self.without_place - len(self.rows)


def search_points(
    *, community_id: int, text: str, wishes: Collection[str] = (), at: datetime | None = None, most: int = POINTS_MOST
) -> list[PickupPoint]:
    """Open points of the shop in which every word is found, in any order and either language, and every wish is met.

    Without words: the first points by city. `open_now` needs `at`. One query, two when hours are wished for.
    """
    found = _sought(community_id, text, wishes, at).defer("words")
    return list(found.order_by("city", "name", "id")[:most])


def points_on_map(
    *, community_id: int, text: str, wishes: Collection[str] = (), at: datetime | None = None, most: int = ON_MAP_MOST
) -> PointsOnMap:
    """The same points as `search_points` finds, as many as a map bears. Two queries, three with hours."""
    found = _sought(community_id, text, wishes, at)
    placed = Q(latitude__isnull=False, longitude__isnull=False)
    counted = found.aggregate(total=Count("pk"), placed=Count("pk", filter=placed))
    rows = list(found.filter(placed).order_by("city", "name", "id").values_list(*ON_MAP, named=True)[:most])
    return PointsOnMap(rows, counted["total"], counted["total"] - counted["placed"])


def local_time(point: PickupPoint, at: datetime) -> datetime:
    """The moment by the clock on the point's wall."""
    return _local(point.time_zone, at)


def _sought(community_id: int, text: str, wishes: Collection[str], at: datetime | None) -> QuerySet[PickupPoint]:
    points = PickupPoint.objects.filter(community_id=community_id, closed_at=None)
    for word in search_words(text):
        points = points.filter(Contains(F("words"), word))
    features = [wish for wish in wishes if wish in FEATURES]
    if features:
        points = points.filter(features__contains=features)
    if "open_now" in wishes or "whole_day" in wishes:
        points = points.filter(_keeping_hours(community_id, wishes, at))
    return points


def _keeping_hours(community_id: int, wishes: Collection[str], at: datetime | None) -> Q:
    """Which hours are the wished ones: read once for each way of writing them, not once for each point."""
    points = PickupPoint.objects.filter(community_id=community_id, closed_at=None).exclude(hours="")
    fitting: dict[str, list[str]] = {}
    for zone, hours in points.values_list("time_zone", "hours").distinct():
        if "whole_day" in wishes and not is_whole_day(hours):
            continue
        if "open_now" in wishes and (at is None or not is_open(hours, local=_local(zone, at))):
            continue
        fitting.setdefault(zone, []).append(hours)
    wanted = Q(pk__in=[])
    for zone, listed in fitting.items():
        wanted |= Q(time_zone=zone, hours__in=listed)
    return wanted


def _local(zone: str, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(zone or settings.TIME_ZONE))
