"""Short words for the tests of the ledger."""

from __future__ import annotations

from svoi.kernel.money import Money
from svoi.ledger.actions import hold, transfer
from svoi.ledger.models import Entry, Transfer
from svoi.ledger.queries import balance, pending
from tests.cast import NOON

POT, VERA, SHOP = "pot:1", "points:vera", "shop:sales"


def move(key: str, debit: str, credit: str, minor: int, **other: object) -> Transfer:
    told = {"reason": "test", "at": NOON, **other}
    return transfer(key=key, debit=debit, credit=credit, amount=Money(minor), **told)


def promise(key: str, debit: str, credit: str, minor: int) -> Transfer:
    return hold(key=key, debit=debit, credit=credit, amount=Money(minor), reason="test", at=NOON)


def fill(account: str, minor: int) -> Transfer:
    return move(f"fill {account} {minor}", "issued:1", account, minor)


def stands(*accounts: str) -> list[tuple[int, int]]:
    """What each account stands at, and what of it is promised."""
    return [(balance(each).minor, pending(each).minor) for each in accounts]


def entries(key: str) -> list[tuple[str, str, int]]:
    rows = Entry.objects.filter(transfer__key=key).order_by("account__key", "layer")
    return list(rows.values_list("account__key", "layer", "amount_minor"))
