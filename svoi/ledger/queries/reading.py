"""Reading the ledger: balances, what is promised, and statements of an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from svoi.db.statements import rows
from svoi.kernel.money import Money
from svoi.ledger.models import Account, Checkpoint, Entry, Transfer

SQL = Path(__file__).parents[1] / "sql"
STATEMENT_ROWS_MAX = 200
CHECKPOINT_EVERY_ENTRIES = 10_000


@dataclass(frozen=True, slots=True)
class Line:
    """One movement of an account, as its owner reads it."""

    key: str
    reason: str
    subject: str
    amount: Money
    at: datetime


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is in the ledger."""

    accounts: int
    transfers: int
    entries: int
    checkpoints: int


def balance(key: str, *, currency: str = "RUB") -> Money:
    """What an account stands at; zero in `currency` when it was never used. Promised amounts are still in it."""
    return _amounts(key, currency)[0]


def pending(key: str, *, currency: str = "RUB") -> Money:
    """What of an account is promised to others by holds that are still open."""
    return _amounts(key, currency)[1]


def available(key: str, *, currency: str = "RUB") -> Money:
    """What an account can give now."""
    posted, held = _amounts(key, currency)
    return posted - held


def statement(key: str, *, most: int = STATEMENT_ROWS_MAX) -> list[Line]:
    """The newest movements of an account, newest first."""
    entries = Entry.objects.filter(account__key=key, layer="posted").select_related("transfer", "account")
    return [
        Line(
            entry.transfer.key,
            entry.transfer.reason,
            entry.transfer.subject,
            Money(entry.amount_minor, entry.account.currency),
            entry.transfer.at,
        )
        for entry in entries.order_by("-id")[:most]
    ]


def transfer_under(key: str) -> Transfer | None:
    """The transfer or hold that this key stands for."""
    return Transfer.objects.filter(key=key).first()


def due_for_checkpoint(*, entries: int = CHECKPOINT_EVERY_ENTRIES) -> list[str]:
    """Keys of collecting accounts that moved so many times since their last checkpoint."""
    return [str(row["key"]) for row in rows(SQL / "due_for_checkpoint.sql", {"entries": entries})]


def ledger_size() -> Size:
    """How many rows there are of each kind."""
    return Size(*(model.objects.count() for model in (Account, Transfer, Entry, Checkpoint)))


def _amounts(key: str, currency: str) -> tuple[Money, Money]:
    found = rows(SQL / "balance.sql", {"key": key})
    if not found:
        return Money(0, currency), Money(0, currency)
    row = found[0]
    told = str(row["currency"])
    return Money(int(str(row["posted_minor"])), told), Money(int(str(row["held_minor"])), told)
