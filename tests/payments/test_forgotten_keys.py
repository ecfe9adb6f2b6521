"""A provider forgets a key after a day: what may have been done under it is looked for before it is done again."""

from __future__ import annotations

from uuid import uuid4

import pytest

from svoi.kernel.money import Money
from svoi.ledger.queries import balance
from svoi.payments.actions import close_receipt, owe_refund, reconcile, send_receipt, send_refund
from svoi.payments.models import Receipt, Refund
from svoi.payments.providers import yookassa
from svoi.payments.providers.shape import GivingBack
from svoi.payments.rules import ProviderAway
from tests.payments.kassa import falls_silent, opened
from tests.payments.till import RECEIPT

pytestmark = pytest.mark.django_db(transaction=True)
NEXT_DAY = {"hours": 25}


@pytest.fixture
def paid(kassa):
    payment = opened(receipt=RECEIPT)
    kassa.book.pay(payment.provider_id)
    assert kassa.mailbox.deliver() == [200]
    return payment


def owed(clock, minor: int = 40_000) -> Refund:
    return owe_refund(subject="order:1", amount=Money(minor), reason="returned", key=uuid4(), at=clock())


def test_a_refund_whose_answer_was_lost_for_a_day_is_found_and_not_made_again(kassa, clock, paid):
    refund = owed(clock)
    falls_silent(kassa, "done")
    with pytest.raises(ProviderAway):
        send_refund(refund_id=refund.pk, at=clock())
    reconcile(at=clock.move(**NEXT_DAY))
    refund.refresh_from_db()
    assert (refund.state, list(kassa.book.refunds)) == ("succeeded", [refund.provider_id])
    assert balance("due:order:1") == Money(109_000)


def test_a_refund_that_never_got_there_is_made_a_day_later(kassa, clock, paid):
    refund = owed(clock)
    reconcile(at=clock.move(**NEXT_DAY))
    refund.refresh_from_db()
    assert (refund.state, list(kassa.book.refunds)) == ("succeeded", [refund.provider_id])


def test_another_refund_of_the_same_sum_is_not_taken_for_it(kassa, clock, paid):
    first, second = owed(clock), owed(clock)
    send_refund(refund_id=first.pk, at=clock())
    reconcile(at=clock.move(**NEXT_DAY))
    first.refresh_from_db(), second.refresh_from_db()
    assert (second.state, set(kassa.book.refunds)) == ("succeeded", {first.provider_id, second.provider_id})


def test_a_refund_repeated_in_other_words_is_found_and_has_not_failed(kassa, clock, paid, settings):
    """The shop's tax system was set between two tries: the key is refused, and the money is gone all the same."""
    refund = owed(clock)
    falls_silent(kassa, "done")
    with pytest.raises(ProviderAway):
        send_refund(refund_id=refund.pk, at=clock())
    settings.TAX_SYSTEM = 2
    send_refund(refund_id=refund.pk, at=clock())
    refund.refresh_from_db()
    assert (refund.state, list(kassa.book.refunds)) == ("succeeded", [refund.provider_id])


def test_a_closing_receipt_whose_answer_was_lost_for_a_day_is_not_printed_twice(kassa, clock, paid):
    receipt = close_receipt(subject="order:1", key=uuid4(), at=clock())
    falls_silent(kassa, "done")
    with pytest.raises(ProviderAway):
        send_receipt(receipt_id=receipt.pk, at=clock())
    reconcile(at=clock.move(**NEXT_DAY))
    receipt = Receipt.objects.get(kind="closing")
    printed = [one for one in kassa.book.receipts.values() if one["settlements"][0]["type"] == "prepayment"]
    assert (receipt.state, [one["id"] for one in printed]) == ("registered", [receipt.provider_id])


def test_a_closing_receipt_that_never_got_there_is_printed_a_day_later(kassa, clock, paid):
    """The receipt of the payment itself stands in the same list and is not taken for it."""
    close_receipt(subject="order:1", key=uuid4(), at=clock())
    reconcile(at=clock.move(**NEXT_DAY))
    receipt = Receipt.objects.get(kind="closing")
    assert (receipt.state, len(kassa.book.receipts)) == ("registered", 2)
    assert kassa.book.receipts[receipt.provider_id]["settlements"][0]["type"] == "prepayment"


def test_a_refund_is_found_behind_many_others(kassa, paid):
    wanted = GivingBack(uuid4(), paid.provider_id, Money(1), "returned")
    yookassa.refund(wanted)
    for _ in range(120):
        yookassa.refund(GivingBack(uuid4(), paid.provider_id, Money(1), "returned"))
    found = yookassa.find_refund(wanted)
    assert (found.key, found.provider_id) == (wanted.key, next(iter(kassa.book.refunds)))


def test_a_list_without_an_end_is_given_up(kassa, paid):
    kassa.troubles.extend([(200, b'{"type":"list","items":[],"next_cursor":"1"}')] * 10)
    with pytest.raises(ProviderAway):
        yookassa.find_refund(GivingBack(uuid4(), paid.provider_id, Money(1), "returned"))
