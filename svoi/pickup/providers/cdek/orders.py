"""An order of CDEK: what we ask for, and what its statuses say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from svoi.pickup.providers.cdek.offices import CODE_PREFIX
from svoi.pickup.providers.shape import Booking
from svoi.pickup.rules.carriers import Status, StatusWords, Travel, read_travel

TARIFF_POINT_TO_POINT = 136
WORDS = StatusWords(
    resting=frozenset({"ACCEPTED", "CREATED", "INVALID", "REMOVED"}),
    arrived=frozenset({"ACCEPTED_AT_PICK_UP_POINT", "POSTOMAT_POSTED"}),
    handed_over=frozenset({"DELIVERED", "POSTOMAT_RECEIVED"}),
    not_collected=frozenset({"NOT_DELIVERED"}),
    # A parcel can be "returned" from one warehouse to another on its way there; from a point it only goes back.
    back="RETURNED_",
)


def read_order(order: dict[str, Any]) -> Travel:
    """The moments of a parcel; statuses that were taken back or cannot be read are left out."""
    told = order.get("statuses")
    statuses = [status for one in told if (status := _status(one))] if isinstance(told, list) else []
    return read_travel(
        statuses,
        WORDS,
        keep_until=_moment(order.get("keep_free_until")),
        carrier_id=str(order.get("uuid", ""))[:64],
        tracking=str(order.get("cdek_number") or "")[:64],
    )


def order_body(booking: Booking, *, shipment_point: str) -> dict[str, Any]:
    """A parcel from our office to theirs, everything paid beforehand."""
    items = [
        {
            "name": goods.name[:255],
            "ware_key": goods.code[:50],
            "payment": {"value": 0},
            "cost": goods.price_minor / 100,
            "weight": goods.weight_g,
            "amount": goods.quantity,
        }
        for goods in booking.goods
    ]
    weight = sum(goods.weight_g * goods.quantity for goods in booking.goods)
    return {
        "type": 1,
        "number": booking.number,
        "tariff_code": TARIFF_POINT_TO_POINT,
        "shipment_point": shipment_point,
        "delivery_point": booking.point_code.removeprefix(CODE_PREFIX),
        "recipient": {"name": booking.recipient.name, "phones": [{"number": booking.recipient.phone}]},
        "packages": [{"number": booking.number, "weight": weight, "items": items}],
    }


def _status(told: Any) -> Status | None:
    if not isinstance(told, dict) or told.get("deleted") is True:
        return None
    at = _moment(told.get("date_time"))
    code = told.get("code")
    return Status(code, at) if at and isinstance(code, str) else None


def _moment(text: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
