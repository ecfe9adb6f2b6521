"""Buying from the shelf, outside a show: one page with everything an order needs."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from svoi.catalog.models import Product
from svoi.communities.models import Community
from svoi.communities.queries import belongs
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.orders.actions import place_order
from svoi.orders.rules import KeyReused, Origin
from svoi.ui.refusals import say
from svoi.web.carriers import is_ready
from svoi.web.maps import with_map
from svoi.web.offers import choices_of, chosen_of, latest_point, points_to_choose
from svoi.web.purchase_form import PurchaseForm, receipt_address, sheet_values
from svoi.web.returning import to_sign_in, with_next
from svoi.web.views.communities import find_community
from svoi.web.views.purchases import new_number, within

UNREADABLE = 422


@with_map
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def shelf_orders(request: HttpRequest, slug: str, product_id: int) -> HttpResponse:
    """The order page for a member; others are led to the door of the community and back."""
    place = find_community(request, slug)
    product = get_object_or_404(Product, pk=product_id, community=place)
    address = reverse("shelf-orders", args=[slug, product_id])
    if not request.user.is_authenticated:
        return to_sign_in(request, address)
    if not belongs(community=place, member=request.user):
        return HttpResponseRedirect(with_next(reverse("memberships", args=[slug]), address), status=303)
    if request.method != "POST":
        return _page(request, place, product, request.user, sheet_values(request))
    return _ordered(request, place, product, request.user)


def _ordered(request: HttpRequest, place: Community, product: Product, buyer: Member) -> HttpResponse:
    values, form = sheet_values(request), PurchaseForm(request.POST)
    if not is_ready(form, buyer=buyer, community_id=place.pk):
        return _page(request, place, product, buyer, values, errors=form.errors, status=UNREADABLE)
    try:
        order = place_order(
            buyer=buyer,
            community_id=place.pk,
            variant_id=form.cleaned_data["variant"],
            quantity=form.cleaned_data["quantity"],
            shown_price=form.shown_price(),
            pickup_point_id=form.cleaned_data["pickup_point"],
            origin=Origin("product", product.pk),
            announced=False,
            key=form.cleaned_data["key"],
            number=new_number(),
            at=timezone.now(),
            method=form.cleaned_data["method"],
            receipt_to=receipt_address(buyer),
        )
    except Refused as refused:
        told = say(refused)
        if isinstance(refused, KeyReused):
            values["key"] = str(uuid4())
        return _page(request, place, product, buyer, values, told=told, status=told.status)
    return HttpResponseRedirect(reverse("order", args=[order.number]), status=303)


def _page(
    request: HttpRequest,
    place: Community,
    product: Product,
    buyer: Member,
    values: dict[str, Any],
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    choices = choices_of(product)
    chosen = chosen_of(choices, values["variant"])
    last = latest_point(buyer=buyer, community_id=place.pk)
    point = values["pickup_point"] or last
    shown = {
        "community": place,
        "product": product,
        "choices": choices,
        "chosen": chosen,
        "values": {**values, "quantity": within(values["quantity"], chosen)},
        "point": point,
        "points": points_to_choose(
            community_id=place.pk, text=values["q"], chosen=point, wishes=values["has"], last=last
        ),
        "kept": {"variant": chosen.variant.pk if chosen else None},
        **more,
    }
    return render(request, "web/products/order.html", shown, status=status)
