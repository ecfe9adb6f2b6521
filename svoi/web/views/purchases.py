"""The buy sheet of a show: opened, filled in, and either an order or a reason with nothing lost."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from svoi.catalog.models import Product
from svoi.communities.queries import belongs
from svoi.kernel.refused import Refused
from svoi.orders.rules import NUMBER_LENGTH, NUMBER_LETTERS, KeyReused
from svoi.shows.actions.buying import buy_in_show
from svoi.shows.models import Show
from svoi.shows.queries.pin import standing_pin
from svoi.shows.rules.buying import NothingPinned, NotOffered, PinMoved
from svoi.ui.refusals import say
from svoi.web.carriers import is_ready
from svoi.web.maps import with_map
from svoi.web.offers import Choice, choices_of, chosen_of, latest_point, points_to_choose
from svoi.web.purchase_form import PurchaseForm, receipt_address, sheet_values
from svoi.web.returning import to_sign_in, with_next
from svoi.web.views.shows import find_show

UNREADABLE = 422


@with_map
@require_safe
def sheet(request: HttpRequest, show_id: int) -> HttpResponse:
    """What can be bought, in one sheet; a page of its own without scripts."""
    show = find_show(request, show_id)
    return _sheet(request, show, sheet_values(request))


@with_map
@require_POST
def buy(request: HttpRequest, show_id: int) -> HttpResponse:
    """Order it, and go to the order's page; a refusal comes back in the same sheet, filled in as it was."""
    show = find_show(request, show_id)
    values = sheet_values(request)
    if not request.user.is_authenticated:
        return to_sign_in(request, _opened(show, values["product"]))
    form = PurchaseForm(request.POST)
    if not is_ready(form, buyer=request.user, community_id=show.community_id):
        return _sheet(request, show, values, errors=form.errors, status=UNREADABLE)
    try:
        order = buy_in_show(
            show_id=show.pk,
            buyer=request.user,
            variant_id=form.cleaned_data["variant"],
            quantity=form.cleaned_data["quantity"],
            shown_price=form.shown_price(),
            pickup_point_id=form.cleaned_data["pickup_point"],
            seen_pin_id=form.cleaned_data["pin"],
            announced=form.cleaned_data["announced"],
            key=form.cleaned_data["key"],
            number=new_number(),
            at=timezone.now(),
            method=form.cleaned_data["method"],
            receipt_to=receipt_address(request.user),
        )
    except Refused as refused:
        return _refused_sheet(request, show, values, refused)
    return to_order(request, order.number)


def new_number() -> str:
    """A number that is easy to say aloud and tells nothing about how many there are."""
    return "".join(secrets.choice(NUMBER_LETTERS) for _ in range(NUMBER_LENGTH))


def to_order(request: HttpRequest, number: str) -> HttpResponse:
    """To the order's page, whichever way the form came."""
    address = reverse("order", args=[number])
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponse(status=303, headers={"Location": address})


def _refused_sheet(request: HttpRequest, show: Show, values: dict[str, Any], refused: Refused) -> HttpResponse:
    told = say(refused)
    if isinstance(refused, (PinMoved, NothingPinned)):
        values["pin"] = None  # a second tap is her own choice from the bag, made after reading this
    if isinstance(refused, KeyReused):
        values["key"] = str(uuid4())
    return _sheet(request, show, values, refused=refused, told=told, status=told.status)


def _sheet(request: HttpRequest, show: Show, values: dict[str, Any], *, status: int = 200, **more: Any) -> HttpResponse:
    product = Product.objects.filter(pk=values["product"], community_id=show.community_id).first()
    if product is None or not show.tray.filter(product=product).exists():
        return _not_offered(request, show)
    choices = choices_of(product)
    chosen = chosen_of(choices, values["variant"])
    part = _buyer_part(request, show, values)
    shown = {
        "show": show,
        "stage": show.stage(),
        "product": product,
        "choices": choices,
        "chosen": chosen,
        "values": {**values, "quantity": within(values["quantity"], chosen)},
        "here": _opened(show, product.pk),
        **part,
        **_other_pin(show, more.get("refused")),
        **more,
    }
    page = "web/shows/_sheet.html" if request.headers.get("HX-Request") == "true" else "web/shows/sheet.html"
    return render(request, page, shown, status=status)


def _buyer_part(request: HttpRequest, show: Show, values: dict[str, Any]) -> dict[str, Any]:
    """Members choose a point, the one of last time to begin with; others see what they would buy and the way in."""
    buyer = request.user
    if not buyer.is_authenticated or not belongs(community=show.community, member=buyer):
        sign_in = with_next(reverse("sign-in"), _opened(show, values["product"]))
        return {"one_of_us": False, "sign_in": sign_in}
    last = latest_point(buyer=buyer, community_id=show.community_id)
    point = values["pickup_point"] or last
    points = points_to_choose(
        community_id=show.community_id, text=values["q"], chosen=point, wishes=values["has"], last=last
    )
    kept = {"product": values["product"], "pin": values["pin"]}
    return {"one_of_us": True, "point": point, "points": points, "kept": kept}


def _other_pin(show: Show, refused: Refused | None) -> dict[str, Any]:
    pin = standing_pin(show.pk) if isinstance(refused, PinMoved) else None
    return {"other_pin": pin}


def within(quantity: int, chosen: Choice | None) -> int:
    """No more pieces than there are; the reason stands above when that changed what she wrote."""
    return max(1, min(quantity, chosen.most)) if chosen else 1


def _not_offered(request: HttpRequest, show: Show) -> HttpResponse:
    told = say(NotOffered())
    page = "web/shows/_not_offered.html" if request.headers.get("HX-Request") == "true" else "web/refused.html"
    shown = {"told": told, "show": show, "back": reverse("show", args=[show.pk])}
    return render(request, page, shown, status=told.status)


def _opened(show: Show, product_id: int | None) -> str:
    """The room with the sheet of this product open: where to come back to after signing in."""
    address = reverse("show", args=[show.pk])
    return f"{address}?buy={product_id}" if product_id else address
