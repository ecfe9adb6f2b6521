"""Money at one moment: two payments for one order, taking and letting go, notices and answers, many senders."""

from __future__ import annotations

from uuid import uuid4

import pytest

from svoi.kernel.money import Money
from svoi.ledger.queries import balance, check_ledger
from svoi.payments.actions import (
    capture_payment,
    owe_refund,
    receive_notice,
    reconcile,
    refresh,
    send_capture,
    send_refund,
    send_request,
    send_void,
    void_payment,
    withdraw_request,
)
from svoi.payments.models import BankPage, BankRefund, Payment, Refund
from tests import cast
from tests.cast import NOON
from tests.payments.till import again, asked, decided, held, paid, pending
from tests.races.at_once import THREADS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def standing() -> tuple[int, int]:
    assert check_ledger() == []
    return balance("provider:fake").minor, balance("due:order:1").minor


@pytest.mark.parametrize("turn", range(3))
def test_of_two_payments_confirmed_at_one_moment_one_pays_and_one_goes_back(turn):
    first = decided(pending(), "decline")
    second = pending()
    BankPage.objects.update(state="succeeded", taken_minor=149_000)
    payments = (first, second)

    def tell(place: int) -> None:
        provider_id = payments[place % 2].provider_id
        receive_notice(provider="fake", body={"notice": f"{provider_id}:{place}", "payment": provider_id}, at=NOON)

    assert at_once(tell) == ["done"] * THREADS
    surplus = Payment.objects.exclude(surplus_at=None).get()
    assert [one.state for one in Payment.objects.all()] == ["succeeded"] * 2
    assert [(one.payment_id, one.amount_minor) for one in Refund.objects.all()] == [(surplus.pk, 149_000)]
    assert len(cast.recorded("payment_succeeded")) == 1
    send_refund(refund_id=Refund.objects.get().pk, at=NOON)
    assert standing() == (-149_000, 149_000)


@pytest.mark.parametrize("turn", range(3))
def test_held_money_is_either_taken_or_let_go(turn):
    payment = held()

    def decide(place: int) -> None:
        if place % 2:
            capture_payment(payment_id=payment.pk, amount=None, at=NOON)
            send_capture(payment_id=payment.pk, at=NOON)
        else:
            void_payment(payment_id=payment.pk, at=NOON)
            send_void(payment_id=payment.pk, at=NOON)

    at_once(decide)
    state = again(payment).state
    assert state == BankPage.objects.get().state
    assert {"succeeded": (-149_000, 149_000), "voided": (0, 0)}[state] == standing()
    assert len(cast.recorded("payment_succeeded")) + len(cast.recorded("payment_voided")) == 1


def test_one_request_sent_by_many_is_one_payment():
    payment = asked()
    assert at_once(lambda place: send_request(payment_id=payment.pk, at=NOON)) == ["done"] * THREADS
    assert again(payment).provider_id == str(BankPage.objects.get().bank_id)


def test_one_refund_sent_by_many_is_one_refund():
    paid()
    refund = owe_refund(subject="order:1", amount=Money(40_000), reason="returned", key=uuid4(), at=NOON)
    assert at_once(lambda place: send_refund(refund_id=refund.pk, at=NOON)) == ["done"] * THREADS
    assert (BankRefund.objects.count(), standing()) == (1, (-109_000, 109_000))


def test_notice_look_and_withdrawal_at_one_moment_book_the_money_once():
    payment = pending()
    BankPage.objects.update(state="succeeded", taken_minor=149_000)

    def meet(place: int) -> None:
        if place % 3 == 0:
            receive_notice(provider="fake", body={"notice": f"n{place}", "payment": payment.provider_id}, at=NOON)
        elif place % 3 == 1:
            refresh(payment_id=payment.pk, at=NOON)
        else:
            withdraw_request(subject="order:1", at=NOON)

    assert at_once(meet) == ["done"] * THREADS
    reconcile(at=payment.look_again_at)
    assert (again(payment).state, len(cast.recorded("payment_succeeded"))) == ("succeeded", 1)
    assert standing() == (-149_000, 149_000)
