"""Orders and returns as actions load them: locked until the caller's transaction ends, the order always first."""

from __future__ import annotations

from svoi.db.transaction import required
from svoi.members.models import Member
from svoi.orders.models import Order, Return
from svoi.orders.rules import order_id_in


def locked_order(order_id: int) -> Order:
    """Raise `Order.DoesNotExist` when there is none."""
    required()
    return Order.objects.select_for_update().get(pk=order_id)


def locked_subject(subject: str) -> Order | None:
    """The order a payment or a parcel speaks of; None when it speaks of something else."""
    required()
    return Order.objects.select_for_update().filter(pk=order_id_in(subject)).first()


def locked_return(return_id: int) -> Return:
    """The return with its order, both locked; raise `Return.DoesNotExist`."""
    order = locked_order(Return.objects.values_list("order_id", flat=True).get(pk=return_id))
    asked = Return.objects.select_for_update().get(pk=return_id)
    asked.order = order
    return asked


def lock_buyer(buyer: Member) -> None:
    """Two taps of one buyer wait for each other here; buyers never wait for other buyers."""
    required()
    Member.objects.select_for_update(no_key=True).filter(pk=buyer.pk).first()
