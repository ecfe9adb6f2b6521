"""How a parcel goes from stage to stage, and how long its point keeps it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, Literal

from svoi.kernel.refused import Refused

Stage = Literal["prepared", "sent", "here", "handed_over", "not_collected", "came_back"]


class ParcelUnknown(Refused):
    """There is no such parcel among those this worker sees."""

    code: ClassVar[str] = "parcel_unknown"


class ParcelElsewhere(Refused):
    """The parcel belongs to another point (`point`)."""

    code: ClassVar[str] = "parcel_elsewhere"


class ParcelNotHere(Refused):
    """The parcel has not arrived at its point yet (`stage`)."""

    code: ClassVar[str] = "parcel_not_here"


class AlreadyHandedOver(Refused):
    """The parcel was handed over before, at `handed_over_at`; its code is spent."""

    code: ClassVar[str] = "already_handed_over"


class StorageOver(Refused):
    """The days at the point are over (`keep_until`); the parcel goes back."""

    code: ClassVar[str] = "storage_over"


class NotHandedOver(Refused):
    """Only what was handed over can be given in again (`stage`)."""

    code: ClassVar[str] = "not_handed_over"


class NothingToGiveBack(Refused):
    """Only a parcel that nobody collected goes back (`stage`)."""

    code: ClassVar[str] = "nothing_to_give_back"


class SubjectElsewhere(Refused):
    """A parcel for this subject was prepared for another point before."""

    code: ClassVar[str] = "subject_elsewhere"


def stage_of(*, sent: bool, arrived: bool, handed_over: bool, not_collected: bool, came_back: bool) -> Stage:
    """The latest stage the moments speak of."""
    if handed_over:
        return "handed_over"
    if not_collected:
        return "came_back" if came_back else "not_collected"
    if arrived:
        return "here"
    return "sent" if sent else "prepared"


def keep_until(*, arrived_at: datetime, days: int) -> datetime:
    """The end of the last day at the point, by the clock `arrived_at` is told in."""
    return (arrived_at + timedelta(days=days)).replace(hour=23, minute=59, second=59, microsecond=0)


def admit_hand_over(
    *, stage: Stage, handed_over_at: datetime | None, keep_until: datetime | None, at: datetime
) -> None:
    """Only a parcel that lies at its point, within its days, once."""
    if stage == "handed_over":
        raise AlreadyHandedOver(handed_over_at=handed_over_at)
    if stage in ("prepared", "sent"):
        raise ParcelNotHere(stage=stage)
    if stage != "here" or (keep_until is not None and at > keep_until):
        raise StorageOver(keep_until=keep_until)


def admit_arrival(stage: Stage) -> bool:
    """Whether there is anything to note: a parcel arrives once; one that went back does not arrive again."""
    if stage in ("not_collected", "came_back"):
        raise StorageOver(keep_until=None)
    return stage in ("prepared", "sent")


def admit_send_back(*, stage: Stage, handed_over_at: datetime | None) -> bool:
    """Whether it is given up now: not twice, and never after the hand-over."""
    if stage == "handed_over":
        raise AlreadyHandedOver(handed_over_at=handed_over_at)
    return stage in ("prepared", "sent", "here")


def admit_giving_back(stage: Stage) -> bool:
    """Whether it comes back now; once, and only when nobody collected it."""
    if stage not in ("not_collected", "came_back"):
        raise NothingToGiveBack(stage=stage)
    return stage == "not_collected"


def admit_return(stage: Stage) -> None:
    """A return is given in after the hand-over only."""
    if stage != "handed_over":
        raise NotHandedOver(stage=stage)
