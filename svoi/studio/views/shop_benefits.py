"""The shop's points: the budget and what was promised, filling it openly, and the rules, which owners set."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from svoi.communities.models import Community
from svoi.kernel.refused import Refused
from svoi.points.actions import change_policy, fund_budget, take_back_budget
from svoi.points.rules import MAY_SET_POLICY
from svoi.studio.answers import number_in
from svoi.studio.doors import member_of, shop_kept_by, signed_in
from svoi.studio.shop.benefits import benefit_parts
from svoi.ui.refusals import Told, say

VERBS = {"fund": fund_budget, "take_back": take_back_budget}


@signed_in
@never_cache
@require_safe
def budget(request: HttpRequest, slug: str) -> HttpResponse:
    """What is in the budget, what members have, who waits, and who changed it."""
    return _page(request, shop_kept_by(request, slug))


@signed_in
@require_POST
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """So many points (`amount`) into the budget or out of it (`verb`), and why (`reason`)."""
    place, by, amount = shop_kept_by(request, slug), member_of(request), number_in(request.POST, "amount")
    verb = VERBS.get(request.POST.get("verb", ""))
    key = _key(request.POST.get("key", ""))
    if verb is None or key is None:
        return _page(request, place, _unreadable())
    reason = request.POST.get("reason", "")
    try:
        verb(community=place, amount=amount or 0, reason=reason, by=by, key=key, at=timezone.now())
    except Refused as refused:
        return _page(request, place, say(refused))
    messages.success(request, _("The budget is changed."))
    return redirect("studio_budget", slug=place.slug)


@signed_in
@require_POST
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    """Other rules from now on: `earn_percent`, `spend_percent`, `life_days`; by an owner only."""
    member = member_of(request)
    place = get_object_or_404(Community.objects.with_role(member, MAY_SET_POLICY), slug=slug)
    earn, spend, life = (number_in(request.POST, name) for name in ("earn_percent", "spend_percent", "life_days"))
    if earn is None or spend is None or life is None:
        return _page(request, place, _unreadable())
    try:
        change_policy(
            community=place, earn_percent=earn, spend_percent=spend, life_days=life, by=member, at=timezone.now()
        )
    except Refused as refused:
        return _page(request, place, say(refused))
    messages.success(request, _("These rules hold from now on. What was earned before keeps its days."))
    return redirect("studio_budget", slug=place.slug)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _unreadable() -> Told:
    return Told("unreadable", _("This cannot be read"), _("Write whole numbers, and open the page afresh."), 422)


def _page(request: HttpRequest, place: Community, told: Told | None = None) -> HttpResponse:
    parts = {
        "place": place,
        "section": "budget",
        "told": told,
        "key": uuid4(),
        **benefit_parts(place, member_of(request)),
    }
    return render(request, "studio/shop/budget.html", parts, status=told.status if told else 200)
