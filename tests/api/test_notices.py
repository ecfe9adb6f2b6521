"""The door for providers' notices: hostile bodies leave nothing behind, and a slow provider takes no threads away."""

from __future__ import annotations

import json
import time
from threading import Thread

import pytest
from django.db import connection
from django.test import Client

from svoi.api.views.payments import NOTICES_AT_ONCE
from svoi.payments.models import PaymentNotice
from tests.cast import NOON
from tests.payments.kassa import opened, to_our_door
from tests.payments.till import asked, pending

pytestmark = pytest.mark.django_db(transaction=True)


def to_the_demo_banks_door(raw: bytes | str, sender: str = "127.0.0.1") -> int:
    answer = Client(raise_request_exception=False).post(
        "/payments/fake/notices", raw, content_type="application/json", REMOTE_ADDR=sender
    )
    return answer.status_code


def notice_of(payment, **more: object) -> str:
    return json.dumps({"notice": "n", "payment": payment.provider_id, **more})


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"[" * 60_000,
        b'{"notice": "n"}',
        b'{"notice": "a\\u0000b", "payment": "PAYMENT"}',
        b'{"notice": "a\\ud800b", "payment": "PAYMENT"}',
        b'{"notice": "n", "payment": "PAYMENT", "more": "a\\u0000b"}',
        b'{"notice": "n", "payment": "PAYMENT", "more": "\\ud800"}',
        b'{"notice": "n", "payment": "PAYMENT", "more": NaN}',
    ],
)
def test_a_notice_that_cannot_be_read_or_kept_is_refused_and_leaves_nothing(raw):
    payment = pending()
    assert to_the_demo_banks_door(raw.replace(b"PAYMENT", payment.provider_id.encode())) == 400
    assert PaymentNotice.objects.count() == 0


def test_a_notice_that_is_too_long_is_not_read():
    payment = pending()
    assert to_the_demo_banks_door(notice_of(payment, more="x" * 64 * 1024)) == 413
    assert PaymentNotice.objects.count() == 0


@pytest.mark.parametrize(
    ("sender", "status"),
    [("127.0.0.1", 200), ("::1", 200), ("10.0.0.7", 200), ("8.8.8.8", 404), ("2a00:1450::1", 404), ("unix:", 404)],
)
def test_the_demo_bank_is_believed_from_this_machine_and_its_neighbours_only(sender, status):
    """A public demo keeps no notices of strangers."""
    payment = pending()
    assert to_the_demo_banks_door(notice_of(payment), sender) == status
    assert PaymentNotice.objects.count() == (status == 200)


def test_a_slow_provider_keeps_few_threads_waiting(kassa, settings):
    """More notices than places at one moment: the others are asked to come back, and the shop goes on serving."""
    settings.YOOKASSA_WAIT_S = 2
    payment = opened()
    kassa.book.pay(payment.provider_id)
    [body] = kassa.mailbox.written
    kassa.troubles.extend(["silence lost"] * NOTICES_AT_ONCE)
    statuses: list[int] = []

    def knock(place: int) -> None:
        try:
            statuses.append(to_our_door({**body, "place": place}))
        finally:
            connection.close()

    slow = [Thread(target=knock, args=(place,)) for place in range(NOTICES_AT_ONCE)]
    [thread.start() for thread in slow]
    while len([one for one in kassa.asked if one[0] == "GET"]) < NOTICES_AT_ONCE:
        time.sleep(0.01)
    assert to_our_door({**body, "place": "one too many"}) == 503
    assert PaymentNotice.objects.count() == NOTICES_AT_ONCE
    [thread.join() for thread in slow]
    assert statuses == [503] * NOTICES_AT_ONCE
    assert to_our_door(body) == 200


def test_notices_of_a_provider_this_shop_does_not_use_find_no_door(settings):
    payment = asked()
    settings.PAYMENT_PROVIDER = "yookassa"
    assert to_the_demo_banks_door(notice_of(payment)) == 404
    assert (PaymentNotice.objects.count(), payment.requested_at) == (0, NOON)
