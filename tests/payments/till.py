"""A buyer at the demo bank: steps that several tests take."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from svoi.kernel.money import Money
from svoi.payments.actions import receive_notice, request_payment, send_request
from svoi.payments.models import Payment
from svoi.payments.providers import fake
from svoi.payments.rules import Receiptable, ReceiptItem
from tests.cast import NOON

CUPS = (ReceiptItem("Кружка", 2, 50_000), ReceiptItem("Чай", 1, 49_000))
RECEIPT = Receiptable("vera@example.com", CUPS)


def asked(subject: str = "order:1", key: UUID | None = None, minor: int = 149_000, **wanted: object) -> Payment:
    """A request on record."""
    return request_payment(
        subject=subject,
        amount=Money(minor),
        purpose="№ ABC",
        return_url="/orders/ABC/",
        key=key or uuid4(),
        at=NOON,
        **wanted,
    )


def pending(**wanted: object) -> Payment:
    """A request the bank has, with its page."""
    payment = asked(**wanted)
    send_request(payment_id=payment.pk, at=NOON)
    return again(payment)


def decided(payment: Payment, decision: str = "succeed", at: datetime = NOON) -> Payment:
    """The buyer decides, and the bank tells us."""
    fake.decide(bank_id=UUID(payment.provider_id), decision=decision, at=at)
    receive_notice(provider="fake", body={"notice": uuid4().hex, "payment": payment.provider_id}, at=at)
    return again(payment)


def paid(**wanted: object) -> Payment:
    """Money that came."""
    return decided(pending(**wanted))


def held(**wanted: object) -> Payment:
    """Money on hold."""
    return decided(pending(hold=True, **wanted))


def again(payment: Payment) -> Payment:
    """The payment as it is on record now."""
    return Payment.objects.get(pk=payment.pk)
