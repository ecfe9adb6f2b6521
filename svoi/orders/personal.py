"""What this room knows about a member, with the payments and parcels of her orders."""

from __future__ import annotations

from django.db.models import Q

from svoi.db.personal import Part, Whose
from svoi.ledger.models import Transfer
from svoi.orders.models import CartLine, Order, OrderLine, Return, ReturnLine
from svoi.orders.rules import order_named
from svoi.payments.models import Payment, Receipt, Refund
from svoi.pickup.models import Parcel

ON_ITS_WAY = ("due", "sent")


def of_her_orders(path: str = "subject") -> Whose:
    """Rooms below name an order by its subject; no key leads from them to the buyer."""
    return lambda member_id: Q(**{f"{path}__in": _subjects(member_id)})


PARTS = (
    Part("orders", Order, "buyer", leave_out=frozenset({"key"})),
    Part("order_lines", OrderLine, "order__buyer"),
    Part("cart", CartLine, "member"),
    Part("returns", Return, "order__buyer", leave_out=frozenset({"key", "decided_by"})),
    Part("return_lines", ReturnLine, "returning__order__buyer"),
    Part("payments", Payment, of_her_orders(), leave_out=frozenset({"key", "page_url"})),
    Part("refunds", Refund, of_her_orders("payment__subject"), leave_out=frozenset({"key"})),
    Part("receipts", Receipt, of_her_orders("payment__subject"), leave_out=frozenset({"key"})),
    Part("transfers", Transfer, of_her_orders(), leave_out=frozenset({"key"})),
    Part("parcels", Parcel, of_her_orders(), leave_out=frozenset({"handed_over_by"})),
)
EXEMPT = {
    "Return.decided_by": "what a keeper of the shop decided; the row is the buyer's",
    "BulkRun.asked_by": "what a keeper of the shop had done; the orders are their buyers'",
}


def orders_under_way(*, buyer_id: int) -> int:
    """How many of her orders are neither cancelled nor finished, or have money or a receipt still on its way."""
    mine = Order.objects.filter(buyer_id=buyer_id)
    unfinished = mine.filter(cancelled_at=None, withdrawn_at=None, collected_at=None)
    coming_back = mine.filter(pk__in=Return.objects.open().filter(order__buyer_id=buyer_id).values("order"))
    open_ones = {order_named(pk) for pk in (unfinished | coming_back).values_list("pk", flat=True)}
    money = Q(state__in=ON_ITS_WAY, payment__subject__in=_subjects(buyer_id))
    for rows in (Refund.objects.filter(money), Receipt.objects.filter(money)):
        open_ones.update(rows.values_list("payment__subject", flat=True))
    return len(open_ones)


def _subjects(buyer_id: int) -> list[str]:
    orders = Order.objects.filter(buyer_id=buyer_id).order_by("pk")
    return [order_named(pk) for pk in orders.values_list("pk", flat=True)]
