"""Payments: asked once, believed only after a re-read, applied once whatever order the notices come in."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from svoi.kernel.money import Money
from svoi.payments.actions import (
    apply_told,
    receive_notice,
    refresh,
    request_payment,
    send_request,
    withdraw_request,
)
from svoi.payments.models import BankPage, Payment, PaymentNotice
from svoi.payments.providers import fake
from svoi.payments.providers.shape import Told
from svoi.payments.rules import AmountDiffers, PaymentsClosed, PaymentUnknown
from tests import cast
from tests.cast import NOON

pytestmark = pytest.mark.django_db
KEY = UUID("aaaaaaaa-2222-4333-8444-555555555555")


def asked(key: UUID = KEY, subject: str = "order:1") -> Payment:
    return request_payment(
        subject=subject, amount=Money(149_000), purpose="№ ABC", return_url="/orders/ABC/", key=key, at=NOON
    )


def pending() -> Payment:
    payment = asked()
    send_request(payment_id=payment.pk, at=NOON)
    payment.refresh_from_db()
    return payment


def notice_of(payment: Payment, told: str = "succeeded") -> dict[str, str]:
    return {"notice": f"{payment.provider_id}:{told}", "payment": payment.provider_id or ""}


def test_the_same_key_asks_once():
    assert asked() == asked()
    assert [kind for kind, _ in cast.recorded()] == ["payment_requested"]


def test_the_provider_is_asked_once_under_the_key_of_the_request():
    payment = pending()
    send_request(payment_id=payment.pk, at=NOON)
    page = BankPage.objects.get()
    assert (page.idempotence_key, page.amount_minor, page.purpose) == (payment.key, 149_000, "№ ABC")
    assert (payment.state, payment.page_url) == ("pending", f"/fake-bank/{page.bank_id}/")


def test_an_answer_lost_on_the_way_finds_the_same_payment_at_the_provider():
    """The provider opened the payment, our process died before writing it down; asking again opens no second one."""
    payment = asked()
    fake.ask(fake.Asking(payment.key, payment.amount, payment.purpose, payment.return_url))
    send_request(payment_id=payment.pk, at=NOON)
    assert BankPage.objects.count() == 1


def test_a_notice_is_believed_only_after_a_re_read():
    payment = pending()
    receive_notice(provider="fake", body=notice_of(payment), at=NOON)
    payment.refresh_from_db()
    assert payment.state == "pending"
    assert cast.recorded("payment_succeeded") == []


def test_a_confirmed_payment_is_told_once_however_often_the_notice_comes():
    payment = pending()
    fake.decide(bank_id=UUID(payment.provider_id), decision="succeed", at=NOON)
    for _ in range(3):
        receive_notice(provider="fake", body=notice_of(payment), at=NOON)
    payment.refresh_from_db()
    assert (payment.state, payment.settled_at) == ("succeeded", NOON)
    told = {"payment_id": payment.pk, "subject": "order:1", "amount_minor": 149_000}
    assert cast.recorded("payment_succeeded") == [("payment_succeeded", told)]
    assert PaymentNotice.objects.get().applied_at == NOON


def test_a_notice_of_somebody_elses_payment_is_unknown():
    page = fake.ask(fake.Asking(uuid4(), Money(1), "", "/"))
    with pytest.raises(PaymentUnknown):
        receive_notice(provider="fake", body={"notice": "n", "payment": page.provider_id}, at=NOON)


@pytest.mark.parametrize(
    "body", [{}, {"notice": 1, "payment": "x"}, {"notice": "n", "payment": "not a uuid"}, {"notice": "", "payment": ""}]
)
def test_a_notice_that_names_nothing_is_refused(body):
    with pytest.raises(ValueError):
        receive_notice(provider="fake", body=body, at=NOON)
    assert PaymentNotice.objects.count() == 0


def test_another_sum_than_asked_is_not_believed():
    payment = pending()
    with pytest.raises(AmountDiffers):
        apply_told(payment=payment, told=Told(payment.provider_id, "succeeded", 1), at=NOON)


def test_news_that_came_late_changes_nothing():
    payment = pending()
    apply_told(payment=payment, told=Told(payment.provider_id, "succeeded", 149_000), at=NOON)
    apply_told(payment=payment, told=Told(payment.provider_id, "declined", 149_000), at=NOON + timedelta(hours=1))
    payment.refresh_from_db()
    assert (payment.state, payment.settled_at) == ("succeeded", NOON)


def test_a_lost_notice_is_healed_by_reading_again():
    payment = pending()
    fake.decide(bank_id=UUID(payment.provider_id), decision="decline", at=NOON)
    refresh(payment_id=payment.pk, at=NOON)
    payment.refresh_from_db()
    assert (payment.state, payment.declined_for) == ("declined", "general_decline")


def test_the_first_decision_at_the_bank_stands():
    payment = pending()
    for decision in ("abandon", "decline", "succeed"):
        fake.decide(bank_id=UUID(payment.provider_id), decision=decision, at=NOON)
    assert BankPage.objects.get().state == "declined"
    assert len(cast.recorded("bank_decided")) == 1


def test_paying_twice_gives_the_second_payment_back():
    first = pending()
    apply_told(payment=first, told=Told(first.provider_id, "declined", 149_000), at=NOON)
    second = asked(uuid4())
    send_request(payment_id=second.pk, at=NOON)
    second.refresh_from_db()
    apply_told(payment=second, told=Told(second.provider_id, "succeeded", 149_000), at=NOON)
    apply_told(payment=first, told=Told(first.provider_id, "succeeded", 149_000), at=NOON)
    first.refresh_from_db()
    assert (first.state, first.surplus_at) == ("succeeded", NOON)
    assert [(told["payment_id"], told["reason"]) for _, told in cast.recorded("refund_due")] == [
        (first.pk, "paid_twice")
    ]


def test_a_request_is_withdrawn_with_what_it_pays_for():
    payment = pending()
    withdraw_request(subject="order:1", at=NOON)
    payment.refresh_from_db()
    assert (payment.state, payment.declined_for) == ("voided", "order_fell_away")


def test_a_shop_without_a_provider_takes_no_orders(settings):
    settings.PAYMENT_PROVIDER = ""
    with pytest.raises(PaymentsClosed):
        asked()
