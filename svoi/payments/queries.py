"""Reading payments, refunds and receipts."""

from __future__ import annotations

from django.db.models import Sum

from svoi.payments.models import Payment, Receipt, Refund


def payments_of(subject: str) -> list[Payment]:
    """All requests for this subject, newest first."""
    return list(Payment.objects.filter(subject=subject).order_by("-id"))


def latest_payment(subject: str) -> Payment | None:
    """The newest request for this subject."""
    return Payment.objects.filter(subject=subject).order_by("-id").first()


def paying_payment(subject: str) -> Payment | None:
    """The payment that pays for this subject: held or succeeded, and not one that came a second time."""
    return Payment.objects.filter(subject=subject, state__in=["held", "succeeded"], surplus_at=None).first()


def refunds_of(subject: str) -> list[Refund]:
    """All that goes or went back, newest first."""
    return list(Refund.objects.filter(payment__subject=subject).select_related("payment").order_by("-id"))


def latest_refund(subject: str) -> Refund | None:
    """The newest that goes or went back."""
    return Refund.objects.filter(payment__subject=subject).select_related("payment").order_by("-id").first()


def receipts_of(subject: str) -> list[Receipt]:
    """The receipts with their lines, in the order they were written."""
    receipts = Receipt.objects.filter(payment__subject=subject).prefetch_related("lines")
    return list(receipts.order_by("id"))


def paid_minor(subject: str) -> int:
    """What was taken for this subject; money that came a second time does not count."""
    taken = Payment.objects.filter(subject=subject, state="succeeded", surplus_at=None)
    return taken.aggregate(whole=Sum("captured_minor"))["whole"] or 0


def refunded_minor(subject: str) -> int:
    """What of it went back for certain."""
    return _going_back(subject, "succeeded")


def refunding_minor(subject: str) -> int:
    """What of it went back or is on its way back."""
    return _going_back(subject, "due", "sent", "succeeded")


def _going_back(subject: str, *states: str) -> int:
    refunds = Refund.objects.filter(payment__subject=subject, payment__surplus_at=None, state__in=states)
    return refunds.aggregate(whole=Sum("amount_minor"))["whole"] or 0
