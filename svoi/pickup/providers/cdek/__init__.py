"""CDEK, API v2: points, orders, statuses and news."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from svoi.pickup.providers.cdek.client import Access, Cdek
from svoi.pickup.providers.cdek.offices import CODE_PREFIX, read_office
from svoi.pickup.providers.cdek.orders import order_body, read_order
from svoi.pickup.providers.shape import Booking
from svoi.pickup.rules.carriers import Travel
from svoi.pickup.rules.points import is_time_zone

NEWS = ("ORDER_STATUS", "OFFICE_AVAILABILITY")


def is_set_up() -> bool:
    return bool(settings.CDEK_ACCOUNT and settings.CDEK_PASSWORD)


def points(city: str, *, at: datetime) -> list[dict[str, Any]]:
    """Offices that hand over; a code told twice, because the list moved while it was read, counts once."""
    client = _client(at)
    rows = [row for office in client.offices(city_code=city) if (row := read_office(office))]
    zone = _zone(client, city) if rows else ""
    return list({row["code"]: {**row, "time_zone": zone} for row in rows}.values())


def point(code: str, *, at: datetime) -> dict[str, Any] | None:
    own, client = code.removeprefix(CODE_PREFIX), _client(at)
    for office in client.offices(code=own):
        row = read_office(office)
        if row and row["code"] == f"{CODE_PREFIX}{own}":
            return {**row, "time_zone": _zone(client, str(office["location"].get("city_code", "")))}
    return None


def travel(*, carrier_id: str, number: str, at: datetime) -> Travel | None:
    told = _client(at).order(carrier_id) if carrier_id else _client(at).order_of_number(number)
    return read_order(told) if told else None


def book(booking: Booking, *, at: datetime) -> str:
    """Looked for by our number first: a lost answer must not become a second parcel."""
    client = _client(at)
    known = client.order_of_number(booking.number)
    if known:
        return str(known["uuid"])
    return client.create_order(order_body(booking, shipment_point=settings.CDEK_SHIPMENT_POINT))


def subscribe(address: str, *, at: datetime) -> None:
    client = _client(at)
    for kind in NEWS:
        client.subscribe(kind, address)


def _zone(client: Cdek, city: str) -> str:
    """Hours are told by the clock of the city; a zone nobody knows is as if unsaid."""
    zone = client.city_zone(city) if city else ""
    return zone if is_time_zone(zone) else ""


def _client(at: datetime) -> Cdek:
    return Cdek(Access(settings.CDEK_URL, settings.CDEK_ACCOUNT, settings.CDEK_PASSWORD), at=at)
