"""What the shop does with CDEK: points taken in, a parcel made up, news carried out."""

from __future__ import annotations

from svoi.consequences import carry_out
from svoi.db.models import OutboxEvent
from svoi.pickup.actions import import_carrier_points, prepare_parcel
from svoi.pickup.models import Parcel, PickupPoint
from svoi.pickup.providers.shape import Goods
from tests.cast import NOON

MOSCOW = "44"
GOODS = (Goods("Кружка", "K1", 2, 149_000, 400), Goods("Ложка", "L1", 1, 49_050, 60))


def imported(place, at=NOON):
    return import_carrier_points(community_id=place.pk, carrier="cdek", city=MOSCOW, at=at)


def at_cdek(place) -> Parcel:
    imported(place)
    point = PickupPoint.objects.filter(community=place).order_by("code").first()
    return prepare_parcel(subject="order:7", pickup_point_id=point.pk, at=NOON)


def deliver_news() -> None:
    """What the worker does."""
    for event in OutboxEvent.objects.filter(kind="carrier_told_news").order_by("id"):
        carry_out(event_id=event.pk, kind=event.kind, name="read again", payload=event.payload, at=NOON)
