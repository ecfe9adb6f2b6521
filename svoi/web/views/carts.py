"""The cart: what lies there, laying in, changing, taking out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from svoi.catalog.models import Variant
from svoi.catalog.rules import QUANTITY_MAX, NoLongerSold, QuantityOutOfRange
from svoi.communities.models import Community
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.orders.actions import change_cart, put_in_cart
from svoi.orders.models import CartLine
from svoi.orders.queries import cart_of, carts_of
from svoi.orders.rules import Origin, PriceMoved
from svoi.shows.actions.buying import lay_aside_in_show
from svoi.shows.models import Show
from svoi.ui.refusals import say
from svoi.web.cart_form import CartForm, CartLineForm
from svoi.web.returning import to_sign_in, way_back
from svoi.web.tills import for_one_of_us, summed, within_stock
from svoi.web.views.communities import refused_page


@never_cache
@require_safe
def carts(request: HttpRequest) -> HttpResponse:
    """Her only cart at once; a choice where she has several, a word where she has none."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    found = carts_of(member=request.user)
    if len(found) == 1:
        return HttpResponseRedirect(reverse("cart", args=[found[0][0].slug]))
    return render(request, "web/cart/carts.html", {"carts": found})


@never_cache
@require_safe
@for_one_of_us
def cart(request: HttpRequest, place: Community, member: Member) -> HttpResponse:
    """What lies in her cart of this community, at today's prices."""
    return render(request, "web/cart/cart.html", _shown(place, member))


@require_POST
@for_one_of_us
def cart_lines(request: HttpRequest, place: Community, member: Member) -> HttpResponse:
    """Lay something in; a page without scripts goes on to the cart."""
    address, form = reverse("cart", args=[place.slug]), CartForm(request.POST)
    try:
        if not form.is_valid():
            raise form.refusal()
        line = _lay_in(request, place, member, form)
    except Refused as refused:
        return refused_page(request, refused, way_back(request, address))
    if request.headers.get("HX-Request") == "true":
        return render(request, "web/cart/_laid_in.html", {"community": place, "line": line})
    messages.success(request, _("It is in the cart."))
    return HttpResponseRedirect(address, status=303)


@require_POST
@for_one_of_us
def cart_line(request: HttpRequest, place: Community, member: Member, variant_id: int) -> HttpResponse:
    """Change the pieces of one line, or take it out."""
    form, told = CartLineForm(request.POST), None
    try:
        if not form.is_valid():
            raise QuantityOutOfRange(most=QUANTITY_MAX)
        pieces, seen = form.cleaned_data["quantity"], form.seen_price(variant_id)
        change_cart(member=member, variant_id=variant_id, quantity=pieces, shown_price=seen)
    except Refused as refused:
        told = say(refused)
    if request.headers.get("HX-Request") == "true":
        shown = {**_shown(place, member), "told": told, "changed": True}
        return render(request, "web/cart/_cart.html", shown, status=told.status if told else 200)
    if told:
        messages.warning(request, told.sentence())
    return HttpResponseRedirect(reverse("cart", args=[place.slug]), status=303)


def _lay_in(request: HttpRequest, place: Community, member: Member, form: CartForm) -> CartLine:
    """The origin is where she met the thing: the show whose tray it lies in, or its own page."""
    wanted: dict[str, Any] = {
        "member": member,
        "variant_id": form.cleaned_data["variant"],
        "quantity": form.cleaned_data["quantity"],
        "shown_price": form.shown_price(),
        "at": timezone.now(),
    }
    variant = Variant.objects.filter(pk=wanted["variant_id"], community=place).first()
    if variant is None:
        raise NoLongerSold(variant_id=wanted["variant_id"])
    if not wanted["shown_price"].minor:
        raise PriceMoved(shown_minor=0, offered_minor=variant.price_minor, currency=variant.currency)
    if show_id := form.cleaned_data["show"]:
        show = get_object_or_404(Show.objects.visible_to(request.user), pk=show_id, community=place)
        return lay_aside_in_show(show_id=show.pk, **wanted)
    return put_in_cart(community_id=place.pk, origin=Origin("product", variant.product_id), **wanted)


def _shown(place: Community, member: Member) -> dict[str, Any]:
    rows = cart_of(member=member, community_id=place.pk)
    lines = within_stock(rows)
    return {"community": place, "rows": rows, "lines": lines, "total": summed(lines)}
