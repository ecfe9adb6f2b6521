"""My shifts: the list, the secret address a calendar follows, and steps of training."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from svoi.communities.models import Community
from svoi.planning.actions.reminding import issue_feed, revoke_feed
from svoi.planning.actions.training import mark_done
from svoi.planning.models import TrainingStep
from svoi.planning.queries.calendar import feed_member, feed_of, feed_shifts, shifts_of
from svoi.planning.rules.terms import MAY_SEE_CALENDAR
from svoi.studio.doors import member_of, signed_in
from svoi.studio.planning.feed import shifts_feed


@signed_in
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Her shifts in every community, and what she has still to learn."""
    return _page(request)


@signed_in
@never_cache
@require_POST
def address(request: HttpRequest) -> HttpResponse:
    """A new secret address, shown once; or none any more (`verb=revoke`)."""
    member, at = member_of(request), timezone.now()
    _places(request)
    if request.POST.get("verb") == "revoke":
        revoke_feed(member=member, at=at)
        messages.success(request, _("The address leads nowhere any more."))
        return redirect("studio_my_shifts")
    token = issue_feed(member=member, at=at)
    return _page(request, issued=request.build_absolute_uri(reverse("studio_feed", args=[token])))


@signed_in
@require_POST
def step(request: HttpRequest, step_id: int) -> HttpResponse:
    """She has done a step; somebody who plans confirms it."""
    steps = TrainingStep.objects.filter(community__in=_places(request), dropped_at=None)
    found = get_object_or_404(steps, pk=step_id)
    mark_done(step_id=found.pk, member=member_of(request), at=timezone.now())
    return redirect("studio_my_shifts")


@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Shifts as a calendar, for whoever holds the secret address; without signing in."""
    member = feed_member(token=token)
    if member is None:
        raise Http404
    with translation.override(member.language):
        body = shifts_feed(
            feed_shifts(member=member, at=timezone.now()),
            host=request.get_host(),
            site=request.build_absolute_uri("/").rstrip("/"),
        )
    # Whoever reads the address reads the shifts: it must not travel further as a referrer, nor be found by robots.
    headers = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _places(request: HttpRequest) -> list[int]:
    """Communities she works for; whoever works for none finds nothing here."""
    found = Community.objects.with_role(member_of(request), MAY_SEE_CALENDAR)
    places = list(found.values_list("pk", flat=True))
    if not places:
        raise Http404
    return places


def _page(request: HttpRequest, **parts: Any) -> HttpResponse:
    member = member_of(request)
    steps = TrainingStep.objects.filter(community__in=_places(request), dropped_at=None).select_related("community")
    marks = {one.step_id: one for one in member.training_marks.select_related("confirmed_by")}
    shown = {
        "shifts": shifts_of(member=member, since=timezone.now()),
        "feed": feed_of(member=member),
        "steps": [(one, marks.get(one.pk)) for one in steps.order_by("community", "position", "pk")],
    }
    return render(request, "studio/planning/mine.html", {**shown, **parts})
