"""The verbs of orders: laid in a cart, placed, paid, packed, collected, let go, returned."""

from svoi.orders.actions.bulking import ask_bulk, carry_on_forsaken, carry_on_run
from svoi.orders.actions.carting import change_cart, put_in_cart
from svoi.orders.actions.fulfilling import collect_order, keep_orders, pack_order, send_order
from svoi.orders.actions.letting_go import (
    cancel_order,
    drop_held,
    expire_orders,
    restock_order,
    withdraw_order,
    withdraw_uncollected,
)
from svoi.orders.actions.paying import extend_reservation, hold_order, request_again, settle_order
from svoi.orders.actions.placing import place_cart, place_order
from svoi.orders.actions.returning import (
    ask_return,
    decide_return,
    drop_return,
    expire_returns,
    receive_return,
)
from svoi.orders.actions.rewarding import reward_buyer

__all__ = [
    "ask_bulk",
    "ask_return",
    "cancel_order",
    "carry_on_forsaken",
    "carry_on_run",
    "change_cart",
    "collect_order",
    "decide_return",
    "drop_held",
    "drop_return",
    "expire_orders",
    "expire_returns",
    "extend_reservation",
    "hold_order",
    "keep_orders",
    "pack_order",
    "place_cart",
    "place_order",
    "put_in_cart",
    "receive_return",
    "request_again",
    "restock_order",
    "reward_buyer",
    "send_order",
    "settle_order",
    "withdraw_order",
    "withdraw_uncollected",
]
