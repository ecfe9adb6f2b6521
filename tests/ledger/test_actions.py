"""Transfers, holds, and the same key twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from svoi.kernel.money import Money
from svoi.ledger.actions import post, post_batch, post_many, take_checkpoint, transfer, void
from svoi.ledger.models import Account, AccountBalance, Entry, Transfer
from svoi.ledger.queries import Line, available, balance, due_for_checkpoint, statement, transfer_under
from svoi.ledger.rules import (
    AccountShort,
    CurrencyDiffers,
    HoldOver,
    HoldUnknown,
    Leg,
    MoreThanHeld,
    TransferDiffers,
    Wanted,
    two_legs,
)
from tests.cast import NOON
from tests.ledger.books import POT, SHOP, VERA, entries, fill, move, promise, stands

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_payment_is_owed_to_its_buyer():
    made = move("payment:1", "provider:fake", "due:order:12", 149_000, reason="payment", subject="order:12")
    assert (made.key, made.kind, made.state, made.at) == ("payment:1", "transfer", "posted", NOON)
    assert stands("provider:fake", "due:order:12") == [(-149_000, 0), (149_000, 0)]
    assert entries("payment:1") == [("due:order:12", "posted", 149_000), ("provider:fake", "posted", -149_000)]
    assert Transfer.objects.get() == made
    rows = Account.objects.order_by("key").values_list("key", "currency", "may_go_negative", "keeps_balance")
    assert list(rows) == [("due:order:12", "RUB", False, True), ("provider:fake", "RUB", True, False)]
    assert list(AccountBalance.objects.values_list("account__key", flat=True)) == ["due:order:12"]


def test_what_was_paid_is_handed_over_once_and_not_more():
    move("payment:1", "provider:fake", "due:order:12", 1_000)
    move("collected:order:12", "due:order:12", SHOP, 1_000)
    with pytest.raises(AccountShort) as caught:
        move("refund:1", "due:order:12", "provider:fake", 1)
    assert caught.value.facts == {"key": "refund:1", "account": "due:order:12", "left_minor": 0}
    assert stands("due:order:12", SHOP, "provider:fake") == [(0, 0), (1_000, 0), (-1_000, 0)]
    assert Transfer.objects.count() == 2


def test_the_same_key_is_the_same_transfer():
    first = move("a", "provider:fake", "due:order:12", 1_000)
    again = move("a", "provider:fake", "due:order:12", 1_000, at=NOON + timedelta(hours=1))
    assert (again.pk, again.at) == (first.pk, NOON)
    assert (Transfer.objects.count(), Entry.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    "other",
    [
        {"amount": Money(999)},
        {"credit": "due:order:13"},
        {"debit": "provider:other"},
        {"reason": "gift"},
        {"subject": "order:13"},
    ],
)
def test_the_same_key_with_other_content_is_refused(other):
    told = {"key": "a", "debit": "provider:fake", "credit": "due:order:12", "amount": Money(1_000), "reason": "test"}
    transfer(**told, at=NOON)
    with pytest.raises(TransferDiffers):
        transfer(**(told | other), at=NOON)
    assert (Transfer.objects.count(), stands("due:order:12")) == (1, [(1_000, 0)])
    assert Account.objects.count() == 2


def test_an_account_has_one_currency():
    fill(VERA, 100)
    with pytest.raises(CurrencyDiffers):
        transfer(key="b", debit=VERA, credit="pot:2", amount=Money(1, "USD"), reason="test", at=NOON)
    assert (stands(VERA), Transfer.objects.count(), Account.objects.count()) == ([(100, 0)], 1, 2)


def test_one_transfer_between_many():
    fill(POT, 100)
    legs = [Leg(POT, Money(-100)), Leg(VERA, Money(70)), Leg("points:boris", Money(30))]
    made = post_many(key="split", legs=legs, reason="envelope", subject="envelope:1", at=NOON)
    assert stands(POT, VERA, "points:boris") == [(0, 0), (70, 0), (30, 0)]
    assert post_many(key="split", legs=legs[::-1], reason="envelope", subject="envelope:1", at=NOON) == made


def test_a_hold_keeps_others_away_and_gives_nothing_yet():
    fill(POT, 100)
    held = promise("h", POT, VERA, 80)
    assert (held.kind, held.state) == ("hold", "pending")
    assert (stands(POT, VERA), available(POT)) == ([(100, 80), (0, 0)], Money(20))
    with pytest.raises(AccountShort) as caught:
        move("b", POT, VERA, 21)
    assert caught.value.facts["left_minor"] == 20
    with pytest.raises(AccountShort):
        move("c", VERA, POT, 1)


def test_a_posting_moves_what_was_held():
    fill(POT, 100)
    held = promise("h", POT, VERA, 80)
    made = post(key="h", at=NOON)
    assert (made.kind, made.hold, held.state, stands(POT, VERA)) == ("posting", held, "posted", [(20, 0), (80, 0)])
    assert post(key="h", at=NOON).pk == made.pk
    assert promise("h", POT, VERA, 80).pk == held.pk
    with pytest.raises(HoldOver):
        void(key="h", at=NOON)
    with pytest.raises(TransferDiffers):
        post(key="h", amount=Money(79), at=NOON)
    assert stands(POT, VERA) == [(20, 0), (80, 0)]


def test_a_posting_in_part_frees_the_rest():
    fill(POT, 100)
    promise("h", POT, VERA, 80)
    with pytest.raises(MoreThanHeld):
        post(key="h", amount=Money(81), at=NOON)
    with pytest.raises(CurrencyDiffers):
        post(key="h", amount=Money(1, "USD"), at=NOON)
    post(key="h", amount=Money(30), at=NOON)
    assert stands(POT, VERA) == [(70, 0), (30, 0)]
    assert entries("h:ended") == [
        (VERA, "posted", 30),
        (VERA, "released", -80),
        (POT, "posted", -30),
        (POT, "released", 80),
    ]


def test_a_voiding_frees_it_all():
    fill(POT, 100)
    held = promise("h", POT, VERA, 80)
    made = void(key="h", at=NOON)
    assert (made.kind, held.state, stands(POT, VERA)) == ("voiding", "voided", [(100, 0), (0, 0)])
    assert void(key="h", at=NOON).pk == made.pk
    with pytest.raises(HoldOver):
        post(key="h", at=NOON)


def test_only_a_hold_can_be_ended():
    fill(POT, 100)
    for key in ("nothing", f"fill {POT} 100"):
        with pytest.raises(HoldUnknown):
            post(key=key, at=NOON)
        with pytest.raises(HoldUnknown):
            void(key=key, at=NOON)


def test_a_hold_on_a_collecting_account():
    promise("h", SHOP, VERA, 80)
    assert stands(SHOP) == [(0, 80)]
    post(key="h", amount=Money(50), at=NOON)
    assert stands(SHOP, VERA) == [(-50, 0), (50, 0)]


def test_a_batch_refuses_only_what_cannot_be():
    fill(POT, 100)

    def take(key: str, minor: int, who: str) -> Wanted:
        legs = two_legs(debit=POT, credit=f"points:{who}", amount=Money(minor))
        return Wanted(key=key, legs=legs, reason="envelope")

    wanted = [
        take("a", 60, "a"),
        take("b", 60, "b"),
        take("c", 40, "c"),
        take("a", 60, "a"),
        take("a", 61, "a"),
        Wanted(key="back", legs=two_legs(debit="points:c", credit=POT, amount=Money(40)), reason="envelope"),
        Wanted(key="d", legs=two_legs(debit=POT, credit="points:d", amount=Money(40)), reason="envelope", held=True),
        take("e", 1, "e"),
    ]
    told = [(each.key, each.code, each.left_minor) for each in post_batch(wanted=wanted, at=NOON)]
    assert told == [
        ("a", "done", None),
        ("b", "account_short", 40),
        ("c", "done", None),
        ("a", "repeated", None),
        ("a", "transfer_differs", None),
        ("back", "done", None),
        ("d", "done", None),
        ("e", "account_short", 0),
    ]
    assert stands(POT, "points:a", "points:b", "points:c", "points:d") == [(40, 40), (60, 0), (0, 0), (0, 0), (0, 0)]
    told_again = [each.code.replace("done", "repeated") for each in post_batch(wanted=wanted, at=NOON)]
    assert told_again == [code.replace("done", "repeated") for _key, code, _left in told]
    assert post_batch(wanted=[], at=NOON) == []


def test_a_checkpoint_changes_no_balance():
    for step in range(3):
        move(f"a{step}", "provider:fake", "due:order:12", 10)
    first = take_checkpoint(account="provider:fake", at=NOON)
    assert (first.balance_minor, take_checkpoint(account="provider:fake", at=NOON)) == (-30, first)
    move("b", "provider:fake", "due:order:12", 5)
    assert balance("provider:fake") == Money(-35)
    second = take_checkpoint(account="provider:fake", at=NOON)
    assert (second.balance_minor, balance("provider:fake")) == (-35, Money(-35))


def test_a_checkpoint_is_due_after_many_entries():
    for step in range(3):
        move(f"a{step}", "provider:fake", "due:order:12", 10)
    assert (due_for_checkpoint(entries=3), due_for_checkpoint(entries=4)) == (["provider:fake"], [])
    take_checkpoint(account="provider:fake", at=NOON)
    move("b", "provider:fake", "due:order:12", 10)
    assert (due_for_checkpoint(entries=1), due_for_checkpoint(entries=2)) == (["provider:fake"], [])


def test_a_statement_is_read_newest_first():
    fill(VERA, 100)
    move("b", VERA, POT, 30, reason="gift", subject="envelope:1")
    promise("h", VERA, POT, 10)
    assert statement(VERA, most=1) == [Line("b", "gift", "envelope:1", Money(-30), NOON)]
    assert [line.amount.minor for line in statement(VERA)] == [-30, 100]
    assert (balance("points:nobody"), transfer_under("nothing")) == (Money(0), None)


def test_a_statement_takes_one_query(django_assert_num_queries):
    for step in range(3):
        fill(VERA, 100 + step)
        with django_assert_num_queries(1):
            assert len(statement(VERA)) == step + 1
