"""What happened to an order, line by line: from its own moments, its parcel's, its money's and its returns'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from svoi.kernel.money import Money
from svoi.orders.models import Order, Return
from svoi.orders.queries import Deed
from svoi.payments.models import Payment, Refund
from svoi.pickup.models import Parcel
from svoi.studio.shop.words import CANCEL_WORDS, RETURN_REASON_WORDS, reason_words

Said = str | Promise


@dataclass(frozen=True, slots=True)
class Happened:
    """A line: when, what, by whom, and what else there is to say."""

    at: datetime
    what: Said
    who: str = ""
    note: Said = ""
    amount: Money | None = None


def timeline(
    *,
    order: Order,
    parcel: Parcel | None,
    payments: Iterable[Payment],
    refunds: Iterable[Refund],
    returns: Iterable[Return],
    deeds: Iterable[Deed],
) -> list[Happened]:
    """Everything in the order it happened."""
    by = {deed.kind: deed.by.name for deed in deeds if deed.by}
    told = [
        *_of_order(order),
        *_of_parcel(parcel, by),
        *(line for one in payments for line in _of_payment(one)),
        *(line for one in refunds for line in _of_refund(one)),
        *(line for one in returns for line in _of_return(order, one)),
    ]
    return sorted(told, key=lambda line: line.at)


def _of_order(order: Order) -> Iterator[Happened]:
    yield Happened(order.placed_at, _("Ordered"), who=order.buyer.name, amount=order.total)
    if order.cancelled_at:
        yield Happened(order.cancelled_at, _("Fell away"), note=CANCEL_WORDS.get(order.cancelled_for, ""))
    if order.withdrawn_at:
        yield Happened(order.withdrawn_at, _("Called off"), note=CANCEL_WORDS.get(order.withdrawn_for, ""))
    if order.kept_at:
        yield Happened(order.kept_at, _("The days to return it are over"))
    if order.returned_at:
        yield Happened(order.returned_at, _("All of it came back"))


def _of_parcel(parcel: Parcel | None, by: dict[str, str]) -> Iterator[Happened]:
    if parcel is None:
        return
    yield Happened(parcel.prepared_at, pgettext_lazy("a parcel", "Packed"), who=by.get("order_packed", ""))
    if parcel.sent_at:
        yield Happened(
            parcel.sent_at,
            pgettext_lazy("a parcel", "Sent to the point"),
            who=by.get("parcel_sent", ""),
            note=parcel.tracking,
        )
    if parcel.arrived_at:
        yield Happened(parcel.arrived_at, _("Arrived at the point"), who=by.get("parcel_arrived", ""))
    if parcel.handed_over_at:
        worker = parcel.handed_over_by
        yield Happened(
            parcel.handed_over_at, pgettext_lazy("a parcel", "Handed over"), who=worker.name if worker else ""
        )
    if parcel.not_collected_at:
        yield Happened(parcel.not_collected_at, _("Will not be collected"))
    if parcel.came_back_at:
        yield Happened(parcel.came_back_at, _("Came back to the shop"))


def _of_payment(payment: Payment) -> Iterator[Happened]:
    yield Happened(payment.requested_at, _("Money asked for"), amount=payment.amount)
    if payment.held_at:
        yield Happened(payment.held_at, _("Money held on the card"), amount=payment.amount)
    if payment.settled_at and payment.state == "succeeded":
        yield Happened(payment.settled_at, _("Money came"), amount=payment.captured)
    elif payment.settled_at:
        yield Happened(payment.settled_at, _("Money did not come"), note=reason_words(payment.declined_for))


def _of_refund(refund: Refund) -> Iterator[Happened]:
    yield Happened(refund.due_at, _("Refund owed"), note=reason_words(refund.reason), amount=refund.amount)
    if refund.settled_at and refund.state == "succeeded":
        yield Happened(refund.settled_at, _("Refund went back"), amount=refund.amount)
    elif refund.settled_at:
        note = reason_words(refund.failed_for)
        yield Happened(refund.settled_at, _("Refund failed"), note=note, amount=refund.amount)


def _of_return(order: Order, one: Return) -> Iterator[Happened]:
    reason = RETURN_REASON_WORDS.get(one.reason, one.reason)
    yield Happened(one.asked_at, _("Return asked for"), who=order.buyer.name, note=reason, amount=one.amount)
    decided = one.decided_by.name if one.decided_by else ""
    if one.accepted_at:
        yield Happened(one.accepted_at, _("Return accepted"), who=decided, note="" if decided else _("By law"))
    if one.declined_at:
        yield Happened(one.declined_at, _("Return declined"), who=decided, note=one.decided_words)
    if one.dropped_at:
        yield Happened(one.dropped_at, _("Return given up"), note=CANCEL_WORDS.get(one.dropped_for, ""))
    if one.received_at:
        yield Happened(one.received_at, _("Returned goods received"), amount=one.amount)
