"""Reading orders, carts and returns: only their buyer finds them, or who keeps the shop."""

from svoi.orders.queries.carts import CartRow, cart_of, cart_size, carts_of
from svoi.orders.queries.deeds import Deed, deeds_of
from svoi.orders.queries.locking import lock_buyer, locked_order, locked_return, locked_subject
from svoi.orders.queries.reading import OrderPage, line_told, order_page, orders_of, same_purchase
from svoi.orders.queries.returns import kept_minor, refund_key, return_ends, returnable, returns_of, worth_back
from svoi.orders.rules import order_named

__all__ = [
    "CartRow",
    "Deed",
    "OrderPage",
    "cart_of",
    "cart_size",
    "carts_of",
    "deeds_of",
    "kept_minor",
    "line_told",
    "lock_buyer",
    "locked_order",
    "locked_return",
    "locked_subject",
    "order_named",
    "order_page",
    "orders_of",
    "refund_key",
    "return_ends",
    "returnable",
    "returns_of",
    "same_purchase",
    "worth_back",
]
