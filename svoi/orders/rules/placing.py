"""What goes into a basket, at which price, and where its buyer met it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from svoi.kernel.money import Money
from svoi.kernel.refused import Refused

ORIGINS = ("show", "product", "story", "clip", "pool", "envelope", "host", "person")
NUMBER_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
NUMBER_LENGTH = 8
UNPAID_ORDERS_MAX = 10
LINES_MAX = 40  # a receipt has room for twice as many, should each line be split by a kopeck
CART_LINES_MAX = 50


class PriceMoved(Refused):
    """The price of a variant is no longer the one she saw: `shown_minor` then, `offered_minor` now."""

    code: ClassVar[str] = "price_moved"


class KeyReused(Refused):
    """This purchase key already made another order; the page must be opened afresh."""

    code: ClassVar[str] = "key_reused"


class BuyingTooFast(Refused):
    """Too many unpaid orders at once (`open_orders`); pay or cancel one first."""

    code: ClassVar[str] = "buying_too_fast"


class BasketEmpty(Refused):
    """There is nothing to order."""

    code: ClassVar[str] = "basket_empty"


class CartFull(Refused):
    """A cart or an order takes `most` different things."""

    code: ClassVar[str] = "cart_full"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the buyer met the product: the thread from content to sale."""

    kind: str
    id: int | None = None

    def __post_init__(self) -> None:
        assert self.kind in ORIGINS, self.kind


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many pieces of a variant at the price she saw, and where she met it.

    `promised` is a price of its own that was promised to her with these very pieces: they left free stock before.
    """

    variant_id: int
    quantity: int
    shown_price: Money
    origin: Origin
    promised: Money | None = None


def price_line(*, offered: Money, shown: Money, quantity: int, variant_id: int | None = None) -> Money:
    """The sum of a line at the price that was shown; refuse when the price has moved since, either way."""
    if offered != shown:
        which = {"variant_id": variant_id} if variant_id else {}
        raise PriceMoved(shown_minor=shown.minor, offered_minor=offered.minor, currency=offered.currency, **which)
    return offered * quantity


def admit_basket(wanted: Sequence[Wanted]) -> None:
    """At least one thing, not too many, each once."""
    if not wanted:
        raise BasketEmpty()
    if len(wanted) > LINES_MAX:
        raise CartFull(most=LINES_MAX)
    assert len({one.variant_id for one in wanted}) == len(wanted), "a variant stands in one line"


def admit_cart(*, lines: int) -> None:
    """A cart is a basket, not a list of wishes without end."""
    if lines >= CART_LINES_MAX:
        raise CartFull(most=CART_LINES_MAX)


def pieces_by_show(lines: Iterable[tuple[Origin, int, int]]) -> list[tuple[int, dict[int, int]]]:
    """Pieces by product of each show that (origin, product, pieces) name, in one order of shows for everybody."""
    found: dict[int, dict[int, int]] = {}
    for origin, product_id, pieces in lines:
        if origin.kind == "show" and origin.id is not None:
            of_show = found.setdefault(origin.id, {})
            of_show[product_id] = of_show.get(product_id, 0) + pieces
    return sorted(found.items())


def begun_in(wanted: Sequence[Wanted]) -> Origin:
    """Where the order as a whole began: in a show if any of it did, else where its first thing was met."""
    return next((one.origin for one in wanted if one.origin.kind == "show"), wanted[0].origin)


def admit_another_order(*, unpaid: int) -> None:
    """Stock must not be locked up by one person's unpaid orders."""
    if unpaid >= UNPAID_ORDERS_MAX:
        raise BuyingTooFast(open_orders=unpaid)
