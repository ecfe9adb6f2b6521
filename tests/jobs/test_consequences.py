"""From an event to what follows from it: handed over with its number, carried out once."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from uuid import UUID, uuid4

import pytest
from django.db import connection

from svoi.consequences import carry_out
from svoi.db.models import ConsequenceDone, OutboxEvent
from svoi.db.relay import number_events
from svoi.jobs.tasks.consequences import hand_over
from svoi.kernel.money import Money
from svoi.orders.actions import place_order
from svoi.orders.models import Order
from svoi.orders.rules import Origin
from svoi.payments.actions import receive_notice
from svoi.payments.models import Payment
from svoi.payments.providers import fake
from svoi.shows.actions.telling import tell_price
from tests import cast
from tests.cast import NOON

pytestmark = pytest.mark.django_db(transaction=True)


def queued() -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name = 'consequence' order by id")
        return [json.loads(row[0]) for row in cursor.fetchall()]


def carry_out_all() -> None:
    """Number, hand over and carry out until nothing follows any more."""
    done = 0
    while True:
        while number_events(hand_over):
            pass
        jobs = queued()[done:]
        if not jobs:
            return
        for job in jobs:
            job.pop("at")
            if job["kind"] != "bank_decided":  # the bank's notice goes over HTTP; its arrival is tested at the door
                carry_out(**job, at=NOON)
        done += len(jobs)


def order_of(buyer, variant) -> Order:
    return place_order(
        buyer=buyer,
        community_id=variant.community_id,
        variant_id=variant.pk,
        quantity=1,
        shown_price=Money(149_000),
        pickup_point_id=cast.pickup_point(variant.community).pk,
        origin=Origin("show", 7),
        announced=False,
        key=uuid4(),
        number="KRUZHKA1",
        at=NOON,
    )


def test_from_the_tap_to_the_paid_order(vera, table):
    order = order_of(vera, cast.product(table))
    carry_out_all()
    payment = Payment.objects.get()
    assert payment.state == "pending"
    fake.decide(bank_id=UUID(payment.provider_id), decision="succeed", at=NOON)
    receive_notice(provider="fake", body={"notice": "n", "payment": payment.provider_id}, at=NOON)
    carry_out_all()
    order.refresh_from_db()
    assert order.stage == "paid"
    assert [kind for kind, _ in cast.recorded()] == [
        "payment_requested",
        "order_placed",
        "bank_decided",
        "payment_succeeded",
        "order_paid",
    ]


def test_a_consequence_happens_once_however_often_it_is_delivered(vera, table):
    order_of(vera, cast.product(table))
    event = OutboxEvent.objects.get(kind="payment_requested")
    delivery = {"event_id": event.pk, "kind": event.kind, "name": "ask provider", "payload": event.payload, "at": NOON}
    assert [carry_out(**delivery) for _ in range(3)] == [True, False, False]
    assert ConsequenceDone.objects.count() == 1


def test_a_failed_consequence_is_not_noted_as_done(table):
    event = OutboxEvent.objects.create(event_id=uuid4(), kind="payment_succeeded", payload={"payment_id": 1})
    delivery = {"event_id": event.pk, "kind": event.kind, "name": "settle order", "payload": event.payload, "at": NOON}
    with pytest.raises(Payment.DoesNotExist):
        carry_out(**delivery)
    assert ConsequenceDone.objects.count() == 0


def test_the_bank_sends_its_notice_to_the_shops_own_door(settings):
    heard: list[tuple[str, dict]] = []

    class Door(BaseHTTPRequestHandler):
        def do_POST(self):
            heard.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            """Nobody reads it."""

    payload = {"bank_id": "b", "notice": "b:succeeded", "not_before": ""}
    event = OutboxEvent.objects.create(event_id=uuid4(), kind="bank_decided", payload=payload)
    delivery = {"event_id": event.pk, "kind": event.kind, "name": "send notice", "payload": payload, "at": NOON}
    with HTTPServer(("127.0.0.1", 0), Door) as server:
        settings.INNER_HOST, settings.PORT = "127.0.0.1", server.server_port
        Thread(target=server.handle_request, daemon=True).start()
        assert carry_out(**delivery) is True
    assert heard == [("/payments/fake/notices", {"notice": "b:succeeded", "payment": "b"})]
    assert carry_out(**delivery) is False


def test_rooms_with_the_product_learn_its_price(anna, table):
    cup = cast.product(table)
    show = cast.live_show(table, anna, cup)
    cast.live_show(table, anna)
    tell_price(product_id=cup.product_id)
    assert cast.recorded() == [
        (
            "shown_price_changed",
            {
                "show_id": show.pk,
                "product_id": cup.product_id,
                "variant_id": cup.pk,
                "price_minor": 149_000,
                "old_price_minor": None,
                "sold_out": False,
            },
        )
    ]
