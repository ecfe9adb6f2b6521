"""A closing receipt that failed is printed anew: once, for what is kept by then, and never beside a live one."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from svoi.kernel.money import Money
from svoi.payments.actions import close_receipt, owe_refund, print_again, reconcile, send_receipt
from svoi.payments.fakes.yookassa import FakeYooKassa
from svoi.payments.models import Receipt, Refund
from svoi.payments.rules import NothingPaid, ReceiptNotFailed
from tests.cast import NOON, recorded
from tests.payments.kassa import opened
from tests.payments.till import RECEIPT, again

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def failed(kassa: FakeYooKassa) -> Receipt:
    """The goods were handed over, and the till did not print their receipt."""
    payment = opened(receipt=RECEIPT)
    kassa.book.pay(payment.provider_id)
    kassa.mailbox.deliver()
    kassa.book.receipts_wait = True
    receipt = close_receipt(subject="order:1", key=uuid4(), at=NOON)
    send_receipt(receipt_id=receipt.pk, at=NOON)
    receipt.refresh_from_db()
    kassa.book.receipts[receipt.provider_id]["status"] = "canceled"
    reconcile(at=LATER)
    receipt.refresh_from_db()
    assert receipt.state == "failed"
    kassa.book.receipts_wait = False
    return receipt


def theirs(kassa: FakeYooKassa) -> list[tuple[str, str]]:
    """The closing receipts in the provider's book: status and sum of what was settled."""
    told = [one for one in kassa.book.receipts.values() if one["settlements"][0]["type"] == "prepayment"]
    return [(one["status"], one["settlements"][0]["amount"]["value"]) for one in told]


def test_it_is_printed_anew_once_and_registered(kassa, failed):
    anew = print_again(receipt_id=failed.pk, at=LATER)
    assert print_again(receipt_id=failed.pk, at=LATER) == anew
    assert [one["receipt_id"] for _, one in recorded("receipt_due")][-1] == anew.pk
    reconcile(at=LATER + timedelta(minutes=1))
    anew.refresh_from_db(), failed.refresh_from_db()
    assert (anew.state, anew.again_of, anew.amount_minor, failed.state) == ("registered", failed, 149_000, "failed")
    assert {line.mode for line in anew.lines.all()} == {"full_payment"}
    assert theirs(kassa) == [("canceled", "1490.00"), ("succeeded", "1490.00")]


def test_one_that_was_registered_after_all_is_found_and_not_printed_twice(kassa, failed):
    anew = print_again(receipt_id=failed.pk, at=LATER)
    kassa.book.receipts[failed.provider_id]["status"] = "succeeded"
    send_receipt(receipt_id=anew.pk, at=LATER)
    anew.refresh_from_db()
    assert (anew.state, anew.provider_id) == ("registered", failed.provider_id)
    assert theirs(kassa) == [("succeeded", "1490.00")]


def test_one_that_failed_anew_is_printed_once_more(kassa, failed):
    second = print_again(receipt_id=failed.pk, at=LATER)
    Receipt.objects.filter(pk=second.pk).update(state="failed")
    third = print_again(receipt_id=second.pk, at=LATER)
    assert (third.again_of, third.key) != (second.again_of, second.key)
    assert print_again(receipt_id=failed.pk, at=LATER) == second


@pytest.mark.parametrize("state", ["due", "sent", "registered", "dropped"])
def test_only_what_failed_is_printed_anew(failed, state):
    Receipt.objects.filter(pk=failed.pk).update(state=state)
    with pytest.raises(ReceiptNotFailed):
        print_again(receipt_id=failed.pk, at=LATER)
    assert Receipt.objects.filter(kind="closing").count() == 1


def test_the_receipt_of_a_payment_is_not_printed_anew(failed):
    prepayment = failed.payment.receipts.get(kind="prepayment")
    Receipt.objects.filter(pk=prepayment.pk).update(state="failed")
    with pytest.raises(ReceiptNotFailed):
        print_again(receipt_id=prepayment.pk, at=LATER)
    with pytest.raises(IntegrityError, match="only_closing_receipts_again"), transaction.atomic():
        Receipt.objects.create(
            key=uuid4(), payment=failed.payment, kind="refund", customer="", amount_minor=1, again_of=prepayment
        )


def test_it_is_for_what_is_kept_by_then(failed):
    Refund.objects.create(key=uuid4(), payment=failed.payment, amount_minor=49_000, reason="returned")
    assert print_again(receipt_id=failed.pk, at=LATER).amount_minor == 100_000


def test_a_refund_that_failed_since_makes_it_for_more(kassa):
    payment = opened(receipt=RECEIPT)
    kassa.book.pay(payment.provider_id)
    kassa.mailbox.deliver()
    refund = owe_refund(subject="order:1", amount=Money(49_000), reason="returned", key=uuid4(), at=NOON)
    receipt = close_receipt(subject="order:1", key=uuid4(), at=NOON)
    assert receipt.amount_minor == 100_000
    Receipt.objects.filter(pk=receipt.pk).update(state="failed")
    Refund.objects.filter(pk=refund.pk).update(state="failed")
    anew = print_again(receipt_id=receipt.pk, at=LATER)
    assert (anew.amount_minor, sum(one.quantity * one.price_minor for one in anew.lines.all())) == (149_000, 149_000)


def test_where_all_went_back_there_is_nothing_to_print(failed):
    Refund.objects.create(key=uuid4(), payment=again(failed.payment), amount_minor=149_000, reason="returned")
    with pytest.raises(NothingPaid):
        print_again(receipt_id=failed.pk, at=LATER)
