"""Held money: taken in whole or in part, let go, or run out; decided once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from svoi.kernel.money import Money
from svoi.payments.actions import (
    capture_payment,
    receive_notice,
    reconcile,
    send_capture,
    send_void,
    void_payment,
    withdraw_request,
)
from svoi.payments.models import BankPage, Payment
from svoi.payments.providers import fake
from svoi.payments.rules import CaptureDecided, CaptureTooLarge, HoldNeedsCard, MethodUnknown, NotHeld
from tests import cast
from tests.cast import NOON
from tests.payments.till import RECEIPT, again, asked, held, paid, pending

pytestmark = pytest.mark.django_db(transaction=True)
WEEK = timedelta(days=7)


def test_money_is_held_on_a_card():
    payment = held()
    assert (payment.state, payment.method, payment.held_at, payment.settled_at) == ("held", "card", NOON, None)
    assert (payment.held_until, payment.captured_minor) == (NOON + WEEK, None)
    told = {"payment_id": payment.pk, "subject": "order:1", "amount_minor": 149_000}
    assert cast.recorded("payment_held") == [("payment_held", told)]
    assert cast.recorded("payment_succeeded") == []


def test_the_fast_payment_system_holds_nothing():
    with pytest.raises(HoldNeedsCard):
        asked(method="sbp", hold=True)
    with pytest.raises(MethodUnknown):
        asked(method="shells")
    assert Payment.objects.count() == 0


def test_held_money_is_taken_once():
    payment = held()
    for _ in range(2):
        capture_payment(payment_id=payment.pk, amount=None, at=NOON)
        send_capture(payment_id=payment.pk, at=NOON)
    payment = again(payment)
    assert (payment.state, payment.captured_minor, payment.settled_at) == ("succeeded", 149_000, NOON)
    assert [len(cast.recorded(kind)) for kind in ("capture_due", "payment_succeeded")] == [1, 1]


def test_a_part_of_it_is_taken_and_its_receipt_is_for_the_part():
    payment = held(receipt=RECEIPT)
    capture_payment(payment_id=payment.pk, amount=Money(100_001), at=NOON)
    send_capture(payment_id=payment.pk, at=NOON)
    receipt = payment.receipts.get()
    assert again(payment).captured_minor == 100_001
    assert (receipt.state, receipt.amount_minor) == ("registered", 100_001)
    assert sum(line.quantity * line.price_minor for line in receipt.lines.all()) == 100_001


@pytest.mark.parametrize("minor", [149_001, 0])
def test_more_than_was_held_is_not_taken(minor):
    payment = held()
    with pytest.raises(CaptureTooLarge):
        capture_payment(payment_id=payment.pk, amount=Money(minor), at=NOON)
    assert cast.recorded("capture_due") == []


def test_what_is_not_held_is_neither_taken_nor_let_go():
    payment = paid()
    with pytest.raises(NotHeld):
        capture_payment(payment_id=payment.pk, amount=Money(1), at=NOON)
    with pytest.raises(NotHeld):
        void_payment(payment_id=payment.pk, at=NOON)


def test_held_money_is_let_go():
    payment = held(receipt=RECEIPT)
    for _ in range(2):
        void_payment(payment_id=payment.pk, at=NOON)
        send_void(payment_id=payment.pk, at=NOON) if again(payment).state == "held" else None
        if again(payment).state == "voided":
            break
    payment = again(payment)
    assert (payment.state, payment.declined_for, payment.concluded_at) == ("voided", "canceled_by_merchant", NOON)
    assert payment.receipts.get().state == "dropped"
    assert len(cast.recorded("payment_voided")) == 1


def test_it_is_not_both_taken_and_let_go():
    payment = held()
    void_payment(payment_id=payment.pk, at=NOON)
    with pytest.raises(CaptureDecided):
        capture_payment(payment_id=payment.pk, amount=None, at=NOON)
    other = held(subject="order:2")
    capture_payment(payment_id=other.pk, amount=Money(100), at=NOON)
    with pytest.raises(CaptureDecided):
        void_payment(payment_id=other.pk, at=NOON)
    with pytest.raises(CaptureDecided):
        capture_payment(payment_id=other.pk, amount=Money(200), at=NOON)


def test_a_hold_runs_out_after_a_week_and_taking_it_then_is_too_late():
    payment = held()
    assert fake.close_pages(at=NOON + WEEK - timedelta(seconds=1)) == 0
    assert fake.close_pages(at=NOON + WEEK) == 1
    capture_payment(payment_id=payment.pk, amount=None, at=NOON + WEEK)
    send_capture(payment_id=payment.pk, at=NOON + WEEK)
    payment = again(payment)
    assert (payment.state, payment.declined_for) == ("expired", "expired_on_capture")
    assert [told["reason"] for _, told in cast.recorded("payment_voided")] == ["expired_on_capture"]


def test_a_page_nobody_decided_on_runs_out_after_an_hour():
    payment = pending(method="sbp")
    BankPage.objects.update(opened_at=NOON)
    assert fake.close_pages(at=NOON + timedelta(minutes=59)) == 0
    assert fake.close_pages(at=NOON + timedelta(minutes=60)) == 1
    reconcile(at=NOON + timedelta(minutes=61))
    payment = again(payment)
    assert (payment.state, payment.declined_for) == ("expired", "expired_on_confirmation")
    assert [told["reason"] for _, told in cast.recorded("payment_declined")] == ["expired_on_confirmation"]


def test_money_held_after_we_gave_up_is_let_go_by_itself():
    """The buyer was on the bank's page when the order fell away."""
    payment = pending(hold=True)
    withdraw_request(subject="order:1", at=NOON)
    fake.decide(bank_id=payment.provider_id, decision="succeed", at=NOON)
    receive_notice(provider="fake", body={"notice": "n", "payment": payment.provider_id}, at=NOON)
    assert (again(payment).state, again(payment).void_due_at) == ("held", NOON)
    assert [len(cast.recorded(kind)) for kind in ("payment_held", "void_due")] == [0, 1]
    send_void(payment_id=payment.pk, at=NOON)
    assert (again(payment).state, again(payment).concluded_at) == ("voided", NOON)


def test_held_money_is_let_go_with_what_it_pays_for():
    payment = held()
    withdraw_request(subject="order:1", at=NOON)
    withdraw_request(subject="order:1", at=NOON)
    assert len(cast.recorded("void_due")) == 1
    with pytest.raises(CaptureDecided):
        capture_payment(payment_id=payment.pk, amount=None, at=NOON)


def test_money_that_is_being_taken_is_not_let_go_with_what_it_pays_for():
    payment = held()
    capture_payment(payment_id=payment.pk, amount=None, at=NOON)
    withdraw_request(subject="order:1", at=NOON)
    assert (again(payment).void_due_at, cast.recorded("void_due")) == (None, [])


def test_a_second_hold_for_the_same_subject_is_let_go_by_itself():
    first = pending()
    withdraw_request(subject="order:1", at=NOON)
    second = held()
    assert second.state == "held"
    fake.decide(bank_id=first.provider_id, decision="succeed", at=NOON)
    reconcile(at=NOON + timedelta(minutes=1))
    assert (again(first).state, again(first).surplus_at is not None) == ("succeeded", True)
    assert [told["payment_id"] for _, told in cast.recorded("refund_due")] == [first.pk]


def test_decisions_whose_answer_was_lost_are_carried_out_by_the_next_look():
    taken, let_go = held(), held(subject="order:2")
    capture_payment(payment_id=taken.pk, amount=None, at=NOON)
    void_payment(payment_id=let_go.pk, at=NOON)
    reconcile(at=NOON + timedelta(minutes=1))
    assert (again(taken).state, again(let_go).state) == ("succeeded", "voided")
