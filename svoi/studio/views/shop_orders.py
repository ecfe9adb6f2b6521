"""The shop's orders: the list with its filters, and one order with everything that can be done to it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from svoi.communities.models import Community
from svoi.kernel.refused import Refused
from svoi.orders.actions import decide_return, pack_order, send_order, withdraw_order
from svoi.orders.models import Order
from svoi.payments.actions import owe_again, print_again
from svoi.payments.models import Receipt, Refund
from svoi.studio.answers import number_in
from svoi.studio.doors import member_of, shop_kept_by, signed_in
from svoi.studio.shop.asking import STAGES, next_page, same_asked, wanted_orders
from svoi.studio.shop.order_sheet import order_kept_by, order_sheet
from svoi.studio.shop.orders import order_list, points_offered
from svoi.studio.shop.words import ORIGIN_WORDS, STAGE_WORDS
from svoi.ui.refusals import Told, say


@signed_in
@never_cache
@require_safe
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Orders by stage, point, origin, sum and words, the newest first."""
    place = shop_kept_by(request, slug)
    wanted = wanted_orders(request.GET)
    listed = order_list(place=place, member=member_of(request), wanted=wanted, after=number_in(request.GET, "after"))
    parts = {
        "place": place,
        "section": "orders",
        "wanted": wanted,
        "orders": listed,
        "stages": [(code, STAGE_WORDS[code]) for code in STAGES],
        "origins": list(ORIGIN_WORDS.items()),
        "points": points_offered(place, chosen=wanted.point_id),
        "key": uuid4(),
        "next": next_page(request.GET, listed.after),
        "asked": same_asked(request.GET),
    }
    return render(request, "studio/shop/orders.html", parts)


@signed_in
@never_cache
@require_safe
def order(request: HttpRequest, slug: str, order_id: int) -> HttpResponse:
    """One order: lines, money, parcel, returns, what happened."""
    place = shop_kept_by(request, slug)
    return _page(request, place, _order(request, place, order_id))


@signed_in
@require_POST
def packing(request: HttpRequest, slug: str, order_id: int) -> HttpResponse:
    """The parcel is made up; held money is taken."""
    by = member_of(request)
    return _stepped(
        request,
        slug,
        order_id,
        lambda one: pack_order(order_id=one.pk, by=by, at=timezone.now()),
        _("Packed. The parcel stands among those to be sent."),
    )


@signed_in
@require_POST
def sending(request: HttpRequest, slug: str, order_id: int) -> HttpResponse:
    """The parcel leaves for its point."""
    by = member_of(request)
    return _stepped(
        request,
        slug,
        order_id,
        lambda one: send_order(order_id=one.pk, by=by, at=timezone.now()),
        _("Sent. The point knows that it comes."),
    )


@signed_in
@require_POST
def calling_off(request: HttpRequest, slug: str, order_id: int) -> HttpResponse:
    """The shop calls the order off: all its money goes back."""
    return _stepped(
        request,
        slug,
        order_id,
        lambda one: withdraw_order(order_id=one.pk, reason="shop", at=timezone.now()),
        _("Called off. The money goes back to the buyer."),
    )


@signed_in
@require_POST
def decision(request: HttpRequest, slug: str, order_id: int, return_id: int) -> HttpResponse:
    """The shop's word on a return: `decision` is accept or decline, the latter with `words`."""
    by, words = member_of(request), request.POST.get("words", "")
    accept = request.POST.get("decision") == "accept"

    def decided(one: Order) -> object:
        asked = get_object_or_404(one.returns, pk=return_id)
        return decide_return(return_id=asked.pk, accept=accept, words=words, by=by, at=timezone.now())

    done = _("Accepted. The buyer can bring the goods to the point.") if accept else _("Declined, with your words.")
    return _stepped(request, slug, order_id, decided, done)


@signed_in
@require_POST
def refund_again(request: HttpRequest, slug: str, order_id: int, refund_id: int) -> HttpResponse:
    """A refund that failed is owed once more."""

    def owed(one: Order) -> object:
        failed = get_object_or_404(Refund.objects.filter(payment__subject=one.subject), pk=refund_id)
        return owe_again(refund_id=failed.pk, at=timezone.now())

    return _stepped(request, slug, order_id, owed, _("Owed again. It is sent within a minute."))


@signed_in
@require_POST
def receipt_again(request: HttpRequest, slug: str, order_id: int, receipt_id: int) -> HttpResponse:
    """A closing receipt that was not registered is printed once more."""

    def printed(one: Order) -> object:
        failed = get_object_or_404(Receipt.objects.filter(payment__subject=one.subject), pk=receipt_id)
        return print_again(receipt_id=failed.pk, at=timezone.now())

    return _stepped(request, slug, order_id, printed, _("The receipt is printed again within a minute."))


def _order(request: HttpRequest, place: Community, order_id: int) -> Order:
    orders = order_kept_by(member_of(request), place).select_related("buyer", "pickup_point", "community")
    return get_object_or_404(orders, pk=order_id)


def _stepped(
    request: HttpRequest, slug: str, order_id: int, step: Callable[[Order], object], done: str
) -> HttpResponse:
    """Take the step; a refusal stands above the order as it is now."""
    place = shop_kept_by(request, slug)
    one = _order(request, place, order_id)
    try:
        step(one)
    except Refused as refused:
        return _page(request, place, _order(request, place, order_id), told=say(refused))
    messages.success(request, done)
    return redirect("studio_order", slug=place.slug, order_id=one.pk)


def _page(request: HttpRequest, place: Community, one: Order, told: Told | None = None) -> HttpResponse:
    parts = {"place": place, "section": "orders", "sheet": order_sheet(one), "told": told}
    return render(request, "studio/shop/order.html", parts, status=told.status if told else 200)
