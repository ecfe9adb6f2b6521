"""Answers that are none: whatever comes back in YooKassa's place is no refusal, no money and no way into the house."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from svoi.kernel.money import Money
from svoi.payments.actions import apply_told, owe_refund, reconcile, refresh, send_refund, send_request
from svoi.payments.models import Payment, Refund
from svoi.payments.providers import yookassa
from svoi.payments.providers.shape import Told
from svoi.payments.rules import AmountDiffers, PaymentUnknown, ProviderAway, ProviderRefused
from tests.payments.kassa import falls_silent, opened
from tests.payments.till import again, asked

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = b"<html>Access denied</html>"
THE_ERROR = b'{"type":"error","id":"x","code":"invalid_request","parameter":"amount"}'


def object_with(**changed: Any) -> bytes:
    """A payment of theirs with something wrong about it."""
    sound = {
        "id": str(uuid4()),
        "status": "pending",
        "amount": {"value": "1490.00", "currency": "RUB"},
        "confirmation": {"type": "redirect", "confirmation_url": "https://yookassa.example/pay/1"},
    }
    return json.dumps({**sound, **changed}).encode()


@pytest.mark.parametrize(
    "answer",
    [(302, b""), (400, PAGE), (403, PAGE), (404, PAGE), (408, b""), (451, PAGE), (400, b"{}"), (418, THE_ERROR)],
)
def test_a_no_that_is_not_theirs_is_no_refusal(kassa, answer):
    """A gate on the way, a captive page, a proxy out of time: the request stays, and goes through later."""
    payment = asked()
    kassa.troubles.append(answer)
    with pytest.raises(ProviderAway):
        send_request(payment_id=payment.pk, at=kassa.book.clock())
    assert again(payment).state == "requested"
    send_request(payment_id=payment.pk, at=kassa.book.clock())
    assert again(payment).state == "pending"


def test_a_no_of_their_own_is_a_refusal(kassa):
    kassa.troubles.append((400, THE_ERROR))
    with pytest.raises(ProviderRefused) as refused:
        yookassa.read("some-payment")
    assert refused.value.facts == {"reason": "invalid_request", "about": "amount"}


@pytest.mark.parametrize(
    "told",
    [
        b"[]",
        b"[" * 60_000,
        b"x" * 1_100_000,
        b"null",
        object_with(id="../refunds/1"),
        object_with(id=7),
        object_with(id="x" * 65),
        object_with(status=["succeeded"]),
        object_with(status="refunded"),
        object_with(amount={"value": "NaN", "currency": "RUB"}),
        object_with(amount={"value": "1490.00"}),
        object_with(amount="1490.00"),
        object_with(status="canceled", cancellation_details=["x"], amount=None),
        object_with(confirmation={"confirmation_url": "javascript:alert(1)"}),
        object_with(confirmation={"confirmation_url": "https://yookassa.example/" + "x" * 500}),
        object_with(confirmation=["https://yookassa.example/"]),
    ],
)
def test_what_cannot_be_read_is_asked_for_again(kassa, told):
    payment = asked()
    kassa.troubles.append((200, told))
    with pytest.raises(ProviderAway):
        send_request(payment_id=payment.pk, at=kassa.book.clock())
    payment = again(payment)
    assert (payment.state, payment.provider_id, payment.page_url) == ("requested", None, "")
    send_request(payment_id=payment.pk, at=kassa.book.clock())
    assert again(payment).state == "pending"


def test_a_page_without_a_lock_is_no_page_of_the_real_bank(kassa, settings):
    settings.YOOKASSA_URL = "https://api.yookassa.example/v3"
    unsafe = {"confirmation_url": "http://yookassa.example/pay/1"}
    assert yookassa.payment_told(json.loads(object_with(confirmation=unsafe))).page_url == ""
    assert yookassa.payment_told(json.loads(object_with())).page_url == "https://yookassa.example/pay/1"


@pytest.mark.parametrize("wait_ms", [-5, "soon", None, float("nan"), True])
def test_no_wait_they_name_can_stop_us(kassa, wait_ms):
    payment = asked()
    kassa.troubles.append((202, json.dumps({"type": "processing", "retry_after": wait_ms}).encode()))
    send_request(payment_id=payment.pk, at=kassa.book.clock())
    assert again(payment).state == "pending"


def test_a_moment_without_a_zone_is_not_believed(kassa):
    told = yookassa.payment_told(json.loads(object_with(status="waiting_for_capture", expires_at="2026-12-01T00:00")))
    assert (told.state, told.held_until) == ("held", None)


def test_while_they_are_silent_one_call_waits_once(kassa):
    payment = opened()
    before = len(kassa.asked)
    falls_silent(kassa, "lost")
    with pytest.raises(ProviderAway):
        refresh(payment_id=payment.pk, at=kassa.book.clock())
    assert len(kassa.asked) == before + 1


def test_the_word_on_another_payment_moves_nothing(kassa):
    ours, theirs = opened(), opened(subject="order:2")
    kassa.book.pay(theirs.provider_id)
    kassa.troubles.append(
        (200, json.dumps(kassa.book.answer("GET", f"/payments/{theirs.provider_id}", None, "")).encode())
    )
    with pytest.raises(ProviderAway):
        refresh(payment_id=ours.pk, at=kassa.book.clock())
    assert (again(ours).state, again(ours).concluded_at) == ("pending", None)


def test_the_same_number_in_another_currency_is_another_sum(kassa):
    payment = opened()
    kassa.book.pay(payment.provider_id)
    kassa.book.payments[payment.provider_id]["amount"]["currency"] = "USD"
    with pytest.raises(AmountDiffers) as differs:
        refresh(payment_id=payment.pk, at=kassa.book.clock())
    assert differs.value.facts == {"asked_minor": 149_000, "told_minor": 149_000, "currency": "USD"}
    assert again(payment).state == "pending"


def test_a_refund_of_another_sum_is_not_booked(kassa):
    paid = opened()
    kassa.book.pay(paid.provider_id)
    kassa.mailbox.deliver()
    kassa.book.refunds_wait = True
    refund = owe_refund(subject="order:1", amount=Money(100), reason="returned", key=uuid4(), at=kassa.book.clock())
    send_refund(refund_id=refund.pk, at=kassa.book.clock())
    refund.refresh_from_db()
    kassa.book.refunds[refund.provider_id].update(status="succeeded", amount={"value": "2.00", "currency": "RUB"})
    reconcile(at=kassa.book.clock() + timedelta(minutes=1))
    assert Refund.objects.get().state == "sent"


def test_what_they_do_not_have_is_unknown_and_not_refused(kassa):
    for read in (yookassa.read, yookassa.read_refund, yookassa.read_receipt):
        with pytest.raises(PaymentUnknown):
            read("nothing-of-theirs")


def test_a_payment_keeps_the_id_it_learned_first(kassa):
    payment = opened()
    with pytest.raises(ProviderAway):
        apply_told(payment=payment, told=Told("another", "succeeded", 149_000), at=kassa.book.clock())
    assert Payment.objects.get().provider_id == payment.provider_id
