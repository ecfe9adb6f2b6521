"""A paid order on its way: packed, collected, and kept once the days to return it are over."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid5

from django.conf import settings
from django.db.models import Exists, OuterRef

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.kernel.money import Money
from svoi.ledger.actions import transfer
from svoi.members.models import Member
from svoi.orders.events import OrderCollected, OrderKept, OrderPacked
from svoi.orders.models import Order, Return
from svoi.orders.queries import kept_minor, locked_order, locked_subject, return_ends
from svoi.orders.rules import admit_packing, admit_sending
from svoi.payments.actions import capture_payment, close_receipt
from svoi.payments.queries import paid_minor, paying_payment, refunding_minor
from svoi.pickup.actions import prepare_parcel, send_parcel
from svoi.pickup.models import Parcel
from svoi.pickup.rules.parcels import ParcelUnknown

KEPT_AT_ONCE = 500


@atomic
def pack_order(*, order_id: int, by: Member, at: datetime) -> Parcel:
    """Make up the parcel; money that is only held is taken now. Twice is once. Raises `OrderNotPaid`."""
    order = locked_order(order_id)
    if admit_packing(stage=order.stage):
        held = paying_payment(order.subject)
        assert held is not None, "a held order has its held payment"
        capture_payment(payment_id=held.pk, amount=None, at=at)
    known = Parcel.objects.filter(subject=order.subject).exists()
    parcel = prepare_parcel(subject=order.subject, pickup_point_id=order.pickup_point_id, at=at)
    if not known:
        record(OrderPacked(**order.told_later(), by_id=by.pk))
    return parcel


@atomic
def send_order(*, order_id: int, by: Member, at: datetime) -> Parcel:
    """The packed parcel leaves the shop, once its money is there. Raises `OrderNotPaid`, `ParcelUnknown`."""
    order = locked_order(order_id)
    admit_sending(stage=order.stage)
    parcel = Parcel.objects.filter(subject=order.subject).first()
    if parcel is None:
        raise ParcelUnknown()
    return send_parcel(parcel_id=parcel.pk, by=by, at=at)


@atomic
def collect_order(*, subject: str, at: datetime) -> bool:
    """The buyer has the goods: what she paid is a sale now, the closing receipt is due, the days to return begin.

    False when the subject is no order that was paid for and still under way.
    """
    order = locked_subject(subject)
    if order is None or order.stage != "paid":
        return False
    parcel = Parcel.objects.get(subject=subject)
    order.collected_at = parcel.handed_over_at or at
    order.save(update_fields=["collected_at"])
    kept = Money(paid_minor(subject) - refunding_minor(subject), order.currency)
    if kept.minor > 0:
        transfer(
            key=f"collected:{subject}",
            debit=f"due:{subject}",
            credit="shop:sales",
            amount=kept,
            reason="collected",
            subject=subject,
            at=at,
        )
        close_receipt(subject=subject, key=uuid5(order.key, "closing"), at=at)
    record(OrderCollected(**order.told_later(), kept_minor=kept.minor))
    return True


def keep_orders(*, at: datetime, most: int = KEPT_AT_ONCE) -> int:
    """Orders whose days to return are over, and of which nothing is on its way back, are kept; how many became so."""
    begun = at - timedelta(days=settings.RETURN_DAYS)
    over = Order.objects.filter(collected_at__lt=begun, kept_at=None, returned_at=None)
    settled = over.filter(~Exists(Return.objects.open().filter(order=OuterRef("pk")))).order_by("collected_at")
    return sum(_keep(order_id=pk, at=at) for pk in settled.values_list("pk", flat=True)[:most])


@atomic
def _keep(*, order_id: int, at: datetime) -> bool:
    order = locked_order(order_id)
    if order.stage != "collected" or at <= return_ends(order) or order.returns.open().exists():
        return False
    order.kept_at = at
    order.save(update_fields=["kept_at"])
    record(OrderKept(**order.told_later(), kept_minor=kept_minor(order)))
    return True
