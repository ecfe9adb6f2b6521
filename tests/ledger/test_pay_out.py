"""One account pays many in one transfer: exactly, once, and never more than it has."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from svoi.ledger.queries import balance, check_ledger
from tests.cast import NOON
from tests.ledger.books import entries, fill

pytestmark = pytest.mark.django_db

POT = "pot:envelope:1"


def pay_out(key: str, payees: list[str], amounts: list[int]) -> None:
    told = [key, POT, payees, amounts, "test", "", "RUB", NOON]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select svoi_ledger_pay_out_v1(%s, %s, %s::text[], %s::bigint[], %s, %s, %s, %s)", told)


def test_everybody_is_paid_and_the_sum_leaves_the_payer() -> None:
    fill(POT, 100)
    fill("points:1:2", 5)
    pay_out("first", ["points:1:1", "points:1:2"], [30, 50])
    assert [balance(each).minor for each in (POT, "points:1:1", "points:1:2")] == [20, 30, 55]
    told = {account: minor for account, _, minor in entries("first")}
    assert told == {POT: -80, "points:1:1": 30, "points:1:2": 50}
    assert check_ledger() == []


def test_a_payer_with_too_little_pays_nobody() -> None:
    fill(POT, 100)
    with pytest.raises(IntegrityError, match="account_never_below_zero"):
        pay_out("first", ["points:1:1", "points:1:2"], [60, 50])
    assert balance(POT).minor == 100
    assert entries("first") == []


def test_a_key_pays_once() -> None:
    fill(POT, 100)
    pay_out("first", ["points:1:1"], [10])
    with pytest.raises(IntegrityError):
        pay_out("first", ["points:1:1"], [10])
    assert balance("points:1:1").minor == 10


def test_who_was_paid_owes_nothing() -> None:
    """An account that a pay-out opened has no way below zero."""
    fill(POT, 100)
    pay_out("first", ["points:1:1"], [10])
    with pytest.raises(IntegrityError, match="account_never_below_zero"):
        pay_out("second", ["points:1:1", "points:1:2"], [-11, 12])
