"""When a variant can be sold, and when what is left of it is not enough. Feeds have a file of their own."""

from __future__ import annotations

from typing import ClassVar

from svoi.kernel.refused import Refused

QUANTITY_MAX = 20
PRICE_MINOR_MAX = 10**11
# The law of many countries asks for it beside any discount: the lowest price of the last 30 days.
LOWEST_PRICE_DAYS = 30


class OutOfStock(Refused):
    """Fewer pieces are left (`left`) than were asked for (`wanted`)."""

    code: ClassVar[str] = "out_of_stock"


class NoLongerSold(Refused):
    """The product was withdrawn from sale."""

    code: ClassVar[str] = "no_longer_sold"


class QuantityOutOfRange(Refused):
    """Between 1 and `most` pieces can be ordered at once."""

    code: ClassVar[str] = "quantity_out_of_range"


class PriceOutOfRange(Refused):
    """A price is more than nothing and at most `most_minor`, and an old price is higher than the new one."""

    code: ClassVar[str] = "price_out_of_range"


def admit_price(*, price_minor: int, old_price_minor: int | None) -> None:
    """Keep out prices nobody can mean."""
    if not 0 < price_minor <= PRICE_MINOR_MAX:
        raise PriceOutOfRange(most_minor=PRICE_MINOR_MAX)
    if old_price_minor is not None and not price_minor < old_price_minor <= PRICE_MINOR_MAX:
        raise PriceOutOfRange(most_minor=PRICE_MINOR_MAX)


def admit_quantity(quantity: int) -> None:
    """Keep a single order within what a person buys."""
    if not 1 <= quantity <= QUANTITY_MAX:
        raise QuantityOutOfRange(most=QUANTITY_MAX)


def take(on_hand: int, quantity: int) -> int:
    """What is left after taking `quantity` pieces; raise `OutOfStock` rather than go below zero."""
    if quantity > on_hand:
        raise OutOfStock(left=on_hand, wanted=quantity)
    return on_hand - quantity
