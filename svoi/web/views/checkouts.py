"""Checkout: one page with everything an order needs, and either an order or a reason with nothing lost."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from svoi.communities.models import Community
from svoi.kernel.refused import Refused
from svoi.law.actions.consents import give_consent
from svoi.law.queries.consents import has_agreed
from svoi.members.models import Member
from svoi.orders.actions import place_cart
from svoi.orders.models import Order
from svoi.orders.queries import cart_of
from svoi.orders.rules import KeyReused
from svoi.pickup.models import PickupPoint
from svoi.ui.refusals import say
from svoi.web.agreements import agreed_documents, asked
from svoi.web.benefits import benefit_for
from svoi.web.carriers import awaits_transfer
from svoi.web.checkout_form import CONSENTS, CheckoutForm, Shown, checkout_values, shown_lines
from svoi.web.maps import with_map
from svoi.web.offers import latest_point, points_to_choose
from svoi.web.tills import Line, for_one_of_us, of_one_currency, summed, within_stock
from svoi.web.views.purchases import new_number

UNREADABLE = 422


@with_map
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_one_of_us
def checkout(request: HttpRequest, place: Community, buyer: Member) -> HttpResponse:
    """The page; sent back, it becomes an order."""
    if request.method != "POST":
        return _page(request, place, buyer)
    form, shown = CheckoutForm(request.POST), shown_lines(request.POST)
    if not form.is_valid() or _lacks_transfer(place, buyer, form):
        return _page(request, place, buyer, shown=shown, errors=form.errors, status=UNREADABLE)
    try:
        order = _place(request, place, buyer, form, shown)
    except Refused as refused:
        return _page(request, place, buyer, shown=shown, refused=refused, status=say(refused).status)
    return HttpResponseRedirect(reverse("order", args=[order.number]), status=303)


def _place(request: HttpRequest, place: Community, buyer: Member, form: CheckoutForm, shown: list[Shown]) -> Order:
    agreed, at = agreed_documents(request, form.marked()), timezone.now()
    order = place_cart(
        buyer=buyer,
        community_id=place.pk,
        shown=shown,
        pickup_point_id=form.cleaned_data["pickup_point"],
        key=form.cleaned_data["key"],
        number=new_number(),
        at=at,
        method=form.cleaned_data["method"],
        receipt_to=form.cleaned_data["receipt_to"],
        announced=form.cleaned_data["announced"],
        points=form.cleaned_data["points"],
    )
    for document in agreed:
        give_consent(member=buyer, kind=document.kind, document=document, channel="checkout", at=at)
    return order


def _lacks_transfer(place: Community, buyer: Member, form: CheckoutForm) -> bool:
    """A carrier gets her name only when she agreed to it, in a box of its own."""
    point_id = form.cleaned_data["pickup_point"]
    if form.cleaned_data.get("transfer") or not awaits_transfer(
        buyer=buyer, community_id=place.pk, pickup_point_id=point_id
    ):
        return False
    form.add_error("transfer", _("This point belongs to a carrier. Agree to it, or choose a point of the shop."))
    return True


def _boxes(place: Community, buyer: Member) -> list[str]:
    """Consents this page asks for: those she has not given, where they are wanted."""
    wanted = {"marketing": True, "transfer": _has_carriers(place)}
    return [kind for kind in CONSENTS if wanted[kind] and not has_agreed(member=buyer, kind=kind)]


def _has_carriers(place: Community) -> bool:
    open_ones = PickupPoint.objects.filter(community=place, closed_at=None)
    return settings.LEGAL_PROFILE == "ru" and open_ones.exclude(carrier="").exists()


def _page(
    request: HttpRequest,
    place: Community,
    buyer: Member,
    *,
    shown: list[Shown] | None = None,
    refused: Refused | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    data = request.POST if request.method == "POST" else request.GET
    values = checkout_values(data, buyer)
    if isinstance(refused, KeyReused):
        values["key"] = str(uuid4())
    lines, left_out = _lines(place, buyer, shown)
    total, last = summed(lines), latest_point(buyer=buyer, community_id=place.pk)
    point = values["pickup_point"] or last
    page = {
        "community": place,
        "lines": lines,
        "left_out": left_out,
        "total": total,
        "benefit": benefit_for(place=place, buyer=buyer, total=total, chosen=values["points"]),
        "from_show": any(line.row.line.origin_kind == "show" for line in lines),
        "values": values,
        "point": point,
        "points": points_to_choose(
            community_id=place.pk, text=values["q"], chosen=point, wishes=values["has"], last=last
        ),
        "boxes": [(one, one.kind in values["marked"]) for one in asked(*_boxes(place, buyer))],
        "told": say(refused) if refused else None,
        **more,
    }
    return render(request, "web/checkout/checkout.html", page, status=status)


def _lines(place: Community, buyer: Member, shown: list[Shown] | None) -> tuple[list[Line], int]:
    """The lines as they stand now, and how many things stay behind in the cart.

    After a refusal they are those that were sent, with the pieces and the prices she saw then.
    """
    rows = cart_of(member=buyer, community_id=place.pk)
    if shown is None:
        lines = within_stock(rows)
    else:
        sent = {variant_id: (pieces, seen) for variant_id, pieces, seen in shown}
        lines = [Line(row, *sent[row.variant.pk]) for row in of_one_currency(rows) if row.variant.pk in sent]
    return lines, len(rows) - len(lines)
