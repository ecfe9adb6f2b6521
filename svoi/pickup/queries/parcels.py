"""Parcels by their subject and by their point, and the code of one."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from django.conf import settings

from svoi.db.transaction import required
from svoi.kernel.tokens import derive_key
from svoi.pickup.models import Parcel, PickupPoint
from svoi.pickup.models.parcels import ParcelQuerySet
from svoi.pickup.rules.codes import code_of
from svoi.pickup.rules.parcels import ParcelUnknown

PARCELS_MOST = 100
TRAVELLING_MOST = 2_000


def parcel_of(subject: str) -> Parcel | None:
    """The parcel that carries this subject, with its point."""
    return Parcel.objects.select_related("pickup_point").filter(subject=subject).first()


def parcels_of(subjects: Collection[str]) -> list[Parcel]:
    """The parcels that carry these subjects; one query however many."""
    return list(Parcel.objects.filter(subject__in=subjects))


def pickup_code(parcel: Parcel) -> str | None:
    """The code to show its buyer: only while the shop's own point waits for her with it.

    A carrier hands over by codes of its own.
    """
    return code_kept_for(parcel) if parcel.stage == "here" and not parcel.carrier else None


def parcels_at(
    *, pickup_point_id: int, stage: str, subjects: Collection[str] | None = None, most: int = PARCELS_MOST
) -> list[Parcel]:
    """Parcels of a point that are `coming`, `waiting`, `to_give_back` or `handed_over`, the most urgent first.

    With subjects: only those that carry one of them.
    """
    found = _at_stage(Parcel.objects.filter(pickup_point_id=pickup_point_id), stage)
    if subjects is not None:
        found = found.filter(subject__in=subjects)
    return list(found.select_related("pickup_point")[:most])


def travelling_parcels(*, carriers: Collection[str], most: int = TRAVELLING_MOST) -> list[int]:
    """Parcels at these carriers whose way is not over, the oldest first."""
    found = Parcel.objects.filter(carrier__in=carriers, handed_over_at=None, not_collected_at=None)
    return list(found.order_by("id").values_list("pk", flat=True)[:most])


def carrier_cities() -> list[tuple[int, str, str]]:
    """Which shop shows the points of which carrier in which city, as (community, carrier, city)."""
    points = PickupPoint.objects.exclude(carrier="").values_list("community_id", "carrier", "carrier_city")
    return list(points.distinct().order_by("community_id", "carrier", "carrier_city"))


def locked_parcel(parcel_id: int) -> Parcel:
    """The parcel, locked until the caller's transaction ends; raise `ParcelUnknown` when there is none."""
    required()
    found = Parcel.objects.select_for_update(of=("self",)).select_related("pickup_point")
    parcel = found.filter(pk=parcel_id).first()
    if parcel is None:
        raise ParcelUnknown()
    return parcel


def code_kept_for(parcel: Parcel) -> str:
    """The parcel's code, whether or not it may be shown."""
    return code_of(key=_code_key(settings.SECRET_KEY), parcel_id=parcel.pk, subject=parcel.subject)


def _at_stage(parcels: ParcelQuerySet, stage: str) -> ParcelQuerySet:
    match stage:
        case "coming":
            return parcels.coming().order_by("sent_at", "id")
        case "waiting":
            return parcels.waiting().order_by("keep_until", "id")
        case "to_give_back":
            return parcels.to_give_back().order_by("not_collected_at", "id")
        case "handed_over":
            return parcels.handed_over().order_by("-handed_over_at", "-id")
    raise LookupError(stage)


@cache
def _code_key(secret: str) -> bytes:
    return derive_key(secret, "pickup-code")
