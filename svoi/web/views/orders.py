"""A buyer's orders: the list, one order on its way, paying again, more time, letting it go, calling it off."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.orders.actions import cancel_order, extend_reservation, request_again, withdraw_order
from svoi.orders.models import Order
from svoi.orders.queries import OrderPage, order_page, orders_of
from svoi.orders.rules import OrderClosed
from svoi.payments.rules import METHODS
from svoi.pickup.queries import parcels_of
from svoi.ui.refusals import say
from svoi.web.order_parts import order_parts, parcels_by_subject
from svoi.web.order_words import standing_of
from svoi.web.returning import to_sign_in

BUYER = "buyer"


def for_buyer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view gets the signed-in member; whoever is not signed in is asked to, and comes back."""

    @wraps(view)
    def only_for_buyer(request: HttpRequest, **where: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request, request.get_full_path() if request.method == "GET" else reverse("orders"))
        return view(request, request.user, **where)

    return only_for_buyer


@require_safe
@never_cache
@for_buyer
def orders(request: HttpRequest, buyer: Member) -> HttpResponse:
    """All her orders, newest first."""
    found = orders_of(buyer=buyer)
    parcels = parcels_of([one.subject for one in found])
    shown = [(one, *standing_of(one, parcel)) for one, parcel in parcels_by_subject(found, parcels)]
    return render(request, "web/orders/orders.html", {"orders": shown})


@require_safe
@never_cache
@for_buyer
def order(request: HttpRequest, buyer: Member, number: str) -> HttpResponse:
    """One order: what happened to it so far, what is in it, where it is collected."""
    return render(request, "web/orders/order.html", _shown(request, find_order(buyer, number)))


@require_safe
@never_cache
@for_buyer
def payment(request: HttpRequest, buyer: Member, number: str) -> HttpResponse:
    """The part of the page that changes while money is on its way."""
    return render(request, "web/orders/_progress.html", _shown(request, find_order(buyer, number)))


@require_POST
@for_buyer
def payments(request: HttpRequest, buyer: Member, number: str) -> HttpResponse:
    """Ask for the money once more after a decline, by another way to pay if she chose one."""
    found, asked = find_order(buyer, number), request.POST.get("method", "")
    method = asked if asked and asked in METHODS else None
    try:
        request_again(order_id=found.order.pk, key=uuid4(), at=timezone.now(), method=method)
    except Refused as refused:
        return _refused(request, buyer, number, refused)
    return _moved_on(request, buyer, number)


@require_POST
@for_buyer
def cancellation(request: HttpRequest, buyer: Member, number: str) -> HttpResponse:
    """Let an order go that is not paid, or whose money is only held; others can buy what lay reserved."""
    order = find_order(buyer, number).order
    if not cancel_order(order_id=order.pk, reason=BUYER, at=timezone.now()) and order.stage != "cancelled":
        return _refused(request, buyer, number, OrderClosed(stage=order.stage))
    return _moved_on(request, buyer, number)


@require_POST
@for_buyer
def extension(request: HttpRequest, buyer: Member, number: str) -> HttpResponse:
    """A little more time to pay."""
    try:
        extend_reservation(order_id=find_order(buyer, number).order.pk, at=timezone.now())
    except Refused as refused:
        return _refused(request, buyer, number, refused)
    return _moved_on(request, buyer, number)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_buyer
def withdrawal(request: HttpRequest, buyer: Member, number: str) -> HttpResponse:
    """Call a paid order off before it is sent: what follows, and one button."""
    found = find_order(buyer, number)
    if request.method != "POST":
        shown = _shown(request, found)
        return render(request, "web/orders/withdrawal.html", shown) if shown["may_call_off"] else _to_order(number)
    try:
        withdraw_order(order_id=found.order.pk, reason=BUYER, at=timezone.now())
    except Refused as refused:
        return _refused(request, buyer, number, refused)
    return _to_order(number)


def find_order(buyer: Member, number: str) -> OrderPage:
    """Her own order; anybody else's is not there."""
    try:
        return order_page(buyer=buyer, number=number)
    except Order.DoesNotExist:
        raise Http404 from None


def _shown(request: HttpRequest, found: OrderPage) -> dict[str, Any]:
    return order_parts(found, returned=request.GET.get("from") == "bank", at=timezone.now())


def _moved_on(request: HttpRequest, buyer: Member, number: str) -> HttpResponse:
    """The changed part for htmx, the whole page for a plain form."""
    if request.headers.get("HX-Request") == "true":
        return render(request, "web/orders/_progress.html", _shown(request, find_order(buyer, number)))
    return _to_order(number)


def _to_order(number: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": reverse("order", args=[number])})


def _refused(request: HttpRequest, buyer: Member, number: str, refused: Refused) -> HttpResponse:
    told = say(refused)
    if request.headers.get("HX-Request") == "true":
        shown = {**_shown(request, find_order(buyer, number)), "told": told}
        return render(request, "web/orders/_progress.html", shown, status=told.status)
    messages.warning(request, told.sentence())
    return _to_order(number)
