"""Flash deals: a piece taken, and the sheet in which it is paid at the deal's price while its time runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from svoi.catalog.queries import picture_address
from svoi.catalog.rules import QUANTITY_MAX
from svoi.flash.actions import buy_taken, extend_claim
from svoi.flash.models import FlashClaim, FlashDeal
from svoi.flash.queries import claim_of
from svoi.flash.rules import NothingTaken
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.orders.rules import EXTENSIONS_MAX, KeyReused
from svoi.ui.refusals import say
from svoi.web.carriers import is_ready
from svoi.web.flash_parts import claim_told
from svoi.web.maps import with_map
from svoi.web.offers import latest_point, points_to_choose
from svoi.web.purchase_form import TakenForm, kept_number, receipt_address, sheet_values, shown_price
from svoi.web.returning import to_sign_in
from svoi.web.shares import take_pieces
from svoi.web.views.purchases import UNREADABLE, new_number, to_order


def for_members(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view gets the deal and the signed-in member; whoever is not signed in is asked to, and comes to the room."""

    @wraps(view)
    def only_for_members(request: HttpRequest, deal_id: int) -> HttpResponse:
        deal = find_deal(request, deal_id)
        if not request.user.is_authenticated:
            return to_sign_in(request, _room(deal))
        return view(request, deal, request.user)

    return only_for_members


@require_POST
@for_members
def claims(request: HttpRequest, deal: FlashDeal, member: Member) -> HttpResponse:
    """Take pieces (`quantity`, `key`). Scripts get what is hers as JSON; a plain form goes on to the sheet."""
    pieces = min(kept_number(request.POST, "quantity") or 1, QUANTITY_MAX + 1)
    try:
        take_pieces(deal=deal, member=member, quantity=pieces, key=_key(request), at=timezone.now())
    except Refused as refused:
        return _not_taken(request, deal, refused)
    if _is_for_scripts(request):
        return JsonResponse(claim_told(_claim(deal, member)))
    return _see(reverse("flash_sheet", args=[deal.pk]))


@with_map
@require_safe
@never_cache
@for_members
def sheet(request: HttpRequest, deal: FlashDeal, member: Member) -> HttpResponse:
    """What she took, until when it is kept, where she collects it; a page of its own without scripts."""
    return _sheet(request, deal, member, sheet_values(request))


@with_map
@require_POST
@for_members
def buy(request: HttpRequest, deal: FlashDeal, member: Member) -> HttpResponse:
    """Order it, and go to the order's page; a refusal comes back in the same sheet, filled in as it was."""
    values = sheet_values(request)
    form = TakenForm(request.POST)
    if not is_ready(form, buyer=member, community_id=deal.community_id):
        return _sheet(request, deal, member, values, errors=form.errors, status=UNREADABLE)
    try:
        order = buy_taken(
            deal_id=deal.pk,
            buyer=member,
            shown_price=shown_price(request.POST, deal.variant_id),
            pickup_point_id=form.cleaned_data["pickup_point"],
            announced=form.cleaned_data["announced"],
            key=form.cleaned_data["key"],
            number=new_number(),
            at=timezone.now(),
            method=form.cleaned_data["method"],
            receipt_to=receipt_address(member),
        )
    except Refused as refused:
        if isinstance(refused, KeyReused):
            values["key"] = str(uuid4())
        return _refused_sheet(request, deal, member, values, refused)
    return to_order(request, order.number)


@with_map
@require_POST
@for_members
def extension(request: HttpRequest, deal: FlashDeal, member: Member) -> HttpResponse:
    """A little more time; what was filled in stays."""
    values = sheet_values(request)
    try:
        until = extend_claim(deal_id=deal.pk, member=member, at=timezone.now())
    except Refused as refused:
        return _refused_sheet(request, deal, member, values, refused)
    answer = _sheet(request, deal, member, values)
    answer.headers["HX-Trigger"] = json.dumps({"flash:kept": {"until": round(until.timestamp() * 1000)}})
    return answer


def find_deal(request: HttpRequest, deal_id: int) -> FlashDeal:
    """The deal as the reader may see it; one of a closed community, or not set off yet, is not there."""
    deals = FlashDeal.objects.visible_to(request.user).select_related("community", "variant__product")
    return get_object_or_404(deals, pk=deal_id)


def _sheet(
    request: HttpRequest, deal: FlashDeal, member: Member, values: dict[str, Any], *, status: int = 200, **more: Any
) -> HttpResponse:
    claim = claim_of(deal_id=deal.pk, member_id=member.pk)
    if claim is None:
        told = say(NothingTaken())
        more, status = {"told": told, **more}, told.status
    elif hasattr(claim, "ending") and claim.ending.order:
        return to_order(request, claim.ending.order.number)
    shown = {
        "deal": deal,
        "claim": claim,
        "open": claim is not None and not hasattr(claim, "ending") and timezone.now() < claim.kept_until,
        "may_extend": claim is not None and len(claim.extensions.all()) < EXTENSIONS_MAX,
        "picture": picture_address(deal.variant.pictures.order_by("position").first()),
        "sum_minor": deal.price_minor * claim.quantity if claim else 0,
        "values": values,
        **_collecting(deal, member, values),
        **more,
    }
    page = "web/flash/_sheet.html" if request.headers.get("HX-Request") == "true" else "web/flash/sheet.html"
    return render(request, page, shown, status=status)


def _collecting(deal: FlashDeal, member: Member, values: dict[str, Any]) -> dict[str, Any]:
    last = latest_point(buyer=member, community_id=deal.community_id)
    point = values["pickup_point"] or last
    points = points_to_choose(
        community_id=deal.community_id, text=values["q"], chosen=point, wishes=values["has"], last=last
    )
    return {"point": point, "points": points}


def _refused_sheet(
    request: HttpRequest, deal: FlashDeal, member: Member, values: dict[str, Any], refused: Refused
) -> HttpResponse:
    told = say(refused)
    return _sheet(request, deal, member, values, told=told, status=told.status)


def _not_taken(request: HttpRequest, deal: FlashDeal, refused: Refused) -> HttpResponse:
    told = say(refused)
    if _is_for_scripts(request):
        return JsonResponse({"code": told.code, "words": told.sentence()}, status=told.status)
    messages.warning(request, told.sentence())
    return _see(_room(deal))


def _claim(deal: FlashDeal, member: Member) -> FlashClaim:
    claim = claim_of(deal_id=deal.pk, member_id=member.pk)
    assert claim is not None, "it was taken a moment ago"
    return claim


def _key(request: HttpRequest) -> UUID:
    """The key her page made; a page without scripts makes none, and one claim a member is enough."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _is_for_scripts(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _room(deal: FlashDeal) -> str:
    return reverse("show", args=[deal.show_id])


def _see(address: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": address})
