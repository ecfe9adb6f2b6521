"""An order's way from the cart to the end, in steps that several tests take; consequences follow as in the house."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from svoi.catalog.models import Stock, Variant
from svoi.consequences import carry_out, following
from svoi.db.models import ConsequenceDone, OutboxEvent
from svoi.ledger.models import AccountBalance
from svoi.ledger.queries import balance
from svoi.orders.actions import pack_order, place_cart, put_in_cart, send_order
from svoi.orders.models import Order
from svoi.orders.rules import Origin
from svoi.payments.actions import receive_notice
from svoi.payments.models import Payment
from svoi.payments.providers import fake
from svoi.pickup.actions import receive_parcel
from svoi.pickup.models import Parcel
from tests.cast import NOON

NOT_HERE = ("write letter", "send notice")  # letters have tests of their own; the bank's notice is brought by hand


@contextmanager
def refuses(kind: type[Exception], match: str | None = None) -> Iterator[None]:
    """The step raises this, and the test's own transaction can go on."""
    with pytest.raises(kind, match=match), transaction.atomic():
        yield


def follow(at: datetime = NOON, *, after: int = 0) -> None:
    """Carry out whatever follows from what was recorded (after this event), until nothing does."""
    while True:
        done = set(ConsequenceDone.objects.filter(event_id__gt=after).values_list("event_id", "consequence"))
        due = [
            (event, one.name)
            for event in OutboxEvent.objects.filter(id__gt=after).order_by("id")
            for one in following(event.kind)
            if one.name not in NOT_HERE and (event.pk, one.name) not in done
        ]
        if not due:
            return
        for event, name in due:
            carry_out(event_id=event.pk, kind=event.kind, name=name, payload=event.payload, at=at)


def ordered(buyer, *variants: Variant, point, quantity: int = 2, at: datetime = NOON, **wanted) -> Order:
    """Laid in the cart, then ordered as the page showed it."""
    for variant in variants:
        put_in_cart(
            member=buyer,
            community_id=variant.community_id,
            variant_id=variant.pk,
            quantity=quantity,
            shown_price=variant.price,
            origin=Origin("show", 7),
            at=at,
        )
    order = place_cart(
        buyer=buyer,
        community_id=variants[0].community_id,
        shown=[(variant.pk, quantity, variant.price) for variant in variants],
        pickup_point_id=point.pk,
        key=uuid4(),
        number=uuid4().hex[:8].upper(),
        at=at,
        **{"receipt_to": "vera@example.com", **wanted},
    )
    follow(at)
    return again(order)


def decided(order: Order, decision: str = "succeed", at: datetime = NOON) -> Order:
    """The buyer decides at the bank, the bank tells us, and what follows is done."""
    payment = Payment.objects.filter(subject=order.subject).latest("id")
    fake.decide(bank_id=UUID(payment.provider_id), decision=decision, at=at)
    receive_notice(provider="fake", body={"notice": uuid4().hex, "payment": payment.provider_id}, at=at)
    follow(at)
    return again(order)


def at_the_point(order: Order, keeper, at: datetime = NOON) -> Parcel:
    """Packed, sent, and lying at its point."""
    pack_order(order_id=order.pk, by=keeper, at=at)
    follow(at)
    parcel = send_order(order_id=order.pk, by=keeper, at=at)
    return receive_parcel(parcel_id=parcel.pk, at=at)


def collected(order: Order, keeper, at: datetime = NOON) -> Order:
    """Handed over to its buyer; the code has tests of its own."""
    parcel = at_the_point(order, keeper, at)
    Parcel.objects.filter(pk=parcel.pk).update(handed_over_at=at)
    OutboxEvent.objects.create(
        event_id=uuid4(), kind="parcel_handed_over", payload={"parcel_id": parcel.pk, "subject": order.subject}
    )
    follow(at)
    return again(order)


def again(order: Order) -> Order:
    """The order as it is on record now."""
    return Order.objects.get(pk=order.pk)


def left(variant: Variant) -> int:
    """Pieces on sale."""
    return Stock.objects.get(variant=variant).on_hand


def books(order: Order) -> dict[str, int]:
    """What the ledger says of this order and of the shop; minor units."""
    keys = {"due": f"due:{order.subject}", "bank": "provider:fake", "sales": "shop:sales", "back": "shop:returns"}
    return {name: balance(key).minor for name, key in keys.items()}


def nothing_is_promised() -> bool:
    """No account holds anything for a refund still on its way."""
    return not AccountBalance.objects.exclude(held_minor=0).exists()
