"""What happens to the order, and what is read from its page."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from svoi.orders.actions import settle_order
from svoi.orders.models import Order
from svoi.payments.actions import apply_told
from svoi.payments.models import Payment
from svoi.payments.providers.shape import Told
from svoi.pickup.actions import prepare_parcel, receive_parcel, send_parcel
from svoi.pickup.models import Parcel

HTMX = {"HX-Request": "true"}
KEY = "5b0e8e0e-1d2c-4c7e-9b43-0d1f6a3c1b11"


def paid(order: Order) -> Order:
    """The bank says so, and the books along with it."""
    payment = Payment.objects.get()
    with transaction.atomic():
        apply_told(
            payment=Payment.objects.select_for_update().get(pk=payment.pk),
            told=Told("bank-1", "succeeded", payment.amount_minor),
            at=timezone.now(),
        )
        settle_order(payment_id=payment.pk, at=timezone.now())
    return Order.objects.get(pk=order.pk)


def packed(order: Order) -> Parcel:
    return prepare_parcel(subject=order.subject, pickup_point_id=order.pickup_point_id, at=timezone.now())


def waiting(order: Order) -> Parcel:
    parcel = packed(paid(order))
    send_parcel(parcel_id=parcel.pk, at=timezone.now())
    return receive_parcel(parcel_id=parcel.pk, at=timezone.now())


def collected(order: Order, *, at: datetime | None = None) -> Order:
    parcel, moment = waiting(order), at or timezone.now()
    Parcel.objects.filter(pk=parcel.pk).update(handed_over_at=moment)
    Order.objects.filter(pk=order.pk).update(collected_at=moment)
    return Order.objects.get(pk=order.pk)


def page(client, order: Order, part: str = "") -> str:
    return client.get(f"/orders/{order.number}/{part}").content.decode()


def step(body: str) -> str:
    return re.search(r'data-step="(\w+)"', body).group(1)


def way(body: str) -> list[str]:
    """The timeline as (standing, words)."""
    return re.findall(r'step step-(\w+)">.*?<span><span>([^<]+)</span>', body, re.DOTALL)


def told(response) -> list[str]:
    return re.findall(r'data-refused="(\w+)"', response.content.decode())


def asks(client, order: Order, **changes):
    line = order.lines.get()
    filled = {f"pieces_{line.pk}": 1, "reason": "changed_mind", "words": "", "key": KEY}
    return client.post(f"/orders/{order.number}/returns", {**filled, **changes})
