"""Money that has to go back: promised at once, within what was taken, once per key; sent after commit."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Sum

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.kernel.money import Money
from svoi.payments.actions.booking import promise_refund
from svoi.payments.actions.receipting import goods_of, write_refund_receipt
from svoi.payments.events import RefundDue
from svoi.payments.models import Payment, Refund
from svoi.payments.rules import (
    NothingPaid,
    ReceiptItem,
    RefundDiffers,
    RefundNotFailed,
    admit_refund,
    look_again_at,
)

_AGAIN_KEYS = UUID("e3a1f0c7-90b4-4d1c-a6f2-1d8c5b7e2f60")


@atomic
def owe_refund(
    *,
    subject: str,
    amount: Money,
    reason: str,
    key: UUID,
    at: datetime,
    lines: tuple[ReceiptItem, ...] = (),
) -> Refund:
    """Put on record that a sum goes back to who paid for `subject`; it is sent after commit. One refund per key.

    `lines` are the goods that come back, for the receipt; without them the sum is spread over all that was paid for.
    Raises `NothingPaid`, `RefundTooLarge`, `RefundDiffers` when the key made another refund, and the ledger's
    `AccountShort` when we do not owe that much, the goods having been handed over and not returned.
    """
    if earlier := _made_before(key, subject, amount):
        return earlier
    paid = Payment.objects.select_for_update(no_key=True).filter(subject=subject, state="succeeded", surplus_at=None)
    payment = paid.first()
    if payment is None or amount.currency != payment.currency:
        raise NothingPaid()
    return make_refund(payment=payment, amount=amount, reason=reason, key=key, at=at, lines=lines)


@atomic
def owe_again(*, refund_id: int, at: datetime) -> Refund:
    """Give back anew what a provider would not give back: one more refund for each that failed.

    Raises `RefundNotFailed`, and `RefundTooLarge` when something else went back in its place meanwhile.
    """
    failed = Refund.objects.get(pk=refund_id)
    if failed.state != "failed":
        raise RefundNotFailed(state=failed.state)
    payment = Payment.objects.select_for_update(no_key=True).get(pk=failed.payment_id)
    return make_refund(
        payment=payment,
        amount=failed.amount,
        reason=failed.reason,
        key=uuid5(_AGAIN_KEYS, str(failed.key)),
        at=at,
        lines=goods_of(refund=failed),
        again_of=failed,
    )


def make_refund(
    *,
    payment: Payment,
    amount: Money,
    reason: str,
    key: UUID,
    at: datetime,
    lines: tuple[ReceiptItem, ...] = (),
    again_of: Refund | None = None,
) -> Refund:
    """A refund of a payment that the caller has locked; perhaps in the place of one that failed."""
    if earlier := _made_before(key, payment.subject, amount):
        return earlier
    refund = promise(payment=payment, amount=amount, reason=reason, key=key, at=at, again_of=again_of)
    write_refund_receipt(refund=refund, lines=lines, at=at)
    record(RefundDue(refund_id=refund.pk, reason=reason, **named(payment=payment, amount_minor=amount.minor)))
    return refund


def promise(
    *, payment: Payment, amount: Money, reason: str, key: UUID, at: datetime, again_of: Refund | None = None
) -> Refund:
    """A refund on record and its sum set aside, of a payment that the caller has locked."""
    admit_refund(
        captured_minor=payment.captured.minor,
        going_back_minor=going_back_minor(payment=payment),
        amount_minor=amount.minor,
    )
    refund = Refund.objects.create(
        key=key,
        payment=payment,
        again_of=again_of,
        amount_minor=amount.minor,
        reason=reason,
        due_at=at,
        look_again_at=look_again_at(since=at, at=at),
    )
    promise_refund(refund=refund, at=at)
    return refund


def going_back_minor(*, payment: Payment) -> int:
    """What of a payment went back or is on its way back."""
    return payment.refunds.exclude(state="failed").aggregate(whole=Sum("amount_minor"))["whole"] or 0


def named(*, payment: Payment, amount_minor: int) -> dict[str, Any]:
    """How events tell of a sum of a payment."""
    return {"payment_id": payment.pk, "subject": payment.subject, "amount_minor": amount_minor}


def _made_before(key: UUID, subject: str, amount: Money) -> Refund | None:
    earlier = Refund.objects.filter(key=key).select_related("payment").first()
    if earlier and (earlier.payment.subject, earlier.amount) != (subject, amount):
        raise RefundDiffers()
    return earlier
