"""The shows a member runs, and planning a new one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from svoi.communities.models import Community
from svoi.communities.queries import crew_of
from svoi.communities.rules import MAY_RUN_SHOWS
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.shows.actions.scheduling import schedule_show
from svoi.studio.counter import points_worked_by
from svoi.studio.doors import member_of, signed_in
from svoi.studio.forms import PlanForm
from svoi.studio.playbill import playbill_of
from svoi.ui.refusals import say


@signed_in
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Communities where the member holds a role, each with its shows; for anybody else there is no studio."""
    places, points = playbill_of(member_of(request)), points_worked_by(member_of(request)).count()
    if not places and points:
        return redirect("studio_points")
    if not places:
        raise Http404
    return render(request, "studio/home.html", {"places": places, "points": points})


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a show into the calendar."""
    member, at = member_of(request), timezone.now()
    place = get_object_or_404(Community.objects.with_role(member, MAY_RUN_SHOWS), slug=slug)
    hosts = [(one.member_id, one.name) for one in crew_of(community=place)]
    form = PlanForm(request.POST or None, hosts=hosts, at=at, initial={"host": member.pk})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        host = Member.objects.get(pk=words.pop("host"))
        try:
            show = schedule_show(community=place, host=host, by=member, at=at, **words)
        except Refused as refused:
            form.add_error(None, say(refused).sentence())
        else:
            return redirect("studio_console", show_id=show.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "studio/plan.html", {"form": form, "community": place}, status=status)
