"""What happened to parcels. The subject (`order:12`) says what they carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from svoi.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ParcelEvent(Event):
    """A parcel and what it carries."""

    parcel_id: int
    subject: str


@dataclass(frozen=True, kw_only=True)
class ParcelPrepared(ParcelEvent):
    """It is packed and waits to be sent to its point."""

    pickup_point_id: int


@dataclass(frozen=True, kw_only=True)
class ParcelSent(ParcelEvent):
    """It left for its point."""

    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class ParcelArrived(ParcelEvent):
    """It lies at its point and can be collected until `keep_until`."""

    keep_until: datetime
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class ParcelHandedOver(ParcelEvent):
    """Its person has it; `by_id` is the point's worker, None when a carrier told us."""

    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class ParcelNotCollected(ParcelEvent):
    """Its days at the point are over, or it was refused there: it will be given back."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class ParcelCameBack(ParcelEvent):
    """Goods are the shop's again.

    With an empty `claim` it is the whole parcel that nobody collected; otherwise what was given in at the point
    after the hand-over for this claim (`return:5`, or `return` when none was named).
    """

    claim: str
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class CarrierToldNews(Event):
    """A carrier sent a notice; what it speaks of is read again."""

    notice_id: int
    carrier: str


@dataclass(frozen=True, kw_only=True)
class PointDescribed(Event):
    """A point of the shop was described by hand; `before` keeps what the changed words were."""

    pickup_point_id: int
    by_id: int
    before: dict[str, str]
