"""The ledger hears of money when it came and when it went, and promises what is on its way."""

from __future__ import annotations

from uuid import uuid4

import pytest

from svoi.kernel.money import Money
from svoi.ledger.actions import transfer
from svoi.ledger.models import Entry
from svoi.ledger.queries import balance
from svoi.ledger.rules import AccountShort
from svoi.payments.actions import capture_payment, owe_refund, receive_notice, send_capture, send_refund
from svoi.payments.models import BankPage, Refund
from tests.cast import NOON
from tests.payments.till import decided, held, paid, pending

pytestmark = pytest.mark.django_db(transaction=True)


def owed(minor: int) -> Refund:
    return owe_refund(subject="order:1", amount=Money(minor), reason="returned", key=uuid4(), at=NOON)


def standing() -> tuple[int, int]:
    """(at the provider, owed to the buyer)."""
    assert sum(Entry.objects.values_list("amount_minor", flat=True)) == 0
    return balance("provider:fake").minor, balance("due:order:1").minor


def test_money_that_came_is_owed_once():
    payment = paid()
    receive_notice(provider="fake", body={"notice": "again", "payment": payment.provider_id}, at=NOON)
    assert standing() == (-149_000, 149_000)


def test_money_that_is_only_held_or_asked_for_is_not_booked():
    held()
    decided(pending(subject="order:2"), "decline")
    assert standing() == (0, 0)


def test_what_was_taken_of_a_hold_is_booked():
    payment = held()
    capture_payment(payment_id=payment.pk, amount=Money(100_000), at=NOON)
    send_capture(payment_id=payment.pk, at=NOON)
    assert standing() == (-100_000, 100_000)


def test_a_refund_is_promised_at_once_and_booked_when_confirmed():
    paid()
    refund = owed(49_000)
    assert standing() == (-149_000, 149_000)
    send_refund(refund_id=refund.pk, at=NOON)
    send_refund(refund_id=refund.pk, at=NOON)
    assert standing() == (-100_000, 100_000)


def test_a_failed_refund_leaves_us_owing():
    paid()
    refund = owed(149_000)
    BankPage.objects.update(taken_minor=10)
    send_refund(refund_id=refund.pk, at=NOON)
    assert standing() == (-149_000, 149_000)
    assert owed(149_000).state == "due"


def test_what_was_handed_over_is_no_longer_owed_in_money():
    paid()
    transfer(
        key="collected:order:1",
        debit="due:order:1",
        credit="shop:sales",
        amount=Money(149_000),
        reason="collected",
        at=NOON,
    )
    with pytest.raises(AccountShort):
        owed(1)
    assert Refund.objects.count() == 0
    transfer(
        key="returned:1", debit="shop:returns", credit="due:order:1", amount=Money(50_000), reason="returned", at=NOON
    )
    send_refund(refund_id=owed(50_000).pk, at=NOON)
    assert standing() == (-99_000, 0)


def test_money_that_came_twice_goes_back_and_the_order_is_still_paid():
    first = decided(pending(), "decline")
    paid()
    BankPage.objects.filter(bank_id=first.provider_id).update(state="succeeded", taken_minor=149_000)
    receive_notice(provider="fake", body={"notice": "late", "payment": first.provider_id}, at=NOON)
    assert standing() == (-298_000, 298_000)
    send_refund(refund_id=Refund.objects.get().pk, at=NOON)
    assert standing() == (-149_000, 149_000)
