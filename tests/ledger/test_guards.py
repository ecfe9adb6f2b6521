"""Nobody writes a balance, changes a fact or leaves a transfer lopsided, whatever door they come by."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from svoi.kernel.money import Money
from svoi.ledger.actions import post, take_checkpoint
from svoi.ledger.models import Account, AccountBalance, Checkpoint, Entry, Transfer
from svoi.ledger.queries import check_ledger
from svoi.ledger.rules import Fault
from tests.cast import NOON
from tests.ledger.books import POT, SHOP, VERA, fill, move, promise, stands

pytestmark = pytest.mark.django_db(transaction=True)
GUARDED = (Account, AccountBalance, Transfer, Entry, Checkpoint)


@pytest.fixture
def book() -> None:
    """Some money moved, some held, some posted, one checkpoint taken."""
    fill(POT, 100)
    move("a", POT, VERA, 30)
    promise("h", POT, VERA, 20)
    promise("g", POT, VERA, 20)
    post(key="g", amount=Money(5), at=NOON)
    take_checkpoint(account="issued:1", at=NOON)


def run(*statements: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def off(table: str):
    """The table's own triggers sleep, as only the owner of the database can make them."""
    run(f"alter table {table} disable trigger user")
    yield
    run(f"alter table {table} enable trigger user")


def told() -> list[tuple[str, str]]:
    return [(fault.code, fault.about) for fault in check_ledger()]


def account(key: str) -> int:
    return Account.objects.get(key=key).pk


@pytest.mark.parametrize(
    "statement",
    [
        "update svoi_accountbalance set posted_minor = posted_minor + 1",
        "update svoi_accountbalance set may_go_negative = true",
        "delete from svoi_accountbalance",
        "insert into svoi_accountbalance select id, 1, 0, true from svoi_account where not keeps_balance",
        "update svoi_entry set amount_minor = 1",
        "delete from svoi_entry",
        "update svoi_transfer set reason = 'gift'",
        "delete from svoi_transfer",
        "update svoi_account set may_go_negative = true",
        "update svoi_checkpoint set balance_minor = 0",
        "delete from svoi_checkpoint",
    ],
)
def test_what_is_on_record_stays(book: None, statement: str):
    before = [list(model.objects.order_by("pk").values()) for model in GUARDED]
    with pytest.raises(IntegrityError):
        run(statement)
    assert [list(model.objects.order_by("pk").values()) for model in GUARDED] == before
    assert told() == []


MADE = "insert into svoi_transfer (key, kind, reason, subject, at) values ('x', '{kind}', 'r', '', now())"
LEG = """
insert into svoi_entry (transfer_id, account_id, layer, amount_minor)
select t.id, a.id, '{layer}', {minor} from svoi_transfer t, svoi_account a
where t.key = '{key}' and a.key = '{account}'
"""
ENDING = """
insert into svoi_transfer (key, kind, reason, subject, hold_id, at)
select 'x', '{kind}', 'r', '', id, now() from svoi_transfer where key = 'h'
"""
USD = """
insert into svoi_account (key, currency, may_go_negative, keeps_balance)
values ('points:usd', 'USD', false, true)
"""


def leg(account: str, minor: int, *, layer: str = "posted", key: str = "x") -> str:
    return LEG.format(account=account, minor=minor, layer=layer, key=key)


PLAIN, HELD = MADE.format(kind="transfer"), MADE.format(kind="hold")
VOIDING = ENDING.format(kind="voiding")
POSTING = ENDING.format(kind="posting")


@pytest.mark.parametrize(
    "statements",
    [
        [PLAIN],
        [PLAIN, leg(SHOP, 5), leg(VERA, -4)],
        [PLAIN, leg(VERA, 5)],
        [PLAIN, leg("issued:1", -5, layer="held"), leg(VERA, 5, layer="held")],
        [HELD, leg("issued:1", -5), leg(VERA, 5)],
        [PLAIN, leg("issued:1", -5), leg("points:usd", 5)],
        [leg("issued:1", -5, key="a"), leg(SHOP, 5, key="a")],
        [PLAIN, leg("issued:1", -5), leg(VERA, 5), "update svoi_accountbalance set posted_minor = 0"],
        [
            PLAIN,
            "insert into svoi_entry (transfer_id, account_id, layer, amount_minor) values (1, 999999, 'posted', 1)",
        ],
        [VOIDING, leg(POT, 10, layer="released"), leg(VERA, -10, layer="released")],
        [VOIDING, leg(SHOP, 20, layer="released"), leg(VERA, -20, layer="released")],
        [POSTING, leg(POT, 20, layer="released"), leg(VERA, -20, layer="released"), leg(POT, -21), leg(VERA, 21)],
        [POSTING, leg(POT, 20, layer="released"), leg(VERA, -20, layer="released"), leg(VERA, -2), leg(POT, 2)],
        [PLAIN, leg(POT, -61), leg(VERA, 61)],
        [PLAIN.replace("at)", "at, xid)").replace("now())", "now(), '5')"), leg(SHOP, -5), leg("issued:1", 5)],
    ],
)
def test_a_lopsided_transfer_is_not_committed(book: None, statements: list[str]):
    run(USD)
    move("shop", "issued:1", SHOP, 1)
    before = (stands(POT, VERA, SHOP), Transfer.objects.count(), Entry.objects.count())
    with pytest.raises(IntegrityError):
        run(*statements)
    assert (stands(POT, VERA, SHOP), Transfer.objects.count(), Entry.objects.count()) == before
    assert told() == []


def test_a_sound_transfer_by_hand_moves_the_balances(book: None):
    run(PLAIN, leg(POT, -10), leg(VERA, 10))
    assert (stands(POT, VERA), told()) == ([(55, 20), (45, 0)], [])


def test_a_checkpoint_by_hand_says_what_is_so(book: None):
    move("b", "issued:1", VERA, 5)
    Checkpoint.objects.create(account_id=account("issued:1"), entry_id=10**6, balance_minor=10**6, at=NOON)
    assert (Checkpoint.objects.latest("id").balance_minor, stands("issued:1"), told()) == (-105, [(-105, 0)], [])
    with pytest.raises(IntegrityError):
        take_checkpoint(account=POT, at=NOON)


def test_a_printed_balance_is_found(book: None):
    with off("svoi_accountbalance"):
        run(f"update svoi_accountbalance set posted_minor = posted_minor + 1 where account_id = {account(VERA)}")
    assert told() == [("balance_differs", VERA)]


def test_a_missing_balance_is_found(book: None):
    with off("svoi_accountbalance"):
        run(f"delete from svoi_accountbalance where account_id = {account(VERA)}")
        run(f"insert into svoi_accountbalance values ({account('issued:1')}, 0, 0, true)")
    assert sorted(told()) == [("balance_missing", VERA), ("balance_not_kept", "issued:1")]


def test_a_removed_floor_is_found(book: None):
    with off("svoi_accountbalance"):
        run(f"update svoi_accountbalance set may_go_negative = true where account_id = {account(VERA)}")
    assert told() == [("floor_differs", VERA)]


def test_a_changed_entry_is_found(book: None):
    with off("svoi_entry"):
        run(f"update svoi_entry set amount_minor = 31 where account_id = {account(VERA)} and amount_minor = 30")
    assert told() == [("sum_not_zero", "a"), ("balance_differs", VERA)]


def test_a_removed_entry_is_found(book: None):
    with off("svoi_entry"):
        run(f"delete from svoi_entry where account_id = {account('issued:1')}")
    assert [code for code, _ in told()] == ["sum_not_zero", "too_few_entries", "checkpoint_differs"]


def test_a_stray_entry_is_found(book: None):
    with off("svoi_transfer"):
        run("delete from svoi_transfer where key = 'a'")
    assert [code for code, _ in told()] == ["entry_astray", "entry_astray"]


def test_a_changed_ending_is_found(book: None):
    with off("svoi_entry"):
        run("update svoi_entry set amount_minor = amount_minor * 5 where layer = 'posted' and abs(amount_minor) = 5")
    assert told() == [("ending_differs", "g:ended"), ("balance_differs", POT), ("balance_differs", VERA)]


def test_a_changed_kind_is_found(book: None):
    with off("svoi_transfer"):
        run("update svoi_transfer set kind = 'hold' where key = 'a'")
    assert told() == [("wrong_layers", "a")]


def test_a_changed_currency_is_found(book: None):
    with off("svoi_account"):
        run("update svoi_account set currency = 'USD' where key = 'issued:1'")
    assert told() == [("currencies_mixed", f"fill {POT} 100")]


def test_a_changed_checkpoint_is_found(book: None):
    with off("svoi_checkpoint"):
        run("update svoi_checkpoint set balance_minor = 0")
    assert [code for code, _ in told()] == ["checkpoint_differs"]


def test_a_pot_below_zero_is_found(book: None):
    with off("svoi_entry"), off("svoi_accountbalance"):
        run(
            "alter table svoi_accountbalance drop constraint account_never_below_zero",
            PLAIN,
            leg(POT, -100),
            leg(VERA, 100),
            f"update svoi_accountbalance set posted_minor = posted_minor - 100 where account_id = {account(POT)}",
            f"update svoi_accountbalance set posted_minor = posted_minor + 100 where account_id = {account(VERA)}",
        )
    try:
        assert told() == [("guard_off", "account_never_below_zero"), ("below_zero", POT)]
    finally:
        run(
            "alter table svoi_accountbalance add constraint account_never_below_zero"
            " check (may_go_negative or posted_minor >= held_minor) not valid"
        )
        connection.cursor().execute(
            "truncate svoi_accountbalance, svoi_entry, svoi_checkpoint, svoi_transfer, svoi_account"
        )
        run("alter table svoi_accountbalance validate constraint account_never_below_zero")


def test_a_sleeping_guard_is_found(book: None):
    with off("svoi_accountbalance"):
        assert check_ledger() == [Fault("guard_off", "svoi_accountbalance_guarded")]
    assert check_ledger() == []


def test_only_so_many_faults_are_told(book: None):
    with off("svoi_entry"), off("svoi_transfer"):
        assert len(check_ledger(most=2)) == 2
