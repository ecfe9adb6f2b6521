"""Who may stand at the till of a community, and what her cart comes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from svoi.communities.queries import belongs
from svoi.kernel.money import Money
from svoi.orders.queries import CartRow
from svoi.orders.rules import LINES_MAX
from svoi.web.returning import to_door, to_sign_in, way_back
from svoi.web.views.communities import find_community


def for_one_of_us(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view gets the community and a member of it; others are led to the door, and come back to where they were."""

    @wraps(view)
    def only_for_one_of_us(request: HttpRequest, slug: str, **where: Any) -> HttpResponse:
        place = find_community(request, slug)
        is_page = request.method in ("GET", "HEAD")
        back = request.get_full_path() if is_page else way_back(request, reverse("cart", args=[slug]))
        if not request.user.is_authenticated:
            return to_sign_in(request, back)
        if not belongs(community=place, member=request.user):
            return to_door(request, slug, back)
        return view(request, place, request.user, **where)

    return only_for_one_of_us


@dataclass(frozen=True, slots=True)
class Line:
    """A thing on the checkout page: so many pieces at the price that is asked now; `seen` is what she saw before."""

    row: CartRow
    quantity: int
    seen: Money

    @property
    def sum(self) -> Money:
        return self.row.price * self.quantity

    @property
    def price_moved(self) -> bool:
        return self.row.price != self.seen

    @property
    def is_short(self) -> bool:
        """Fewer pieces are left than she wants."""
        return self.quantity > self.row.left


def within_stock(rows: Sequence[CartRow]) -> list[Line]:
    """What of a cart can be ordered now, with as many pieces as there are, and as many things as an order takes."""
    sold = of_one_currency([row for row in rows if row.left])
    return [Line(row, min(row.quantity, row.most), row.line.shown_price) for row in sold[:LINES_MAX]]


def of_one_currency(rows: Sequence[CartRow]) -> list[CartRow]:
    """An order is paid in one currency: that of the first thing."""
    return [row for row in rows if row.price.currency == rows[0].price.currency]


def summed(lines: Sequence[Line]) -> Money | None:
    """What they cost together at today's prices; None for nothing at all."""
    sums = [line.sum for line in lines]
    return sum(sums[1:], start=sums[0]) if sums else None
