"""A member's points: where she has any, what they are made of, and the rules, open to everybody."""

from __future__ import annotations

from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.orders.models import Order
from svoi.orders.rules import order_id_in
from svoi.points.queries import (
    STATEMENT_ROWS,
    Row,
    Wallet,
    budget_of,
    communities_with_points,
    owed_to,
    statement_of,
    terms_of,
    wallet_of,
)
from svoi.points.rules import Lot
from svoi.web.views.communities import find_community
from svoi.web.views.orders import for_buyer

LOTS_SHOWN = 6
NUMBER_DIGITS_MAX = 15


@require_safe
@never_cache
@for_buyer
def wallets(request: HttpRequest, buyer: Member) -> HttpResponse:
    """Where she has points, and how many."""
    return render(request, "web/points/wallets.html", {"wallets": communities_with_points(buyer.pk)})


@require_safe
@never_cache
@for_buyer
def statement(request: HttpRequest, buyer: Member, slug: str) -> HttpResponse:
    """What her points are made of, what is laid down, what runs out when."""
    place = find_community(request, slug)
    whose = {"community_id": place.pk, "member_id": buyer.pk}
    rows = statement_of(**whose, after=_number(request.GET.get("after", "")))
    shown, wallet = rows[:STATEMENT_ROWS], wallet_of(**whose)
    page = {
        "community": place,
        "wallet": wallet,
        "owed": owed_to(**whose),
        "terms": terms_of(place.pk),
        "rows": _with_orders(shown, buyer, place),
        "ending": _ending(wallet),
        "next": shown[-1].entry_id if len(rows) > STATEMENT_ROWS else None,
    }
    return render(request, "web/points/statement.html", page)


@require_safe
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules in force as the law asks for them: organiser, dates, what is earned and spent, the budget."""
    place = find_community(request, slug)
    put_up, left = budget_of(place.pk)
    page = {"community": place, "terms": terms_of(place.pk), "put_up": put_up, "left": left, "shop": settings.SHOP}
    return render(request, "web/points/rules.html", page)


def _with_orders(rows: list[Row], buyer: Member, place: Community) -> list[tuple[Row, Order | None]]:
    """Each movement with her order it is about; one query."""
    orders = Order.objects.filter(buyer=buyer, community=place).in_bulk({order_id_in(row.subject) for row in rows})
    return [(row, orders.get(order_id_in(row.subject))) for row in rows]


def _ending(wallet: Wallet) -> list[Lot]:
    """What runs out next, by the day."""
    ending = [lot for lot in wallet.lots if lot.expires_at is not None]
    days = groupby(ending, key=lambda lot: lot.expires_at.date() if lot.expires_at else None)
    summed = [list(lots) for _, lots in days]
    return [Lot(sum(lot.amount for lot in lots), lots[0].expires_at) for lots in summed[:LOTS_SHOWN]]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= NUMBER_DIGITS_MAX else None
