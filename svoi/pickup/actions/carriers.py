"""What a carrier tells us: kept, read again at the carrier, and carried over to parcels and points."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.pickup.actions.points import PointsImported, import_points, take_point
from svoi.pickup.actions.returning import send_back
from svoi.pickup.actions.travelling import receive_parcel, send_parcel
from svoi.pickup.events import CarrierToldNews, ParcelHandedOver
from svoi.pickup.models import CarrierNotice, Parcel, PickupPoint
from svoi.pickup.providers import carrier_named
from svoi.pickup.providers.shape import Booking, Goods, Recipient
from svoi.pickup.queries import locked_parcel
from svoi.pickup.rules.carriers import CarrierRefused, Travel


@atomic
def receive_news(*, carrier: str, body: dict[str, Any], at: datetime) -> CarrierNotice:
    """Keep what came; what follows from it is done by the worker. The same words again are the same notice."""
    words = json.dumps(body, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    key = hashlib.sha256(words.encode()).hexdigest()
    notice, is_new = CarrierNotice.objects.get_or_create(
        carrier=carrier, key=key, defaults={"body": body, "received_at": at}
    )
    if is_new:
        record(CarrierToldNews(notice_id=notice.pk, carrier=carrier))
    return notice


def apply_news(*, notice_id: int, at: datetime) -> None:
    """Read again what the notice speaks of, and believe only that. Raises `CarrierAway`: the worker repeats it."""
    notice = CarrierNotice.objects.get(pk=notice_id)
    told = notice.body
    attributes = told.get("attributes")
    if told.get("type") == "ORDER_STATUS" and isinstance(told.get("uuid"), str):
        for parcel in Parcel.objects.filter(carrier=notice.carrier, carrier_id=told["uuid"]):
            refresh_parcel(parcel_id=parcel.pk, at=at)
    elif told.get("type") == "OFFICE_AVAILABILITY" and isinstance(attributes, dict):
        refresh_point(carrier=notice.carrier, code=str(attributes.get("code", "")), at=at)
    _note_applied(notice_id=notice_id, at=at)


@atomic
def _note_applied(*, notice_id: int, at: datetime) -> None:
    CarrierNotice.objects.filter(pk=notice_id, applied_at=None).update(applied_at=at)


def refresh_parcel(*, parcel_id: int, at: datetime) -> None:
    """Ask the carrier how far a parcel has come, outside any transaction, and put it on record."""
    parcel = Parcel.objects.get(pk=parcel_id)
    travel = carrier_named(parcel.carrier).travel(carrier_id=parcel.carrier_id or "", number=parcel.subject, at=at)
    if travel:
        note_travel(parcel_id=parcel_id, travel=travel, at=at)


@atomic
def note_travel(*, parcel_id: int, travel: Travel, at: datetime) -> Parcel:
    """Move a parcel to where its carrier says it is; what is old or known changes nothing."""
    parcel = locked_parcel(parcel_id)
    if travel.carrier_id and not parcel.carrier_id:
        parcel.carrier_id, parcel.tracking = travel.carrier_id, travel.tracking
        parcel.save(update_fields=["carrier_id", "tracking"])
    elif travel.tracking and travel.tracking != parcel.tracking:
        parcel.tracking = travel.tracking
        parcel.save(update_fields=["tracking"])
    if parcel.stage in ("handed_over", "not_collected", "came_back"):
        return parcel
    if travel.sent_at:
        send_parcel(parcel_id=parcel_id, at=min(travel.sent_at, at))
    if travel.arrived_at:
        receive_parcel(parcel_id=parcel_id, at=min(travel.arrived_at, at), until=travel.keep_until)
    if travel.handed_over_at:
        _hand_over(parcel_id, min(travel.handed_over_at, at))
    elif travel.not_collected_at:
        send_back(parcel_id=parcel_id, at=min(travel.not_collected_at, at), reason="not_collected")
    parcel.refresh_from_db()
    return parcel


def _hand_over(parcel_id: int, handed_over_at: datetime) -> None:
    parcel = locked_parcel(parcel_id)
    parcel.handed_over_at = handed_over_at
    parcel.save(update_fields=["handed_over_at"])
    record(ParcelHandedOver(parcel_id=parcel.pk, subject=parcel.subject, by_id=None))


def refresh_point(*, carrier: str, code: str, at: datetime) -> None:
    """Ask about one point and open, change or close it in every shop that has it."""
    known = PickupPoint.objects.filter(carrier=carrier, code__in=(code, f"{carrier}-{code}"))
    if not known.exists():
        return
    row = carrier_named(carrier).point(code, at=at)
    with transaction.atomic():
        for point in known.select_for_update().order_by("pk"):
            take_point(point=point, row=row, at=at)


def import_carrier_points(*, community_id: int, carrier: str, city: str, at: datetime) -> PointsImported:
    """Make a shop's points of one carrier and city what the carrier says now; read first, written in one piece."""
    rows = carrier_named(carrier).points(city, at=at)
    return import_points(community_id=community_id, rows=rows, carrier=carrier, carrier_city=city, at=at)


def book_parcel(*, parcel_id: int, recipient: Recipient, goods: tuple[Goods, ...], at: datetime) -> Parcel:
    """Register a parcel at the carrier of its point; repeating it finds the one registered before.

    Raises `CarrierAway`, `CarrierRefused`.
    """
    parcel = Parcel.objects.select_related("pickup_point").get(pk=parcel_id)
    if not parcel.carrier:
        raise CarrierRefused(reason="own_point")
    if parcel.carrier_id:
        return parcel
    booking = Booking(parcel.subject, parcel.pickup_point.code, recipient, goods)
    carrier_id = carrier_named(parcel.carrier).book(booking, at=at)
    return note_travel(parcel_id=parcel_id, travel=Travel(carrier_id=carrier_id), at=at)
