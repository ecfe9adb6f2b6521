"""Lists of the shop as CSV, row by row, so that a long one costs no memory.

Column names are the same in every language, since programs read them. Money is a decimal with a dot, moments are ISO
8601 with their zone. A cell of text that a spreadsheet would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from svoi.catalog.models import Variant
from svoi.communities.models import Community
from svoi.ledger.models import Entry
from svoi.members.models import Member
from svoi.orders.models import Order, OrderLine
from svoi.orders.rules import order_id_in
from svoi.payments.models import Payment, Refund
from svoi.pickup.models import PickupPoint
from svoi.points.models import BudgetChange
from svoi.points.queries import moves_in
from svoi.studio.shop.asking import (
    POINT_SECTIONS,
    one_of,
    text_in,
    wanted_orders,
    wanted_payments,
    wanted_refunds,
)
from svoi.studio.shop.money import payments_wanted, refunds_wanted
from svoi.studio.shop.orders import orders_wanted
from svoi.studio.shop.places import points_wanted
from svoi.ui.typography import decimal_text

ROWS_A_TIME = 500
BOM = "\ufeff"
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n")
Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list: its columns, its rows for those who keep the shop, and how a row is written."""

    columns: tuple[str, ...]
    rows: Callable[[Community, Member, Mapping[str, str], datetime], QuerySet[Any]]
    cells: Callable[[Any], Iterable[Cell]]


class _Echo:
    """What a CSV writer writes to: it gives back the line at once."""

    def write(self, line: str) -> str:
        return line


def lines_of(sheet: Sheet, rows: QuerySet[Any], *, bom: bool) -> Iterator[str]:
    """The file line by line, read by a cursor that stays at the server."""
    writer = csv.writer(_Echo())
    yield (BOM if bom else "") + writer.writerow(sheet.columns)
    for row in rows.iterator(chunk_size=ROWS_A_TIME):
        yield writer.writerow([plain(cell) for cell in sheet.cells(row)])


def plain(cell: Cell) -> Cell:
    """Text that no spreadsheet carries out."""
    if isinstance(cell, str) and cell.lstrip(" \u00a0").startswith(FORMULA_BEGINS):
        return f"'{cell}"
    return "" if cell is None else cell


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""


def _money(minor: int | None) -> Cell:
    """A number, so that it is not guarded as text; what goes below zero begins with a minus on purpose."""
    return None if minor is None else decimal_text(minor)


def _orders(place: Community, member: Member, asked: Mapping[str, str], _at: datetime) -> QuerySet[Order]:
    orders = orders_wanted(place=place, member=member, wanted=wanted_orders(asked))
    return orders.select_related("buyer", "pickup_point")


def _order_cells(order: Order) -> Iterator[Cell]:
    yield from (order.number, order.stage, order.buyer.name, order.pickup_point.code)
    yield from (order.origin_kind, order.origin_id, _money(order.total_minor), order.currency)
    for at in (order.placed_at, order.held_at, order.paid_at, order.collected_at, order.kept_at, order.returned_at):
        yield _moment(at)
    yield from (_moment(order.cancelled_at), order.cancelled_for, _moment(order.withdrawn_at), order.withdrawn_for)
    yield from (order.points_spent, _money(order.payable.minor))


def _lines(place: Community, member: Member, asked: Mapping[str, str], _at: datetime) -> QuerySet[OrderLine]:
    orders = orders_wanted(place=place, member=member, wanted=wanted_orders(asked)).order_by()
    lines = OrderLine.objects.filter(order__in=orders.values("pk")).select_related("order", "variant")
    return lines.order_by("-order_id", "pk")


def _line_cells(line: OrderLine) -> Iterator[Cell]:
    yield from (line.order.number, line.variant.external_id, line.variant.vendor_code, line.name, line.quantity)
    yield from (_money(line.price_minor), _money(line.sum.minor), line.order.currency, line.origin_kind, line.origin_id)


def _payments(place: Community, member: Member, asked: Mapping[str, str], at: datetime) -> QuerySet[Payment]:
    return payments_wanted(place=place, member=member, wanted=wanted_payments(asked), at=at)


def _payment_cells(payment: Payment) -> Iterator[Cell]:
    yield from (payment.pk, order_id_in(payment.subject), payment.provider, payment.provider_id, payment.method)
    yield from (payment.state, _money(payment.amount_minor), _money(payment.captured_minor), payment.currency)
    for at in (payment.requested_at, payment.held_at, payment.held_until, payment.settled_at, payment.surplus_at):
        yield _moment(at)
    yield payment.declined_for


def _refunds(place: Community, member: Member, asked: Mapping[str, str], _at: datetime) -> QuerySet[Refund]:
    return refunds_wanted(place=place, member=member, wanted=wanted_refunds(asked))


def _refund_cells(refund: Refund) -> Iterator[Cell]:
    yield from (refund.pk, refund.payment_id, order_id_in(refund.payment.subject), refund.provider_id, refund.state)
    yield from (_money(refund.amount_minor), refund.payment.currency, refund.reason, refund.failed_for)
    yield from (_moment(refund.due_at), _moment(refund.sent_at), _moment(refund.settled_at))


def _products(place: Community, member: Member, asked: Mapping[str, str], _at: datetime) -> QuerySet[Variant]:
    variants = Variant.objects.filter(community=place).select_related("product", "stock")
    if asked.get("section") == "withdrawn":
        variants = variants.filter(product__withdrawn_at__isnull=False)
    return variants.order_by("product_id", "position", "pk")


def _product_cells(variant: Variant) -> Iterator[Cell]:
    stock = getattr(variant, "stock", None)
    yield from (variant.external_id, variant.vendor_code, variant.barcode, variant.product.name, variant.title)
    yield from (_money(variant.price_minor), _money(variant.old_price_minor), variant.currency)
    yield from (stock.on_hand if stock else 0, _moment(variant.withdrawn_at or variant.product.withdrawn_at))


def _points(place: Community, member: Member, asked: Mapping[str, str], _at: datetime) -> QuerySet[PickupPoint]:
    section = one_of(asked, "section", POINT_SECTIONS)
    return points_wanted(place=place, member=member, section=section, text=text_in(asked, "q"))


def _point_cells(point: PickupPoint) -> Iterator[Cell]:
    yield from (point.code, point.carrier, point.name, point.city, point.address, point.metro, point.hours)
    yield from (point.storage_days, _moment(point.closed_at))


def _budget(place: Community, member: Member, asked: Mapping[str, str], _at: datetime) -> QuerySet[BudgetChange]:
    return BudgetChange.objects.filter(community=place).select_related("changed_by").order_by("-pk")


def _budget_cells(change: BudgetChange) -> Iterator[Cell]:
    yield from (change.pk, _moment(change.at), change.changed_by.name, change.amount, change.reason)


def _moves(place: Community, member: Member, asked: Mapping[str, str], _at: datetime) -> QuerySet[Entry]:
    return moves_in(place.pk)


def _move_cells(entry: Any) -> Iterator[Cell]:
    yield from (entry.pk, _moment(entry.transfer.at), int(entry.account.key.rpartition(":")[2]), entry.amount_minor)
    yield from (entry.why, order_id_in(entry.about) or None)


SHEETS = {
    "orders": Sheet(
        (
            "number", "stage", "buyer", "point", "origin", "origin_id", "total", "currency", "placed_at", "held_at",
            "paid_at", "collected_at", "kept_at", "returned_at", "cancelled_at", "cancelled_for", "called_off_at",
            "called_off_for", "points_spent", "in_money",
        ),
        _orders,
        _order_cells,
    ),
    "order-lines": Sheet(
        (
            "number", "offer", "vendor_code", "name", "quantity", "price", "sum", "currency", "origin", "origin_id",
        ),
        _lines,
        _line_cells,
    ),
    "payments": Sheet(
        (
            "payment", "order_id", "provider", "provider_id", "method", "state", "amount", "captured", "currency",
            "requested_at", "held_at", "held_until", "settled_at", "surplus_at", "declined_for",
        ),
        _payments,
        _payment_cells,
    ),
    "refunds": Sheet(
        (
            "refund", "payment", "order_id", "provider_id", "state", "amount", "currency", "reason", "failed_for",
            "due_at", "sent_at", "settled_at",
        ),
        _refunds,
        _refund_cells,
    ),
    "products": Sheet(
        (
            "offer", "vendor_code", "barcode", "product", "variant", "price", "old_price", "currency", "left",
            "withdrawn_at",
        ),
        _products,
        _product_cells,
    ),
    "points": Sheet(
        ("code", "carrier", "name", "city", "address", "metro", "hours", "storage_days", "closed_at"),
        _points,
        _point_cells,
    ),
    "budget": Sheet(("change", "at", "by", "amount", "reason"), _budget, _budget_cells),
    "point-moves": Sheet(("move", "at", "member", "amount", "why", "order_id"), _moves, _move_cells),
}  # fmt: skip
