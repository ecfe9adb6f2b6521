"""Orders with their lines, carts, what comes back, and what is done to many at once."""

from svoi.orders.models.bulk import BulkRun, BulkStep
from svoi.orders.models.cart import CartLine
from svoi.orders.models.order import LINE_PAID, LINE_SUM, Order, OrderLine
from svoi.orders.models.returns import Return, ReturnLine

__all__ = ["LINE_PAID", "LINE_SUM", "BulkRun", "BulkStep", "CartLine", "Order", "OrderLine", "Return", "ReturnLine"]
