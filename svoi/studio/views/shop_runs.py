"""Many orders at once: asked for from the list, carried out by the worker, followed on a page of their own."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from svoi.communities.models import Community
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.orders.actions import ask_bulk
from svoi.orders.models import BulkRun
from svoi.orders.rules import BULK_ORDERS_MAX
from svoi.studio.answers import NUMBER_DIGITS_MAX
from svoi.studio.doors import member_of, shop_kept_by, signed_in
from svoi.studio.shop.asking import wanted_orders
from svoi.studio.shop.orders import orders_wanted
from svoi.ui.refusals import Told, say, say_code

REFUSED_SHOWN = BULK_ORDERS_MAX


@signed_in
@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """`verb` for the chosen (`order`, repeated), or for all that the filters of the address find (`whole`)."""
    place, by = shop_kept_by(request, slug), member_of(request)
    try:
        run = ask_bulk(
            community=place,
            verb=request.POST.get("verb", "")[:8],
            order_ids=_chosen(request, place, by),
            by=by,
            key=_key(request.POST.get("key", "")),
            at=timezone.now(),
        )
    except Refused as refused:
        return _refused(request, place, say(refused))
    return redirect("studio_run", slug=place.slug, run_id=run.pk)


@signed_in
@never_cache
@require_safe
def run(request: HttpRequest, slug: str, run_id: int) -> HttpResponse:
    """How far it has come; asked again by the page while it goes on."""
    place = shop_kept_by(request, slug)
    runs = BulkRun.objects.kept_by(member_of(request)).filter(community=place).select_related("asked_by")
    one = get_object_or_404(runs, pk=run_id)
    refused = ~Q(refused_for="")
    sizes = one.steps.aggregate(
        whole=Count("pk"), told=Count("pk", filter=Q(told_at__isnull=False)), refused=Count("pk", filter=refused)
    )
    steps = one.steps.filter(refused).select_related("order").order_by("pk")[:REFUSED_SHOWN]
    parts = {
        "place": place,
        "section": "orders",
        "run": one,
        "whole": sizes["whole"],
        "through": sizes["told"],
        "done": sizes["told"] - sizes["refused"],
        "left": sizes["whole"] - sizes["told"],
        "refused": [(step.order, say_code(step.refused_for)) for step in steps],
    }
    page = "_run.html" if request.headers.get("HX-Request") else "run.html"
    return render(request, f"studio/shop/{page}", parts)


def _chosen(request: HttpRequest, place: Community, by: Member) -> list[int]:
    if request.POST.get("whole"):
        found = orders_wanted(place=place, member=by, wanted=wanted_orders(request.GET))
        return list(found.values_list("pk", flat=True)[:BULK_ORDERS_MAX])
    said = request.POST.getlist("order")
    return [int(one) for one in said if one.isascii() and one.isdecimal() and len(one) <= NUMBER_DIGITS_MAX]


def _key(text: str) -> UUID:
    """The page's own key, by which a second tap is known; a request without one is no second tap."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _refused(request: HttpRequest, place: Community, told: Told) -> HttpResponse:
    parts = {"place": place, "section": "orders", "told": told}
    return render(request, "studio/shop/refused.html", parts, status=told.status)
