"""What every carrier's module offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from svoi.pickup.rules.carriers import Travel


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who collects it."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Goods:
    """One line of what is inside: already paid, so that nothing is taken at the point."""

    name: str
    code: str
    quantity: int
    price_minor: int
    weight_g: int


@dataclass(frozen=True, slots=True)
class Booking:
    """A parcel as a carrier takes it: our number, the point's code, who and what."""

    number: str
    point_code: str
    recipient: Recipient
    goods: tuple[Goods, ...]


class Carrier(Protocol):
    """Calls raise `CarrierAway` when asking again may help and `CarrierRefused` when it will not."""

    def is_set_up(self) -> bool:
        """Whether this shop has an account there."""

    def points(self, city: str, *, at: datetime) -> list[dict[str, Any]]:
        """The open points of a city as rows of a list of points."""

    def point(self, code: str, *, at: datetime) -> dict[str, Any] | None:
        """One point as a row; None when it does not hand over now."""

    def travel(self, *, carrier_id: str, number: str, at: datetime) -> Travel | None:
        """How far the parcel of this id, or of our number, has come; None when there is none."""

    def book(self, booking: Booking, *, at: datetime) -> str:
        """Register a parcel and return the carrier's id; the same number twice is the same parcel."""

    def subscribe(self, address: str, *, at: datetime) -> None:
        """Ask to be told news at this address."""
