"""Taking a person out of her orders; the orders themselves stay, since the books need them."""

from __future__ import annotations

from svoi.db.outbox import take_name_out
from svoi.db.transaction import atomic
from svoi.orders.events import OrderPaid
from svoi.orders.models import CartLine, Order, Return
from svoi.orders.rules import order_named
from svoi.payments.actions.forgetting import forget_customer


@atomic
def forget_buyer(*, buyer_id: int) -> int:
    """Take out her name from what rooms were told, her address, her words and her cart. Returns out of how many."""
    told = take_name_out(kind=OrderPaid.kind, who="buyer_id", member_id=buyer_id)
    CartLine.objects.filter(member_id=buyer_id).delete()
    Return.objects.filter(order__buyer_id=buyer_id).update(words="")
    orders = Order.objects.filter(buyer_id=buyer_id)
    orders.update(receipt_to="")
    return told + forget_customer(
        subjects=[order_named(pk) for pk in orders.order_by("pk").values_list("pk", flat=True)]
    )
