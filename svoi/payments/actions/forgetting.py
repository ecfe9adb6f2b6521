"""Taking a person's address out of receipts that were registered: the tax service has its own copy."""

from __future__ import annotations

from collections.abc import Collection

from svoi.db.transaction import atomic
from svoi.payments.models import Receipt


@atomic
def forget_customer(*, subjects: Collection[str]) -> int:
    """Empty the customer in every receipt for these subjects. Returns in how many."""
    return Receipt.objects.filter(payment__subject__in=subjects).exclude(customer="").update(customer="")
