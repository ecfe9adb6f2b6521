"""One order with everything its keeper may want to know, and what can be done to it now."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch

from svoi.communities.models import Community
from svoi.kernel.money import Money
from svoi.ledger.queries import available, balance
from svoi.members.models import Member
from svoi.orders.models import Order, OrderLine, Return, ReturnLine
from svoi.orders.models.order import OrderQuerySet
from svoi.orders.queries import deeds_of
from svoi.orders.rules import may_withdraw
from svoi.payments.models import Payment, Receipt, Refund
from svoi.payments.queries import payments_of, refunds_of
from svoi.pickup.models import Parcel
from svoi.studio.shop.orders import progress_of
from svoi.studio.shop.timeline import Happened, timeline
from svoi.studio.shop.words import Advice, advice_on_refund


@dataclass(frozen=True, slots=True)
class RefundLine:
    """A refund, what to know about it, and whether it can be owed again."""

    refund: Refund
    advice: Advice
    can_be_owed_again: bool


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A receipt, and whether it can be printed again."""

    receipt: Receipt
    can_be_printed_again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSheet:
    """An order's page. `due` is what the shop owes for it, `free` what of that is not promised back yet."""

    order: Order
    lines: list[OrderLine]
    parcel: Parcel | None
    payments: list[Payment]
    refunds: list[RefundLine]
    receipts: list[ReceiptLine]
    returns: list[Return]
    due: Money
    free: Money
    happened: list[Happened]

    @property
    def progress(self) -> str:
        return progress_of(self.order, self.parcel)

    @property
    def can_be_packed(self) -> bool:
        return self.order.stage in ("held", "paid") and self.parcel is None

    @property
    def can_be_sent(self) -> bool:
        return self.order.stage == "paid" and self.parcel is not None and self.parcel.stage == "prepared"

    @property
    def can_be_called_off(self) -> bool:
        return may_withdraw(stage=self.order.stage, sent_at=self.parcel.sent_at if self.parcel else None)


def order_kept_by(member: Member, place: Community) -> OrderQuerySet:
    """Orders of this shop, where the member keeps it."""
    return Order.objects.kept_by(member).filter(community=place)


def order_sheet(order: Order) -> OrderSheet:
    """Everything about an order its caller was allowed to load; a fixed number of queries."""
    subject = order.subject
    parcels = Parcel.objects.select_related("pickup_point", "handed_over_by")
    parcel = parcels.filter(subject=subject).first()
    payments, refunds = payments_of(subject), refunds_of(subject)
    returns = list(
        order.returns.select_related("decided_by")
        .prefetch_related(Prefetch("lines", ReturnLine.objects.select_related("order_line").order_by("id")))
        .order_by("-id")
    )
    for one in returns:
        one.order = order
    free = available(f"due:{subject}")
    return OrderSheet(
        order=order,
        lines=list(order.lines.select_related("variant").order_by("id")),
        parcel=parcel,
        payments=payments,
        refunds=_refund_lines(refunds, free),
        receipts=[
            ReceiptLine(one, one.kind == "closing" and one.state == "failed" and not hasattr(one, "again"))
            for one in Receipt.objects.filter(payment__subject=subject).select_related("again").order_by("id")
        ],
        returns=returns,
        due=balance(f"due:{subject}"),
        free=free,
        happened=timeline(
            order=order, parcel=parcel, payments=payments, refunds=refunds, returns=returns, deeds=deeds_of(order)
        ),
    )


def _refund_lines(refunds: list[Refund], free: Money) -> list[RefundLine]:
    """The newest first; what failed can be owed again once, while that much is free."""
    made_anew = {one.again_of_id for one in refunds}
    return [
        RefundLine(
            one,
            advice_on_refund(one, is_open=one.pk not in made_anew),
            one.state == "failed" and one.pk not in made_anew and one.amount_minor <= free.minor,
        )
        for one in refunds
    ]
