"""YooKassa end to end: our client, our door and our book against a server that keeps its contract."""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import uuid4

import pytest

from svoi.kernel.money import Money
from svoi.payments.actions import (
    capture_payment,
    close_receipt,
    owe_refund,
    receive_notice,
    reconcile,
    send_capture,
    send_receipt,
    send_refund,
    send_request,
    send_void,
    void_payment,
)
from svoi.payments.models import Payment, PaymentNotice, Receipt, Refund
from svoi.payments.providers import yookassa
from svoi.payments.providers.shape import Asking
from svoi.payments.rules import PaymentUnknown, ProviderAway, ProviderRefused
from tests import cast
from tests.cast import NOON
from tests.payments.kassa import opened, to_our_door
from tests.payments.till import RECEIPT, again, asked

pytestmark = pytest.mark.django_db(transaction=True)


def paid(kassa, **wanted) -> Payment:
    payment = opened(**wanted)
    kassa.book.pay(payment.provider_id)
    assert kassa.mailbox.deliver() == [200]
    return again(payment)


def test_the_buyer_is_sent_to_their_page_and_back_to_ours(kassa):
    payment = opened(method="sbp", receipt=RECEIPT)
    theirs = kassa.book.payments[payment.provider_id]
    assert (payment.state, payment.page_url) == ("pending", f"{kassa.home}/pay/{payment.provider_id}")
    assert theirs["amount"] == {"value": "1490.00", "currency": "RUB"}
    assert theirs["confirmation"]["return_url"] == "https://shop.example/orders/ABC/?from=bank"
    assert theirs["payment_method"] == {"type": "sbp"}
    assert theirs["metadata"] == {"svoi_key": str(payment.key), "svoi_subject": "order:1"}


def test_a_payment_from_the_page_to_the_receipt(kassa):
    payment = paid(kassa, receipt=RECEIPT)
    assert (payment.state, payment.captured_minor) == ("succeeded", 149_000)
    assert payment.receipts.get().state == "registered"
    assert len(cast.recorded("payment_succeeded")) == 1
    notice = PaymentNotice.objects.get()
    assert (notice.body, notice.sender) == (kassa.mailbox.written[0], "185.71.76.5")


@pytest.mark.parametrize(("reason", "state"), [("insufficient_funds", "declined"), ("3d_secure_failed", "declined")])
def test_a_decline_keeps_its_reason(kassa, reason, state):
    payment = opened()
    kassa.book.decline(payment.provider_id, reason)
    kassa.mailbox.deliver()
    payment = again(payment)
    assert (payment.state, payment.declined_for) == (state, reason)


def test_the_fast_payment_system_runs_out_after_an_hour(kassa, clock):
    payment = opened(method="sbp")
    clock.move(minutes=59)
    kassa.book.pass_time()
    assert kassa.mailbox.deliver() == []
    clock.move(minutes=1)
    kassa.book.pass_time()
    kassa.mailbox.deliver()
    assert (again(payment).state, again(payment).declined_for) == ("expired", "expired_on_confirmation")


def test_a_hold_is_taken_in_part_with_a_receipt_for_the_part(kassa):
    payment = paid(kassa, hold=True, receipt=RECEIPT)
    assert (payment.state, payment.held_until) == ("held", NOON + timedelta(days=7))
    capture_payment(payment_id=payment.pk, amount=Money(99_999), at=NOON)
    send_capture(payment_id=payment.pk, at=NOON)
    assert (again(payment).state, again(payment).captured_minor) == ("succeeded", 99_999)
    assert kassa.mailbox.deliver() == [200]
    assert len(cast.recorded("payment_succeeded")) == 1


def test_a_hold_is_let_go(kassa):
    payment = paid(kassa, hold=True)
    void_payment(payment_id=payment.pk, at=NOON)
    send_void(payment_id=payment.pk, at=NOON)
    assert (again(payment).state, again(payment).declined_for) == ("voided", "canceled_by_merchant")


def test_a_hold_that_ran_out_is_not_taken_however_late_we_hear_of_it(kassa, clock):
    payment = paid(kassa, hold=True)
    clock.move(days=7)
    kassa.book.pass_time()
    capture_payment(payment_id=payment.pk, amount=None, at=clock())
    send_capture(payment_id=payment.pk, at=clock())
    assert (again(payment).state, again(payment).declined_for) == ("expired", "expired_on_capture")


def test_refunds_in_part_go_back_with_receipts(kassa):
    payment = paid(kassa, receipt=RECEIPT)
    for minor in (49_001, 99_999):
        refund = owe_refund(subject="order:1", amount=Money(minor), reason="returned", key=uuid4(), at=NOON)
        send_refund(refund_id=refund.pk, at=NOON)
    assert set(kassa.mailbox.deliver()) == {200}
    assert [one.state for one in Refund.objects.all()] == ["succeeded"] * 2
    assert [(one.amount_minor, one.state) for one in Receipt.objects.filter(kind="refund").order_by("id")] == [
        (49_001, "registered"),
        (99_999, "registered"),
    ]
    assert kassa.book.payments[payment.provider_id]["refunded_amount"]["value"] == "1490.00"


def test_a_refund_that_waits_at_the_bank_is_followed_to_its_end(kassa):
    paid(kassa)
    kassa.book.refunds_wait = True
    first, second = (
        owe_refund(subject="order:1", amount=Money(1_000), reason="returned", key=uuid4(), at=NOON) for _ in range(2)
    )
    for refund in (first, second):
        send_refund(refund_id=refund.pk, at=NOON)
        refund.refresh_from_db()
    assert (first.state, second.state) == ("sent", "sent")
    kassa.book.finish_refund(first.provider_id)
    kassa.book.finish_refund(second.provider_id, reason="insufficient_funds")
    kassa.mailbox.deliver()
    reconcile(at=NOON + timedelta(minutes=1))
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.state, second.state, second.failed_for) == ("succeeded", "failed", "insufficient_funds")
    assert len(cast.recorded("refund_succeeded")) == len(cast.recorded("refund_failed")) == 1


def test_the_closing_receipt_is_printed_at_hand_over_and_followed(kassa):
    paid(kassa, receipt=RECEIPT)
    kassa.book.receipts_wait = True
    receipt = close_receipt(subject="order:1", key=uuid4(), at=NOON)
    send_receipt(receipt_id=receipt.pk, at=NOON)
    receipt.refresh_from_db()
    theirs = kassa.book.receipts[receipt.provider_id]
    assert receipt.state == "sent"
    assert {item["payment_mode"] for item in theirs["items"]} == {"full_payment"}
    assert theirs["settlements"] == [{"type": "prepayment", "amount": {"value": "1490.00", "currency": "RUB"}}]
    kassa.book.finish_receipts()
    reconcile(at=NOON + timedelta(minutes=1))
    receipt.refresh_from_db()
    assert receipt.state == "registered"


def test_a_receipt_that_is_registered_later_than_the_money_came_is_followed(kassa):
    kassa.book.receipts_wait = True
    payment = paid(kassa, receipt=RECEIPT)
    assert (payment.state, payment.receipts.get().state) == ("succeeded", "sent")
    kassa.book.finish_receipts()
    reconcile(at=NOON + timedelta(minutes=1))
    assert payment.receipts.get().state == "registered"


def test_a_wrong_secret_waits_to_be_set_right(kassa, settings):
    payment, right = asked(), settings.YOOKASSA_SECRET
    settings.YOOKASSA_SECRET = "wrong"
    with pytest.raises(ProviderAway) as away:
        send_request(payment_id=payment.pk, at=NOON)
    assert (away.value.facts, again(payment).state) == ({"reason": "credentials"}, "requested")
    settings.YOOKASSA_SECRET = right
    send_request(payment_id=payment.pk, at=NOON)
    assert again(payment).state == "pending"


def test_what_they_refuse_is_declined_with_their_reason(kassa):
    payment = asked()
    yookassa.ask(Asking(payment.key, Money(100), "another purchase", "/"))
    send_request(payment_id=payment.pk, at=NOON)
    payment = again(payment)
    assert (payment.state, payment.declined_for, payment.concluded_at) == ("declined", "invalid_request", NOON)
    assert len(cast.recorded("payment_declined")) == 1


def test_the_same_key_with_another_body_is_refused(kassa):
    key = uuid4()
    first = yookassa.ask(Asking(key, Money(100), "№ 1", "/"))
    assert yookassa.ask(Asking(key, Money(100), "№ 1", "/")) == first
    with pytest.raises(ProviderRefused) as refused:
        yookassa.ask(Asking(key, Money(200), "№ 1", "/"))
    assert refused.value.facts == {"reason": "invalid_request", "about": "Idempotence-Key"}
    assert len(kassa.book.payments) == 1


def test_nothing_of_a_person_and_no_secret_gets_into_the_log(kassa, caplog):
    with caplog.at_level(logging.DEBUG, logger="svoi"):
        kassa.troubles.extend(["500 lost", "500 lost", "500 lost"])
        with pytest.raises(ProviderAway):
            opened(receipt=RECEIPT)
        paid(kassa, receipt=RECEIPT, subject="order:2")
    told = "\n".join(
        f"{record.getMessage()} {record.__dict__}" for record in caplog.records if record.name[:4] == "svoi"
    )
    assert told
    assert not any(secret in told for secret in ("test_secret", "vera@example.com", "Basic "))


@pytest.mark.parametrize(
    ("sender", "status"),
    [("185.71.76.31", 503), ("185.71.76.32", 404), ("2a02:5180:0:1509::7", 503), ("::ffff:77.75.156.11", 503)],
)
def test_notices_are_heard_from_their_addresses_only(kassa, sender, status):
    body = {"type": "notification", "event": "payment.succeeded", "object": {"id": str(uuid4())}}
    kassa.book.payments[body["object"]["id"]] = {
        **body["object"],
        "status": "pending",
        "amount": {"value": "1.00", "currency": "RUB"},
    }
    assert to_our_door(body, sender) == status
    assert PaymentNotice.objects.count() == (status != 404)


def test_a_proxy_of_ours_is_believed_about_the_sender_and_nobody_else(kassa, client):
    def notify(peer: str, told: str) -> int:
        return client.post(
            "/payments/yookassa/notices",
            "{}",
            content_type="application/json",
            REMOTE_ADDR=peer,
            headers={"X-Forwarded-For": told},
        ).status_code

    assert notify("127.0.0.1", "1.2.3.4, 185.71.76.5") == 400
    assert notify("127.0.0.1", "185.71.76.5, 1.2.3.4") == 404
    assert notify("1.2.3.4", "185.71.76.5") == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"type": "notification", "event": 1, "object": {}},
        {"type": "notification", "event": "payment.succeeded", "object": {"id": "../payments/1"}},
        {"type": "notification", "event": "payment.succeeded", "object": {"id": "x" * 51}},
        {"type": "notification", "event": "payment.succeeded", "object": []},
    ],
)
def test_a_notice_that_names_nothing_is_refused(kassa, body):
    assert to_our_door(body) == 400
    assert (PaymentNotice.objects.count(), kassa.asked) == (0, [])


def test_other_events_are_kept_and_change_nothing(kassa):
    body = {"type": "notification", "event": "payout.succeeded", "object": {"id": "po-1"}}
    assert to_our_door(body) == 200
    assert PaymentNotice.objects.get().body == body


def test_a_forged_notice_changes_nothing(kassa):
    payment = opened()
    body = {
        "type": "notification",
        "event": "payment.succeeded",
        "object": {"id": payment.provider_id, "status": "succeeded"},
    }
    assert to_our_door(body) == 200
    assert again(payment).state == "pending"


def test_a_notice_of_nobodys_payment_is_asked_for_again(kassa):
    told = yookassa.ask(Asking(uuid4(), Money(100), "", "/"))
    kassa.book.pay(told.provider_id)
    assert kassa.mailbox.deliver() == [503]
    with pytest.raises(PaymentUnknown):
        receive_notice(provider="yookassa", body=kassa.mailbox.written[0], at=NOON)
