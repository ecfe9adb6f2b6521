"""Payments and refunds of one shop, and which of them somebody has to look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import BigIntegerField, Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import Cast, Substr

from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.orders.models import Order
from svoi.orders.rules import order_id_in
from svoi.payments.models import Payment, Receipt, Refund
from svoi.studio.shop.asking import PAGE_ROWS, WantedMoney

ENDS_SOON = timedelta(hours=24)
SUBJECT_OF_ORDER = "order:"


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment of an order, with its receipt that failed and whether its hold runs out soon."""

    payment: Payment
    order: Order
    failed_receipt: Receipt | None
    ends_soon: bool

    @property
    def trouble(self) -> str:
        """Why somebody has to look, in one word; empty when nobody has to."""
        if self.payment.surplus_at:
            return "surplus"
        if self.failed_receipt:
            return "receipt"
        return "ending" if self.ends_soon else ""


@dataclass(frozen=True, slots=True)
class RefundRow:
    """A refund of an order; one that failed and `is_open` was not made anew yet."""

    refund: Refund
    order: Order
    is_open: bool


def payments_wanted(*, place: Community, member: Member, wanted: WantedMoney, at: datetime) -> QuerySet[Payment]:
    """What fits the filters and pays for an order of this shop; the newest first."""
    payments = Payment.objects.annotate(order_id=_order_id("subject")).filter(_pays_for(place, member))
    if wanted.state:
        payments = payments.filter(state=wanted.state)
    if wanted.method:
        payments = payments.filter(method=wanted.method)
    if wanted.attention:
        payments = payments.filter(_troubled(wanted.attention, at))
    return payments.order_by("-pk")


def refunds_wanted(*, place: Community, member: Member, wanted: WantedMoney) -> QuerySet[Refund]:
    """What fits the filters and goes back for an order of this shop; the newest first."""
    refunds = Refund.objects.annotate(order_id=_order_id("payment__subject")).filter(_pays_for(place, member))
    if wanted.state:
        refunds = refunds.filter(state=wanted.state)
    if wanted.method:
        refunds = refunds.filter(payment__method=wanted.method)
    return refunds.select_related("payment").order_by("-pk")


def payment_page(
    *, place: Community, member: Member, wanted: WantedMoney, after: int | None, at: datetime
) -> tuple[list[PaymentRow], int | None]:
    """A page by three queries, and from where the next one goes on."""
    payments = payments_wanted(place=place, member=member, wanted=wanted, at=at)
    found = list((payments.filter(pk__lt=after) if after else payments)[: PAGE_ROWS + 1])
    shown = found[:PAGE_ROWS]
    orders = _orders(place, (one.subject for one in shown))
    lost = Receipt.objects.filter(payment__in=shown, state="failed", again=None)
    failed = {one.payment_id: one for one in lost.order_by("pk")}
    rows = [
        PaymentRow(one, orders[order_id_in(one.subject)], failed.get(one.pk), ends_soon(one, at=at)) for one in shown
    ]
    return rows, shown[-1].pk if len(found) > PAGE_ROWS else None


def refund_page(
    *, place: Community, member: Member, wanted: WantedMoney, after: int | None
) -> tuple[list[RefundRow], int | None]:
    """A page by two queries, and from where the next one goes on."""
    refunds = refunds_wanted(place=place, member=member, wanted=wanted).select_related("again")
    found = list((refunds.filter(pk__lt=after) if after else refunds)[: PAGE_ROWS + 1])
    shown = found[:PAGE_ROWS]
    orders = _orders(place, (one.payment.subject for one in shown))
    rows = [RefundRow(one, orders[order_id_in(one.payment.subject)], not hasattr(one, "again")) for one in shown]
    return rows, shown[-1].pk if len(found) > PAGE_ROWS else None


def ends_soon(payment: Payment, *, at: datetime) -> bool:
    """Is money held that goes back by itself within a day, unless the order is packed?"""
    until = payment.held_until
    return payment.state == "held" and until is not None and until <= at + ENDS_SOON and not payment.capture_due_at


def _orders(place: Community, subjects: Iterable[str]) -> dict[int, Order]:
    numbers = {order_id_in(subject) for subject in subjects}
    return Order.objects.filter(community=place).select_related("buyer").in_bulk(numbers)


def _order_id(path: str) -> Case:
    """The number of the order a subject names; nothing for a subject of another kind."""
    return Case(
        When(
            **{f"{path}__regex": r"^order:[0-9]{1,18}$"},
            then=Cast(Substr(path, len(SUBJECT_OF_ORDER) + 1), BigIntegerField()),
        )
    )


def _pays_for(place: Community, member: Member) -> Exists:
    return Exists(Order.objects.kept_by(member).filter(community=place, pk=OuterRef("order_id")))


def _troubled(attention: str, at: datetime) -> Q:
    receipt = Q(Exists(Receipt.objects.filter(payment=OuterRef("pk"), state="failed", again=None)))
    surplus = Q(surplus_at__isnull=False)
    ending = Q(state="held", held_until__lte=at + ENDS_SOON, capture_due_at=None)
    refund = Q(Exists(Refund.objects.filter(payment=OuterRef("pk"), state="failed", again=None)))
    return {
        "receipt": receipt,
        "surplus": surplus,
        "ending": ending,
        "any": receipt | surplus | ending | refund,
    }[attention]
