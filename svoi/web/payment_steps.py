"""Where an order's money is, in one word that the page is drawn by."""

from __future__ import annotations

from collections.abc import Sequence

from svoi.orders.models import Order
from svoi.payments.models import Payment, Refund
from svoi.payments.rules import FELL_AWAY, PAID

OVER = ("cancelled", "withdrawn")


def payment_step(order: Order, payment: Payment | None, refunds: Sequence[Refund], *, returned: bool = False) -> str:
    """held, paid, cancelled, withdrawn, refunding, refunded, unrefunded, preparing, ready, asking or declined.

    `refunds` are all that go or went back, newest first. `asking`: she came back from the bank, or the money is
    confirmed there, and the order will say so in a moment.
    """
    if order.stage in OVER:
        return _of_refund(refunds[0]) if refunds else order.stage
    if order.stage != "placed":
        return "held" if order.stage == "held" else "paid"
    if payment is None or payment.state == "requested":
        return "preparing"
    if payment.state in PAID:
        return "asking"
    if payment.state in FELL_AWAY:
        return "declined"
    return "asking" if returned else "ready"


def _of_refund(refund: Refund) -> str:
    return {"succeeded": "refunded", "failed": "unrefunded"}.get(refund.state, "refunding")
