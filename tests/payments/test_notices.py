"""Notices that are quicker than our own record, that speak of what nobody here asked for, or that nobody can keep."""

from __future__ import annotations

from uuid import uuid4

import pytest

from svoi.kernel.money import Money
from svoi.ledger.actions import transfer
from svoi.ledger.queries import balance, check_ledger
from svoi.payments.actions import owe_again, owe_refund, receive_notice, send_refund, send_request
from svoi.payments.models import Payment, Refund
from svoi.payments.providers import yookassa
from svoi.payments.providers.yookassa.wording import payment_body
from svoi.payments.rules import PaymentUnknown, ProviderAway
from tests import cast
from tests.cast import NOON
from tests.payments.kassa import falls_silent, opened, to_our_door
from tests.payments.till import again, asked

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paid(kassa) -> Payment:
    payment = opened()
    kassa.book.pay(payment.provider_id)
    assert kassa.mailbox.deliver() == [200]
    return again(payment)


def owed(minor: int = 40_000) -> Refund:
    return owe_refund(subject="order:1", amount=Money(minor), reason="returned", key=uuid4(), at=NOON)


def standing() -> tuple[Money, Money]:
    assert check_ledger() == []
    return balance("provider:yookassa"), balance("due:order:1")


def test_a_notice_quicker_than_the_answer_finds_its_payment_by_our_key(kassa):
    payment = asked()
    falls_silent(kassa, "done")
    with pytest.raises(ProviderAway):
        send_request(payment_id=payment.pk, at=NOON)
    [theirs] = kassa.book.payments
    kassa.book.pay(theirs)
    assert kassa.mailbox.deliver() == [200]
    payment = again(payment)
    assert (payment.state, payment.provider_id, payment.captured_minor) == ("succeeded", theirs, 149_000)
    assert standing() == (Money(-149_000), Money(149_000))


def test_the_answer_that_comes_after_its_notice_changes_nothing(kassa):
    payment = asked()
    falls_silent(kassa, "done")
    with pytest.raises(ProviderAway):
        send_request(payment_id=payment.pk, at=NOON)
    [theirs] = kassa.book.payments
    kassa.book.pay(theirs)
    kassa.mailbox.deliver()
    Payment.objects.update(state="requested", captured_minor=None, settled_at=None, concluded_at=None)
    send_request(payment_id=payment.pk, at=NOON)  # their answer is the old one: pending
    kassa.mailbox.deliver()
    assert len(cast.recorded("payment_succeeded")) == 1


def test_a_notice_of_a_refund_quicker_than_the_answer_finds_it_by_our_key(kassa, paid):
    refund = owed()
    falls_silent(kassa, "done")
    with pytest.raises(ProviderAway):
        send_refund(refund_id=refund.pk, at=NOON)
    assert kassa.mailbox.deliver() == [200]
    refund.refresh_from_db()
    assert (refund.state, [refund.provider_id]) == ("succeeded", list(kassa.book.refunds))
    assert standing() == (Money(-109_000), Money(109_000))


def test_a_refund_made_by_hand_in_their_office_goes_on_record_once(kassa, paid):
    theirs = kassa.book.refund_by_hand(paid.provider_id, "490.00")
    [body] = kassa.mailbox.written[1:]
    assert [to_our_door(body), to_our_door({**body, "again": True})] == [200, 200]
    refund = Refund.objects.get()
    assert (refund.state, refund.reason, refund.amount_minor) == ("succeeded", "by_hand", 49_000)
    assert refund.provider_id == theirs
    assert standing() == (Money(-100_000), Money(100_000))
    assert [len(cast.recorded(kind)) for kind in ("refund_due", "refund_succeeded")] == [0, 1]


def test_a_refund_by_hand_of_what_is_no_longer_owed_is_told_to_the_log_and_books_nothing(kassa, paid, caplog):
    sale = {"debit": "due:order:1", "credit": "shop:sales", "amount": Money(149_000), "reason": "collected"}
    transfer(key="collected:order:1", at=NOON, **sale)
    kassa.book.refund_by_hand(paid.provider_id, "490.00")
    assert kassa.mailbox.deliver() == [409]
    assert (Refund.objects.count(), standing()) == (0, (Money(-149_000), Money(0)))
    assert "somebody has to look: account_short" in caplog.text


def test_a_refund_by_hand_of_somebody_elses_payment_is_unknown(kassa):
    theirs = yookassa.call("POST", "/payments", body=payment_body(_strangers()), key=uuid4())["id"]
    kassa.book.pay(theirs)
    kassa.book.refund_by_hand(theirs, "1.00")
    with pytest.raises(PaymentUnknown):
        receive_notice(provider="yookassa", body=kassa.mailbox.written[-1], at=NOON)
    assert Refund.objects.count() == 0


def _strangers() -> yookassa.Asking:
    return yookassa.Asking(uuid4(), Money(100), "", "/")


def failed_and_done_after_all(kassa, refund: Refund) -> None:
    """Refused to us; carried out all the same, as their office or a slow twin of our request would."""
    kassa.troubles.extend([(400, b'{"type":"error","code":"invalid_request"}'), (200, b'{"items":[]}')])
    send_refund(refund_id=refund.pk, at=NOON)
    refund.refresh_from_db()
    assert refund.state == "failed"
    giving = yookassa.GivingBack(refund.key, refund.payment.provider_id, refund.amount)
    yookassa.refund(giving)


def test_money_that_went_after_a_refusal_is_believed_and_booked(kassa, paid):
    refund = owed()
    failed_and_done_after_all(kassa, refund)
    assert kassa.mailbox.deliver() == [200]
    refund.refresh_from_db()
    assert (refund.state, refund.failed_for) == ("succeeded", "")
    assert standing() == (Money(-109_000), Money(109_000))


def test_money_that_went_twice_is_not_booked_beyond_what_was_taken(kassa, paid, caplog):
    """Somebody had it given back anew meanwhile; the second sum is the shop's loss and a person's to look at."""
    refund = owed(149_000)
    failed_and_done_after_all(kassa, refund)
    anew = owe_again(refund_id=refund.pk, at=NOON)
    assert kassa.mailbox.deliver() == [409]
    assert "refund_too_large" in caplog.text
    refund.refresh_from_db(), anew.refresh_from_db()
    assert (refund.state, anew.state, standing()) == ("failed", "due", (Money(-149_000), Money(149_000)))
