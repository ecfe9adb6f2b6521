"""Looking again: the longest overdue first, nobody kept waiting by one that fails or by a provider that is away."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from svoi.kernel.money import Money
from svoi.payments.actions import give_back_anew, owe_again, owe_refund, reconcile, send_refund, withdraw_request
from svoi.payments.models import BankPage, Payment, Receipt, Refund
from svoi.payments.rules import PaymentDiffers, ReceiptItem, RefundNotFailed, RefundTooLarge
from tests import cast
from tests.cast import NOON
from tests.payments.kassa import opened
from tests.payments.till import RECEIPT, again, asked, decided, held, paid, pending

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOON + timedelta(minutes=1)


def owed(minor: int = 149_000, reason: str = "order_fell_away") -> Refund:
    return owe_refund(subject="order:1", amount=Money(minor), reason=reason, key=uuid4(), at=NOON)


def refused(refund: Refund, at=NOON) -> Refund:
    """The bank has no money for it."""
    taken = BankPage.objects.values_list("taken_minor", flat=True)[0]
    BankPage.objects.update(taken_minor=1)
    send_refund(refund_id=refund.pk, at=at)
    BankPage.objects.update(taken_minor=taken)
    refund.refresh_from_db()
    assert refund.state == "failed"
    return refund


def test_a_round_takes_the_longest_overdue_of_all_kinds(kassa):
    """Thirty payments nobody decides on do not keep the one refund waiting."""
    first = opened()
    kassa.book.pay(first.provider_id), kassa.mailbox.deliver()
    refund = owed()
    for number in range(2, 32):
        opened(subject=f"order:{number}")
    Payment.objects.update(look_again_at=NOON)
    Refund.objects.update(look_again_at=NOON - timedelta(seconds=1))
    assert reconcile(at=LATER, most=1) == 1
    refund.refresh_from_db()
    assert refund.state == "succeeded"


def test_a_provider_that_is_away_is_left_alone_after_three_tries(kassa, settings):
    for number in range(1, 9):
        opened(subject=f"order:{number}")
    before = len(kassa.asked)
    kassa.troubles.extend([(503, b"")] * 100)
    assert (reconcile(at=LATER), len(kassa.asked) - before) == (3, 9)
    kassa.troubles.clear()
    looked_at = {pk for pk, at in Payment.objects.values_list("pk", "look_again_at") if at > LATER}
    assert reconcile(at=LATER) == 5
    assert len(looked_at) == 3


def test_while_one_provider_is_away_the_other_is_asked(kassa, settings):
    settings.PAYMENT_PROVIDER = "fake"
    theirs = pending(subject="order:100")
    settings.PAYMENT_PROVIDER = "yookassa"
    for number in range(1, 6):
        opened(subject=f"order:{number}")
    BankPage.objects.update(state="succeeded", taken_minor=149_000)
    Payment.objects.filter(provider="yookassa").update(look_again_at=NOON)
    kassa.troubles.extend([(503, b"")] * 100)
    reconcile(at=LATER)
    assert again(theirs).state == "succeeded"


def test_what_breaks_does_not_break_the_round(caplog):
    broken, sound = pending(), pending(subject="order:2")
    Payment.objects.filter(pk=broken.pk).update(provider_id="no id of the bank's", look_again_at=NOON)
    BankPage.objects.filter(bank_id=sound.provider_id).update(state="declined", reason="card_expired")
    assert reconcile(at=LATER) == 2
    assert (again(broken).state, again(sound).state) == ("pending", "declined")
    assert f"payment {broken.pk} is not reconciled" in caplog.text
    assert again(broken).look_again_at > LATER


def test_another_sum_is_told_to_the_log_at_every_look_and_never_booked(caplog):
    payment = pending()
    BankPage.objects.update(state="succeeded", taken_minor=1)
    for minute in (1, 2):
        reconcile(at=NOON + timedelta(minutes=minute))
    assert [record.levelname for record in caplog.records if "another sum" in record.getMessage()] == ["ERROR"] * 2
    assert (again(payment).state, cast.recorded("payment_succeeded")) == ("pending", [])


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        (timedelta(minutes=9), timedelta(seconds=20)),
        (timedelta(minutes=119), timedelta(minutes=2)),
        (timedelta(days=7), timedelta(minutes=30)),
        (timedelta(days=9), timedelta(days=1)),
    ],
)
def test_the_older_the_seldomer(age, wait):
    payment = pending()
    reconcile(at=NOON + age)
    assert again(payment).look_again_at == NOON + age + wait


def test_of_a_request_that_came_to_nothing_the_receipt_is_dropped(kassa):
    """Given up by us, refused by them, forgotten: no receipt waits for ever, or its buyer could never be erased."""
    withdrawn, refused_by_them, never_asked = (asked(subject=f"order:{n}", receipt=RECEIPT) for n in (1, 2, 3))
    withdraw_request(subject="order:1", at=NOON)
    kassa.troubles.append((400, b'{"type":"error","code":"invalid_request"}'))
    Payment.objects.filter(pk=refused_by_them.pk).update(look_again_at=NOON)
    Payment.objects.filter(pk=never_asked.pk).update(look_again_at=NOON + timedelta(days=1))
    reconcile(at=LATER)
    reconcile(at=NOON + timedelta(days=1))
    assert [again(one).state for one in (withdrawn, refused_by_them, never_asked)] == ["voided", "declined", "expired"]
    assert set(Receipt.objects.values_list("state", flat=True)) == {"dropped"}


def test_money_that_came_after_all_brings_its_receipt_back(kassa):
    payment = opened(receipt=RECEIPT)
    withdraw_request(subject="order:1", at=NOON)
    assert payment.receipts.get().state == "dropped"
    kassa.book.pay(payment.provider_id)
    kassa.mailbox.deliver()
    assert (again(payment).state, payment.receipts.get().state) == ("succeeded", "registered")


def test_a_receipt_they_do_not_speak_of_is_followed_until_they_do(kassa):
    payment = opened(receipt=RECEIPT)
    kassa.book.pay(payment.provider_id)
    theirs = kassa.book.payments[payment.provider_id]
    del theirs["receipt_registration"]
    kassa.mailbox.deliver()
    assert payment.receipts.get().state == "sent"
    theirs["receipt_registration"] = "succeeded"
    reconcile(at=LATER)
    assert payment.receipts.get().state == "registered"


def test_the_same_key_of_two_subjects_is_two_payments_and_of_two_sums_is_refused():
    key = uuid4()
    assert asked(key=key) == asked(key=key)
    assert asked(key=key) != asked(key=key, subject="order:2")
    with pytest.raises(PaymentDiffers):
        asked(key=key, minor=1)
    assert Payment.objects.count() == 2


def test_what_a_bank_refused_to_give_back_is_owed_anew_once_with_the_same_goods():
    payment = paid(receipt=RECEIPT)
    cup = (ReceiptItem("Кружка", 1, 50_000),)
    refund = owe_refund(subject="order:1", amount=Money(50_000), reason="returned", key=uuid4(), at=NOON, lines=cup)
    with pytest.raises(RefundNotFailed):
        owe_again(refund_id=refund.pk, at=NOON)
    refused(refund)
    anew = owe_again(refund_id=refund.pk, at=LATER)
    assert anew == owe_again(refund_id=refund.pk, at=LATER)
    send_refund(refund_id=anew.pk, at=LATER)
    anew.refresh_from_db()
    assert (anew.state, anew.amount_minor, anew.reason) == ("succeeded", 50_000, "returned")
    told = [(line.name, line.quantity, line.price_minor) for line in anew.receipt.lines.all()]
    assert told == [("Кружка", 1, 50_000)]
    assert [one.state for one in payment.receipts.filter(kind="refund").order_by("id")] == ["dropped", "registered"]


def test_money_of_an_order_that_fell_away_is_given_back_anew_by_itself_a_day_later():
    paid()
    first = refused(owed())
    assert give_back_anew(at=NOON + timedelta(hours=23)) == 0
    tomorrow = NOON + timedelta(days=1)
    assert [give_back_anew(at=tomorrow) for _ in range(2)] == [1, 0]
    reconcile(at=tomorrow + timedelta(minutes=1))
    assert [one.state for one in Refund.objects.order_by("id")] == ["failed", "succeeded"]
    assert first.failed_for == "insufficient_funds"


def test_a_bank_that_goes_on_refusing_is_asked_for_a_week():
    paid()
    at, refund = NOON, owed()
    for _ in range(20):
        refused(refund, at)
        at += timedelta(days=1)
        if not give_back_anew(at=at):
            break
        refund = Refund.objects.latest("id")
    assert (Refund.objects.count(), Refund.objects.exclude(state="failed").count()) == (7, 0)


@pytest.mark.parametrize(("minor", "reason"), [(149_000, "returned"), (40_000, "order_fell_away")])
def test_what_people_decide_over_is_given_back_anew_by_people(minor, reason):
    paid()
    refused(owed(minor, reason))
    assert give_back_anew(at=NOON + timedelta(days=1)) == 0


def test_nothing_goes_back_anew_where_something_else_went_in_its_place():
    paid()
    failed = refused(owed())
    owed(100, "returned")
    with pytest.raises(RefundTooLarge):
        owe_again(refund_id=failed.pk, at=NOON)
    assert give_back_anew(at=NOON + timedelta(days=1)) == 0
    assert Refund.objects.count() == 2


def test_the_receipt_of_a_forgotten_buyer_goes_to_the_shop(kassa, settings):
    settings.SHOP = {**settings.SHOP, "email": "shop@example.com"}
    payment = opened(receipt=RECEIPT)
    kassa.book.pay(payment.provider_id), kassa.mailbox.deliver()
    Receipt.objects.update(customer="")
    refund = owed(100, "returned")
    send_refund(refund_id=refund.pk, at=NOON)
    refund.refresh_from_db()
    assert refund.state == "succeeded"


def test_a_hold_and_a_decline_that_nobody_told_of_are_found():
    on_hold, gone = held(), pending(subject="order:2")
    decided(gone, "decline")
    BankPage.objects.filter(bank_id=on_hold.provider_id).update(state="expired", reason="expired_on_capture")
    reconcile(at=LATER)
    assert (again(on_hold).state, again(gone).state) == ("expired", "declined")
