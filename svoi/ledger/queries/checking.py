"""Going over the whole ledger by other means than those that write it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db.models import Max, QuerySet

from svoi.db.statements import rows
from svoi.ledger.models import Account, Checkpoint, Entry, Transfer
from svoi.ledger.rules import Fault

SQL = Path(__file__).parents[1] / "sql"
FAULTS_MAX = 1_000
# What is gone over, in pieces of so many ids, so that no statement runs long enough to be cut off.
STEPS: dict[str, tuple[QuerySet[Any], int]] = {
    "transfers": (Transfer.objects.all(), 20_000),
    "entries": (Entry.objects.all(), 50_000),
    "accounts": (Account.objects.all(), 5_000),
    "checkpoints": (Checkpoint.objects.all(), 1_000),
}


def check_ledger(*, watch: Callable[[str, int, int], None] | None = None, most: int = FAULTS_MAX) -> list[Fault]:
    """Everything that is not as it must be, at most so much; an empty list means a sound ledger.

    Each statement sees one moment, so that the shop may be open meanwhile. `watch` is told (step, done, whole).
    """
    found: list[Fault] = []
    for fault in _faults(watch or (lambda step, done, whole: None)):
        found.append(fault)
        if len(found) >= most:
            break
    return found


def _faults(watch: Callable[[str, int, int], None]) -> Iterator[Fault]:
    yield from _told("guards", 0, 0)
    for step, (written, piece) in STEPS.items():
        last = written.aggregate(last=Max("pk"))["last"] or 0
        for first in range(1, last + 1, piece):
            watch(step, first - 1, last)
            yield from _told(step, first, min(first + piece - 1, last))
        watch(step, last, last)


def _told(step: str, first: int, last: int) -> Iterator[Fault]:
    for row in rows(SQL / f"check_{step}.sql", {"first": first, "last": last}):
        yield Fault(str(row["code"]), str(row["about"]))
