"""A balance is read by indexes, however much else there is."""

from __future__ import annotations

import pytest
from django.db import connection

from svoi.db.statements import load
from svoi.kernel.money import Money
from svoi.ledger.actions import post_batch, take_checkpoint
from svoi.ledger.queries import balance, pending
from svoi.ledger.queries.reading import SQL
from svoi.ledger.rules import Wanted, two_legs
from tests.cast import NOON
from tests.ledger.books import SHOP, move

pytestmark = pytest.mark.django_db(transaction=True)


def plan(name: str, **parameters: object) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"explain {load(SQL / name)}", parameters)
        return "\n".join(line for (line,) in cursor.fetchall())


def test_a_balance_is_read_by_indexes(django_assert_num_queries):
    wanted = [
        Wanted(
            key=f"a{place}",
            legs=two_legs(debit=f"provider:{place % 50}", credit=f"due:{place % 1_000}", amount=Money(1)),
            reason="seed",
        )
        for place in range(4_000)
    ]
    assert {each.code for each in post_batch(wanted=wanted, at=NOON)} == {"done"}
    move("sale", "due:1", SHOP, 1)
    take_checkpoint(account="provider:1", at=NOON)
    with connection.cursor() as cursor:
        cursor.execute("analyze svoi_account, svoi_accountbalance, svoi_entry, svoi_transfer, svoi_checkpoint")

    told = plan("balance.sql", key="provider:1")
    assert ("entries_posted" in told, "entries_promised" in told, "Seq Scan on svoi_entry" in told) == (
        True,
        True,
        False,
    )
    assert "Seq Scan on svoi_account" not in told
    for key, minor in (("provider:1", -80), ("due:2", 4)):
        with django_assert_num_queries(1):
            assert balance(key) == Money(minor)
        with django_assert_num_queries(1):
            assert pending(key) == Money(0)
