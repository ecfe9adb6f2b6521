"""What a carrier's word means for a parcel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from svoi.kernel.refused import Refused


class CarrierAway(Refused):
    """The carrier did not answer, or answered nonsense (`reason`); ask again later."""

    code: ClassVar[str] = "carrier_away"


class CarrierRefused(Refused):
    """The carrier said no to what was asked (`reason`); asking again will not help."""

    code: ClassVar[str] = "carrier_refused"


@dataclass(frozen=True, slots=True)
class Status:
    """One status of an order at the carrier, by the carrier's clock."""

    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Travel:
    """How far a parcel has come. A later moment implies the earlier ones."""

    sent_at: datetime | None = None
    arrived_at: datetime | None = None
    handed_over_at: datetime | None = None
    not_collected_at: datetime | None = None
    keep_until: datetime | None = None
    carrier_id: str = ""
    tracking: str = ""


@dataclass(frozen=True, slots=True)
class StatusWords:
    """Which of a carrier's statuses speak of which moment; `back` means a way back only after the arrival."""

    resting: frozenset[str]
    arrived: frozenset[str]
    handed_over: frozenset[str]
    not_collected: frozenset[str]
    back: str


def read_travel(
    statuses: Iterable[Status],
    words: StatusWords,
    *,
    keep_until: datetime | None = None,
    carrier_id: str = "",
    tracking: str = "",
) -> Travel:
    """The moments of a parcel from all its statuses, in whatever order and how often they are told."""
    told = sorted(statuses, key=lambda status: status.at)
    arrived = _first(told, words.arrived)
    handed_over = _first(told, words.handed_over)
    not_collected = _first(told, words.not_collected)
    if not_collected is None and arrived is not None:
        returned = (one.at for one in told if one.code.startswith(words.back) and one.at > arrived)
        not_collected = next(returned, None)
    moved = next((one.at for one in told if one.code not in words.resting), None)
    return Travel(
        sent_at=moved,
        arrived_at=arrived or handed_over,
        handed_over_at=handed_over,
        # Handed over after all: what was said of a way back before is no longer true.
        not_collected_at=None if handed_over else not_collected,
        keep_until=keep_until,
        carrier_id=carrier_id,
        tracking=tracking,
    )


def _first(told: list[Status], codes: frozenset[str]) -> datetime | None:
    return next((status.at for status in told if status.code in codes), None)
