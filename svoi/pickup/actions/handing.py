"""The hand-over: a right code, once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.pickup.events import ParcelHandedOver
from svoi.pickup.models import Parcel, WrongCode
from svoi.pickup.queries import code_kept_for, locked_parcel
from svoi.pickup.rules.codes import LOCK_WINDOW_S, CodeWrong, admit_try, is_right_code
from svoi.pickup.rules.parcels import ParcelElsewhere, admit_hand_over


def hand_over(*, pickup_point_id: int, parcel_id: int, code: str, by: Member, at: datetime) -> Parcel:
    """Give the parcel to whoever says its code. Call it outside a transaction: a wrong code is kept on record.

    Of two hand-overs at once the second is refused. Raises `ParcelUnknown`, `ParcelElsewhere`, `ParcelNotHere`,
    `AlreadyHandedOver`, `StorageOver`, `CodeLocked`, `CodeWrong`.
    """
    outcome = _try_code(pickup_point_id=pickup_point_id, parcel_id=parcel_id, code=code, by=by, at=at)
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


@atomic
def _try_code(*, pickup_point_id: int, parcel_id: int, code: str, by: Member, at: datetime) -> Parcel | CodeWrong:
    """The wrong code is returned, not raised, so that its record is committed with it."""
    _one_try_at_a_time(by)
    parcel = locked_parcel(parcel_id)
    if parcel.pickup_point_id != pickup_point_id:
        raise ParcelElsewhere(point=str(parcel.pickup_point))
    admit_hand_over(stage=parcel.stage, handed_over_at=parcel.handed_over_at, keep_until=parcel.keep_until, at=at)
    tries_left = admit_try(of_parcel=_wrong_of(parcel, at), by_worker=_wrong_by(by, at), at=at)
    if not is_right_code(code=code_kept_for(parcel), typed=code):
        WrongCode.objects.create(parcel=parcel, typed_by=by, at=at)
        return CodeWrong(tries_left=tries_left - 1)
    parcel.handed_over_at, parcel.handed_over_by = at, by
    parcel.save(update_fields=["handed_over_at", "handed_over_by"])
    record(ParcelHandedOver(parcel_id=parcel.pk, subject=parcel.subject, by_id=by.pk))
    return parcel


def _wrong_of(parcel: Parcel, at: datetime) -> list[datetime]:
    since = at - timedelta(seconds=2 * LOCK_WINDOW_S)
    return list(parcel.wrong_codes.filter(at__gt=since).values_list("at", flat=True))


def _wrong_by(worker: Member, at: datetime) -> list[datetime]:
    since = at - timedelta(seconds=2 * LOCK_WINDOW_S)
    right = Parcel.objects.filter(handed_over_by=worker, handed_over_at__gt=since).order_by("-handed_over_at")
    last = right.values_list("handed_over_at", flat=True).first()
    wrong = WrongCode.objects.filter(typed_by=worker, at__gt=last or since)
    return list(wrong.values_list("at", flat=True))


def _one_try_at_a_time(worker: Member) -> None:
    """Guesses a worker makes at the same time, even for different parcels, cannot outrun the lock."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"svoi_code:{worker.pk}"])
