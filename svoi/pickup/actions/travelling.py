"""A parcel is packed, leaves, and arrives at its point."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.pickup.events import ParcelArrived, ParcelPrepared, ParcelSent
from svoi.pickup.models import Parcel, PickupPoint
from svoi.pickup.queries import locked_parcel
from svoi.pickup.rules.parcels import SubjectElsewhere, admit_arrival, keep_until


@atomic
def prepare_parcel(*, subject: str, pickup_point_id: int, at: datetime) -> Parcel:
    """The parcel of this subject, made now or before; raise `SubjectElsewhere` when it goes to another point."""
    carrier = PickupPoint.objects.values_list("carrier", flat=True).get(pk=pickup_point_id)
    parcel, is_new = Parcel.objects.get_or_create(
        subject=subject, defaults={"pickup_point_id": pickup_point_id, "carrier": carrier, "prepared_at": at}
    )
    if parcel.pickup_point_id != pickup_point_id:
        raise SubjectElsewhere()
    if is_new:
        record(ParcelPrepared(parcel_id=parcel.pk, subject=subject, pickup_point_id=pickup_point_id))
    return parcel


@atomic
def send_parcel(*, parcel_id: int, by: Member | None = None, at: datetime) -> Parcel:
    """It left for its point. Said twice, or after it arrived, changes nothing. Raises `ParcelUnknown`."""
    parcel = locked_parcel(parcel_id)
    if parcel.stage == "prepared":
        parcel.sent_at = at
        parcel.save(update_fields=["sent_at"])
        record(ParcelSent(parcel_id=parcel.pk, subject=parcel.subject, by_id=by.pk if by else None))
    return parcel


@atomic
def receive_parcel(*, parcel_id: int, by: Member | None = None, at: datetime, until: datetime | None = None) -> Parcel:
    """It lies at its point: the code is good from now, and the days begin. Said twice, changes nothing.

    `until` is a carrier's own word about the storage; without it the days of the point count.

    Raises `ParcelUnknown`, and `StorageOver` for one that went back.
    """
    parcel = locked_parcel(parcel_id)
    if admit_arrival(parcel.stage):
        parcel.arrived_at, parcel.sent_at = at, parcel.sent_at or at
        parcel.keep_until = until or keep_until(
            arrived_at=timezone.localtime(at), days=parcel.pickup_point.storage_days
        )
        parcel.save(update_fields=["arrived_at", "sent_at", "keep_until"])
        by_id = by.pk if by else None
        record(ParcelArrived(parcel_id=parcel.pk, subject=parcel.subject, keep_until=parcel.keep_until, by_id=by_id))
    return parcel
