"""Finding and healing what a lost answer or a lost notice left behind."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice

from django.db.models import F, Q, QuerySet

from svoi.kernel.refused import Refused
from svoi.payments.actions.asking import forget_unasked, send_request
from svoi.payments.actions.holding import send_capture, send_void
from svoi.payments.actions.owing import owe_again
from svoi.payments.actions.printing import send_receipt
from svoi.payments.actions.refunding import read_refund_again, send_refund
from svoi.payments.actions.telling import refresh
from svoi.payments.models import Payment, Receipt, Refund
from svoi.payments.rules import AmountDiffers, ProviderAway, look_again_at

log = logging.getLogger(__name__)
MOST = 100
# A provider that did not answer so many times in one round is left alone until the next: others are waiting, too.
AWAY_MAX = 3
# What goes back whole without anybody's decision is given back anew by itself, so often and so long after a failure.
BY_ITSELF = ("order_fell_away", "paid_twice")
FAILURES_MAX = 7
AGAIN_AFTER, AGAIN_WITHIN = timedelta(days=1), timedelta(days=10)

Overdue = tuple[datetime, str, int, str]  # since when, what, its id, its provider
Looked = Payment | Refund | Receipt


def reconcile(*, at: datetime, most: int = MOST) -> int:
    """Look again at what is overdue for a look, the longest overdue first; return how many were looked at.

    Each is asked for by itself, and one that fails does not keep the others waiting. Without this, an answer lost on
    the way would leave a payment without its provider's id for ever, and a lost notice a paid order unpaid.
    """
    looked_at, away = 0, Counter[str]()
    for _since, kind, pk, provider in islice(merge(*(_overdue(kind, at, most) for kind in LOOKS)), most):
        if away[provider] >= AWAY_MAX:
            continue
        away[provider] += not _look(kind, pk, at)
        looked_at += 1
    return looked_at


def give_back_anew(*, at: datetime) -> int:
    """Owe once more what a provider would not give back a day ago, unless it refused often; return how many times."""
    failed = Refund.objects.filter(state="failed", again=None, reason__in=BY_ITSELF)
    whole = failed.filter(amount_minor=F("payment__captured_minor"))
    made = 0
    for refund in whole.filter(settled_at__range=(at - AGAIN_WITHIN, at - AGAIN_AFTER)).order_by("pk"):
        often = Refund.objects.filter(payment_id=refund.payment_id, state="failed").count() >= FAILURES_MAX
        if often:
            continue
        try:
            owe_again(refund_id=refund.pk, at=at)
            made += 1
        except Refused as no:
            log.warning("refund %s is not given back anew: %s", refund.pk, no)
    return made


def _overdue(kind: str, at: datetime, most: int) -> Iterator[Overdue]:
    rows, provider = _waiting(kind)
    overdue = rows.filter(look_again_at__lte=at).order_by("look_again_at", "pk")
    for since, pk, name in overdue.values_list("look_again_at", "pk", provider)[:most]:
        yield since, kind, pk, name


def _waiting(kind: str) -> tuple[QuerySet[Payment] | QuerySet[Refund] | QuerySet[Receipt], str]:
    if kind == "payment":
        return Payment.objects.filter(concluded_at=None), "provider"
    if kind == "refund":
        return Refund.objects.filter(state__in=["due", "sent"]), "payment__provider"
    return Receipt.objects.filter(Q(state="sent") | Q(kind="closing", state="due")), "payment__provider"


def _look(kind: str, pk: int, at: datetime) -> bool:
    """One look; False when the provider did not answer."""
    try:
        LOOKS[kind](pk, at)
    except ProviderAway as no:
        log.warning("%s %s is not reconciled: %s", kind, pk, no)
        return False
    except AmountDiffers as no:
        log.error("%s %s: the provider speaks of another sum, somebody has to look: %s", kind, pk, no)
    except Refused as no:
        log.warning("%s %s is not reconciled: %s", kind, pk, no)
    except Exception:
        log.exception("%s %s is not reconciled", kind, pk)
    return True


def _look_at_payment(payment_id: int, at: datetime) -> None:
    payment = Payment.objects.get(pk=payment_id)
    _put_off(payment, since=payment.requested_at, at=at)
    if not payment.provider_id:
        forget_unasked(payment_id=payment_id, at=at)
        send_request(payment_id=payment_id, at=at)
        return
    refresh(payment_id=payment_id, at=at)
    send_capture(payment_id=payment_id, at=at)
    send_void(payment_id=payment_id, at=at)


def _look_at_refund(refund_id: int, at: datetime) -> None:
    refund = Refund.objects.get(pk=refund_id)
    _put_off(refund, since=refund.due_at, at=at)
    send_refund(refund_id=refund_id, at=at)
    read_refund_again(refund_id=refund_id, at=at)


def _look_at_receipt(receipt_id: int, at: datetime) -> None:
    receipt = Receipt.objects.get(pk=receipt_id)
    _put_off(receipt, since=receipt.due_at, at=at)
    send_receipt(receipt_id=receipt_id, at=at)


def _put_off(one: Looked, *, since: datetime, at: datetime) -> None:
    """Whatever comes of this look, the next one is later: what never answers must not crowd out the rest."""
    type(one).objects.filter(pk=one.pk).update(look_again_at=look_again_at(since=since, at=at))


LOOKS: dict[str, Callable[[int, datetime], None]] = {
    "payment": _look_at_payment,
    "refund": _look_at_refund,
    "receipt": _look_at_receipt,
}
