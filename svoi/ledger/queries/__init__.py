"""What is read from the ledger."""

from svoi.ledger.queries.checking import STEPS, check_ledger
from svoi.ledger.queries.reading import (
    Line,
    Size,
    available,
    balance,
    due_for_checkpoint,
    ledger_size,
    pending,
    statement,
    transfer_under,
)

__all__ = [
    "STEPS",
    "Line",
    "Size",
    "available",
    "balance",
    "check_ledger",
    "due_for_checkpoint",
    "ledger_size",
    "pending",
    "statement",
    "transfer_under",
]
