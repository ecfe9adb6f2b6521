"""Honest counting: what rules are in force, what a search found, and what the crew says of it."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from svoi.communities.models import Community
from svoi.kernel.refused import Refused
from svoi.studio.count.explaining import group_parts
from svoi.studio.count.listing import home_parts
from svoi.studio.doors import member_of, signed_in
from svoi.trust.actions import judge_group, set_rule_mode
from svoi.trust.models import FoundGroup
from svoi.trust.queries import group_seen_by
from svoi.trust.rules import MAY_SEE_COUNTING, MAY_SET_MODES, MODES, REASON_LENGTH_MAX, RULES, VERDICTS
from svoi.ui.refusals import Told, say


@signed_in
@never_cache
@require_safe
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """Rules with their modes, groups that were found, and searches."""
    return _home(request, _seen(request, slug))


@signed_in
@require_POST
def modes(request: HttpRequest, slug: str) -> HttpResponse:
    """The owner puts a rule (`rule`) off, into shadow or in force (`mode`), and says why (`why`)."""
    by = member_of(request)
    place = get_object_or_404(Community.objects.with_role(by, MAY_SET_MODES), slug=slug)
    rule, mode, key = request.POST.get("rule", ""), request.POST.get("mode", ""), _key(request)
    if rule not in RULES or mode not in MODES or key is None:
        return _home(request, place, _unreadable())
    why = request.POST.get("why", "")
    try:
        set_rule_mode(community=place, rule=rule, mode=mode, why=why, by=by, key=key, at=timezone.now())
    except Refused as refused:
        return _home(request, place, say(refused), rule=rule)
    messages.success(request, _("The rule is switched, and that stays on record."))
    return redirect("studio_count", slug=place.slug)


@signed_in
@never_cache
@require_safe
def group(request: HttpRequest, slug: str, group_id: int) -> HttpResponse:
    """One group, explained."""
    place = _seen(request, slug)
    return _group(request, place, _found(request, place, group_id))


@signed_in
@require_POST
def verdicts(request: HttpRequest, slug: str, group_id: int) -> HttpResponse:
    """Somebody of the crew dismisses or confirms a group (`verdict`), and says why (`reason`)."""
    place = _seen(request, slug)
    found, by, key = _found(request, place, group_id), member_of(request), _key(request)
    verdict = request.POST.get("verdict", "")
    if verdict not in VERDICTS or key is None:
        return _group(request, place, found, _unreadable())
    reason = request.POST.get("reason", "")
    try:
        judge_group(group=found, verdict=verdict, reason=reason, by=by, key=key, at=timezone.now())
    except Refused as refused:
        return _group(request, place, found, say(refused))
    messages.success(request, _("Your word is on record."))
    return redirect("studio_group", slug=place.slug, group_id=found.pk)


def _seen(request: HttpRequest, slug: str) -> Community:
    return get_object_or_404(Community.objects.with_role(member_of(request), MAY_SEE_COUNTING), slug=slug)


def _found(request: HttpRequest, place: Community, group_id: int) -> FoundGroup:
    found = group_seen_by(community=place, reader=member_of(request), group_id=group_id)
    if found is None:
        raise Http404
    return found


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _unreadable() -> Told:
    return Told("unreadable", _("This cannot be read"), _("Nothing was changed. Open the page afresh."), 422)


def _home(request: HttpRequest, place: Community, told: Told | None = None, *, rule: str = "") -> HttpResponse:
    parts = {
        "place": place,
        "told": told,
        "told_rule": rule,
        "typed": request.POST.get("why", "") if told else "",
        "reason_length_max": REASON_LENGTH_MAX,
        **home_parts(place, reader=member_of(request), at=timezone.now()),
    }
    return render(request, "studio/count/home.html", parts, status=told.status if told else 200)


def _group(request: HttpRequest, place: Community, found: FoundGroup, told: Told | None = None) -> HttpResponse:
    parts = {
        "place": place,
        "told": told,
        "typed": request.POST.get("reason", "") if told else "",
        "key": uuid4(),
        "reason_length_max": REASON_LENGTH_MAX,
        **group_parts(found, reader=member_of(request)),
    }
    return render(request, "studio/count/group.html", parts, status=told.status if told else 200)
