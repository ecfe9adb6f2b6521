"""Receipts on record: written with the money they belong to, as the provider will print them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.kernel.money import Money
from svoi.payments.events import ReceiptDue
from svoi.payments.models import Payment, Receipt, ReceiptLine, Refund
from svoi.payments.providers.shape import Printed
from svoi.payments.rules import NothingPaid, Receiptable, ReceiptItem, ReceiptNotFailed, look_again_at
from svoi.payments.rules.receipts import at_hand_over, before_hand_over, spread

_RECEIPT_KEYS = UUID("0d4f7b8a-3b0e-4c56-a1a4-6e2f9a7c5d10")


def write_receipt(*, payment: Payment, wanted: Receiptable, at: datetime) -> Receipt:
    """The receipt that travels with the payment: the whole sum, paid before the goods go."""
    key = uuid5(_RECEIPT_KEYS, str(payment.key))
    lines = before_hand_over(spread(wanted.lines, amount_minor=payment.amount_minor, vat_code=settings.VAT_CODE))
    return _write(payment=payment, kind="prepayment", key=key, customer=wanted.customer, lines=lines, at=at)


def shorten_receipt(*, payment: Payment, amount: Money) -> None:
    """Only a part of the held money is taken: the receipt that was not printed yet is for that part."""
    receipt = payment.receipts.filter(kind="prepayment", state="due").first()
    if receipt is None or receipt.amount_minor == amount.minor:
        return
    lines = spread(_items(receipt), amount_minor=amount.minor)
    mode = _mode(receipt)
    receipt.lines.all().delete()
    receipt.amount_minor = amount.minor
    receipt.save(update_fields=["amount_minor"])
    _write_lines(receipt, lines, mode)


def write_refund_receipt(*, refund: Refund, lines: tuple[ReceiptItem, ...], at: datetime) -> Receipt | None:
    """The receipt that travels with a refund, where the payment had one.

    Before hand-over it takes back a prepayment, after it a sale. `lines` are the goods that come back.
    """
    original = refund.payment.receipts.filter(kind="prepayment").first()
    if original is None:
        return None
    closed = refund.payment.receipts.filter(kind="closing").exclude(state="failed").exists()
    wanted = lines or at_hand_over(_items(original))
    printed_lines = spread(wanted, amount_minor=refund.amount_minor, vat_code=settings.VAT_CODE)
    return _write(
        payment=refund.payment,
        refund=refund,
        kind="refund",
        key=uuid5(_RECEIPT_KEYS, str(refund.key)),
        customer=original.customer,
        lines=printed_lines if closed else before_hand_over(printed_lines),
        mode="full_payment" if closed else "full_prepayment",
        at=at,
    )


def goods_of(*, refund: Refund) -> tuple[ReceiptItem, ...]:
    """The goods that a refund's receipt told of; none where it had no receipt."""
    receipt = Receipt.objects.filter(refund=refund).first()
    return at_hand_over(_items(receipt)) if receipt else ()


@atomic
def close_receipt(*, subject: str, key: UUID, at: datetime, lines: tuple[ReceiptItem, ...] = ()) -> Receipt | None:
    """Put the closing receipt on record: the goods were handed over for money that had come before.

    It is for what was paid less what goes back. None where the payment had no receipt; raises `NothingPaid`.
    """
    paid = Payment.objects.select_for_update(no_key=True).filter(subject=subject, state="succeeded", surplus_at=None)
    payment = paid.first()
    if payment is None:
        raise NothingPaid()
    original = payment.receipts.filter(kind="prepayment").first()
    earlier = payment.receipts.filter(kind="closing").first()
    kept_minor = _kept_minor(payment)
    if earlier or original is None or kept_minor <= 0:
        return earlier
    wanted = lines or at_hand_over(_items(original))
    printed_lines = spread(wanted, amount_minor=kept_minor, vat_code=settings.VAT_CODE)
    receipt = _write(
        payment=payment,
        kind="closing",
        key=key,
        customer=original.customer,
        lines=printed_lines,
        mode="full_payment",
        at=at,
    )
    record(ReceiptDue(payment_id=payment.pk, subject=subject, receipt_id=receipt.pk))
    return receipt


@atomic
def print_again(*, receipt_id: int, at: datetime) -> Receipt:
    """Put on record that a closing receipt which was not registered is printed anew, for what is kept by now.

    Twice is once. Raises `ReceiptNotFailed`, and `NothingPaid` when all of it went back meanwhile.
    """
    failed = Receipt.objects.select_related("payment").get(pk=receipt_id)
    payment = Payment.objects.select_for_update(no_key=True).get(pk=failed.payment_id)
    failed.refresh_from_db()
    if failed.kind != "closing" or failed.state != "failed":
        raise ReceiptNotFailed(state=failed.state)
    if earlier := Receipt.objects.filter(again_of=failed).first():
        return earlier
    kept_minor = _kept_minor(payment)
    if kept_minor <= 0:
        raise NothingPaid()
    receipt = _write(
        payment=payment,
        kind="closing",
        key=uuid5(_RECEIPT_KEYS, f"again:{failed.key}"),
        customer=failed.customer,
        lines=spread(_goods_worth(kept_minor, failed), amount_minor=kept_minor),
        mode="full_payment",
        at=at,
        again_of=failed,
    )
    record(ReceiptDue(payment_id=payment.pk, subject=payment.subject, receipt_id=receipt.pk))
    return receipt


def printed(*, receipt: Receipt | None) -> Printed | None:
    """A receipt on record as providers take it; the copy of a buyer who was forgotten goes to the shop itself."""
    if receipt is None:
        return None
    return Printed(receipt.customer or settings.SHOP["email"], _mode(receipt), _items(receipt))


def _goods_worth(kept_minor: int, failed: Receipt) -> tuple[ReceiptItem, ...]:
    """The goods of a closing receipt; all that were paid for, where a refund under way back then has failed since."""
    if failed.amount_minor >= kept_minor:
        return _items(failed)
    return at_hand_over(_items(failed.payment.receipts.get(kind="prepayment")))


def _kept_minor(payment: Payment) -> int:
    """What of a payment neither went back nor is on its way back."""
    return payment.captured.minor - sum(one.amount_minor for one in payment.refunds.exclude(state="failed"))


def _write(
    *,
    payment: Payment,
    kind: str,
    key: UUID,
    customer: str,
    lines: tuple[ReceiptItem, ...],
    at: datetime,
    mode: str = "full_prepayment",
    refund: Refund | None = None,
    again_of: Receipt | None = None,
) -> Receipt:
    receipt = Receipt.objects.create(
        key=key,
        payment=payment,
        refund=refund,
        again_of=again_of,
        kind=kind,
        customer=customer,
        amount_minor=sum(line.sum_minor for line in lines),
        due_at=at,
        look_again_at=look_again_at(since=at, at=at),
    )
    _write_lines(receipt, lines, mode)
    return receipt


def _write_lines(receipt: Receipt, lines: tuple[ReceiptItem, ...], mode: str) -> None:
    ReceiptLine.objects.bulk_create(
        ReceiptLine(
            receipt=receipt,
            name=line.name,
            quantity=line.quantity,
            price_minor=line.price_minor,
            vat_code=line.vat_code,
            mode=mode,
            about=line.about,
        )
        for line in lines
    )


def _items(receipt: Receipt) -> tuple[ReceiptItem, ...]:
    return tuple(
        ReceiptItem(line.name, line.quantity, line.price_minor, line.vat_code, line.about)
        for line in receipt.lines.order_by("id")
    )


def _mode(receipt: Receipt) -> str:
    return "full_prepayment" if receipt.kind == "prepayment" else receipt.lines.all()[0].mode
