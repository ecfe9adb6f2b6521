"""The counter of a pickup point: parcels that wait there, addresses, and a code that is said."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone

from svoi.orders.models import Order, OrderLine
from svoi.pickup.actions import prepare_parcel, receive_parcel
from svoi.pickup.models import Parcel, PickupPoint
from tests import cast


def bought(buyer, variant, point, number: str) -> Order:
    order = cast.unpaid_order(buyer, variant, point)
    order.number = number
    order.save()
    OrderLine.objects.create(order=order, variant=variant, name="Кружка", name_en="Mug", quantity=2, price_minor=1)
    return order


def waiting(order: Order) -> Parcel:
    made = prepare_parcel(subject=f"order:{order.pk}", pickup_point_id=order.pickup_point_id, at=timezone.now())
    return receive_parcel(parcel_id=made.pk, at=timezone.now())


def home(point: PickupPoint) -> str:
    return f"/studio/points/{point.pk}/"


def at(parcel: Parcel, rest: str = "") -> str:
    return f"/studio/points/{parcel.pickup_point_id}/parcels/{parcel.pk}/{rest}"


def say_code(browser: Client, parcel: Parcel, code: str):
    return browser.post(at(parcel, "hand-over"), {"code": code})
