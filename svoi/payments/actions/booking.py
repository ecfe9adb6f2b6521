"""What the ledger hears of money at providers, in the transaction that learned of it.

A credit raises what we owe (`due:order:12`), a debit lowers it. A refund is promised when it falls due, so that money
owed once is not given twice, and booked when the provider confirms it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from svoi.ledger.actions import hold, post, transfer, void
from svoi.payments.models import Payment, Refund


def book_payment(*, payment: Payment, at: datetime) -> None:
    """Money came: the provider holds it for us, and we owe its subject."""
    transfer(
        key=f"payment:{payment.pk}",
        debit=_provider(payment),
        credit=_due(payment),
        amount=payment.captured,
        reason="payment",
        subject=payment.subject,
        at=at,
    )


def promise_refund(*, refund: Refund, at: datetime) -> None:
    """What we owe is set aside for the way back; raise `AccountShort` when we owe less than that."""
    hold(**_way_back(refund), at=at)


def book_refund(*, refund: Refund, at: datetime, late: bool = False) -> None:
    """The money went back: we owe that much less. `late`, the promise had been given up before."""
    if late:
        transfer(**{**_way_back(refund), "key": f"{_key(refund)}:late"}, at=at)
        return
    post(key=_key(refund), at=at)


def release_refund(*, refund: Refund, at: datetime) -> None:
    """The refund failed: we owe as before."""
    void(key=_key(refund), at=at)


def _way_back(refund: Refund) -> dict[str, Any]:
    payment = refund.payment
    return {
        "key": _key(refund),
        "debit": _due(payment),
        "credit": _provider(payment),
        "amount": refund.amount,
        "reason": "refund",
        "subject": payment.subject,
    }


def _key(refund: Refund) -> str:
    return f"refund:{refund.pk}"


def _provider(payment: Payment) -> str:
    return f"provider:{payment.provider}"


def _due(payment: Payment) -> str:
    return f"due:{payment.subject}"
