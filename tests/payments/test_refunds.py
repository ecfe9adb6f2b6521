"""Refunds: several of one payment, each once, all together never more than was taken."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from svoi.kernel.money import Money
from svoi.payments.actions import owe_refund, reconcile, send_refund
from svoi.payments.models import BankPage, BankRefund, Payment, Refund
from svoi.payments.queries import paid_minor, refunded_minor, refunding_minor, refunds_of
from svoi.payments.rules import NothingPaid, RefundDiffers, RefundTooLarge
from tests import cast
from tests.cast import NOON
from tests.payments.till import held, paid, pending
from tests.races.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
KEY = UUID("aaaaaaaa-3333-4333-8444-555555555555")


def owed(minor: int, key: UUID | None = None, subject: str = "order:1") -> Refund:
    return owe_refund(subject=subject, amount=Money(minor), reason="returned", key=key or uuid4(), at=NOON)


def test_a_refund_goes_out_after_commit_and_is_told_once():
    payment = paid()
    refund = owed(50_000)
    assert (refund.state, BankRefund.objects.count()) == ("due", 0)
    for _ in range(2):
        send_refund(refund_id=refund.pk, at=NOON)
    refund.refresh_from_db()
    assert (refund.state, refund.sent_at, refund.settled_at) == ("succeeded", NOON, NOON)
    told = {"payment_id": payment.pk, "subject": "order:1", "amount_minor": 50_000, "refund_id": refund.pk}
    assert cast.recorded("refund_succeeded") == [("refund_succeeded", told)]
    assert [(one.amount_minor, str(one.refund_id)) for one in BankRefund.objects.all()] == [
        (50_000, refund.provider_id)
    ]


def test_several_refunds_fit_into_what_was_taken():
    paid()
    refunds = [owed(50_000), owed(99_000)]
    send_refund(refund_id=refunds[0].pk, at=NOON)
    assert (paid_minor("order:1"), refunded_minor("order:1"), refunding_minor("order:1")) == (149_000, 50_000, 149_000)
    with pytest.raises(RefundTooLarge) as refused:
        owed(1)
    assert refused.value.facts == {"left_minor": 0}
    assert [refund.pk for refund in refunds_of("order:1")] == [refunds[1].pk, refunds[0].pk]


def test_the_same_key_is_one_refund_and_another_one_is_refused():
    paid()
    assert owed(100, KEY) == owed(100, KEY)
    with pytest.raises(RefundDiffers):
        owed(101, KEY)
    assert Refund.objects.count() == 1


@pytest.mark.parametrize("state", [pending, held])
def test_money_that_was_not_taken_does_not_go_back(state):
    state()
    with pytest.raises(NothingPaid):
        owed(100)


def test_a_refund_the_bank_will_not_make_has_failed_and_can_be_owed_anew():
    payment = paid()
    payment.refresh_from_db()
    refund = owed(149_000)
    BankPage.objects.update(taken_minor=10)
    send_refund(refund_id=refund.pk, at=NOON)
    refund.refresh_from_db()
    assert (refund.state, refund.failed_for) == ("failed", "insufficient_funds")
    assert len(cast.recorded("refund_failed")) == 1
    assert owed(10).state == "due"


def test_a_refund_whose_answer_was_lost_is_sent_again_under_its_key():
    paid()
    refund = owed(50_000)
    send_refund(refund_id=refund.pk, at=NOON)
    Refund.objects.update(state="due", provider_id=None)  # as if we had died before writing the answer down
    reconcile(at=NOON + timedelta(minutes=1))
    refund.refresh_from_db()
    assert (refund.state, BankRefund.objects.count()) == ("succeeded", 1)


def test_the_database_itself_holds_refunds_within_the_payment():
    payment = paid()
    Refund.objects.create(key=uuid4(), payment=payment, amount_minor=149_000, reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Refund.objects.create(key=uuid4(), payment=payment, amount_minor=1, reason="x")
    Refund.objects.update(state="failed")
    Refund.objects.create(key=uuid4(), payment=payment, amount_minor=149_000, reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Refund.objects.update(state="due")


def test_many_refunds_at_one_moment_never_exceed_the_payment():
    paid()
    outcomes = at_once(lambda place: owed(40_000))
    assert outcomes == ["done"] * 3 + ["refund_too_large"] * 5
    assert refunding_minor("order:1") == 120_000


def test_one_refund_asked_for_many_times_at_one_moment_is_one():
    paid()
    outcomes = at_once(lambda place: owed(40_000, KEY))
    assert (outcomes, Refund.objects.count(), Payment.objects.count()) == (["done"] * 8, 1, 1)
