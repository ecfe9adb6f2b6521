"""What goes the other way: parcels nobody collected, and goods given in after the hand-over."""

from __future__ import annotations

from datetime import datetime

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.pickup.events import ParcelCameBack, ParcelNotCollected
from svoi.pickup.models import Parcel, ReturnTaken
from svoi.pickup.queries import locked_parcel, parcel_of
from svoi.pickup.rules.parcels import ParcelUnknown, admit_giving_back, admit_return, admit_send_back

EXPIRED_AT_ONCE = 200
UNNAMED_CLAIM = "return"


@atomic
def send_back(*, parcel_id: int, at: datetime, reason: str = "given_up") -> Parcel:
    """Nobody will collect it: refused at the point, cancelled, or its days are over. Twice changes nothing.

    Raises `ParcelUnknown`, and `AlreadyHandedOver` for one that somebody has.
    """
    parcel = locked_parcel(parcel_id)
    if admit_send_back(stage=parcel.stage, handed_over_at=parcel.handed_over_at):
        parcel.not_collected_at = at
        parcel.save(update_fields=["not_collected_at"])
        record(ParcelNotCollected(parcel_id=parcel.pk, subject=parcel.subject, reason=reason))
    return parcel


def expire_parcels(*, at: datetime, most: int = EXPIRED_AT_ONCE) -> int:
    """Send back what lay at its point for all its days, one transaction each; return how many went.

    Parcels at a carrier are left out: there the carrier's word decides.
    """
    late = Parcel.objects.waiting().filter(carrier="", keep_until__lt=at).order_by("keep_until")
    return sum(_expire(parcel_id=pk, at=at) for pk in late.values_list("pk", flat=True)[:most])


@atomic
def _expire(*, parcel_id: int, at: datetime) -> bool:
    """Looked at again under the lock: it may have been handed over in the meantime."""
    parcel = locked_parcel(parcel_id)
    if parcel.stage != "here" or parcel.keep_until is None or parcel.keep_until >= at:
        return False
    send_back(parcel_id=parcel_id, at=at, reason="not_collected")
    return True


@atomic
def give_back(*, parcel_id: int, by: Member | None = None, at: datetime) -> Parcel:
    """A parcel that nobody collected left its point and is the shop's again. Twice changes nothing.

    Raises `ParcelUnknown`, `NothingToGiveBack`.
    """
    parcel = locked_parcel(parcel_id)
    if admit_giving_back(parcel.stage):
        parcel.came_back_at = at
        parcel.save(update_fields=["came_back_at"])
        record(_came_back(parcel, claim="", by=by))
    return parcel


@atomic
def take_back(*, subject: str, by: Member, at: datetime, claim: str = UNNAMED_CLAIM) -> Parcel:
    """Goods of this parcel were given in at its point, for a claim such as `return:5`; once for each claim.

    Raises `ParcelUnknown`, `NotHandedOver`.
    """
    known = parcel_of(subject)
    if known is None:
        raise ParcelUnknown()
    parcel = locked_parcel(known.pk)
    admit_return(parcel.stage)
    _, is_new = ReturnTaken.objects.get_or_create(parcel=parcel, claim=claim, defaults={"taken_by": by, "taken_at": at})
    if is_new:
        record(_came_back(parcel, claim=claim, by=by))
    return parcel


def _came_back(parcel: Parcel, *, claim: str, by: Member | None) -> ParcelCameBack:
    by_id = by.pk if by else None
    return ParcelCameBack(parcel_id=parcel.pk, subject=parcel.subject, claim=claim, by_id=by_id)
