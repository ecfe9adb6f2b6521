"""The calendar of a community, new shows in it, and who works when."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from svoi.communities.models import Community
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.planning.actions.placing import place_show, plan_show
from svoi.planning.models import ShowTemplate
from svoi.planning.queries.calendar import shifts_between, studios_of, templates_of
from svoi.planning.rules.terms import local
from svoi.shows.models import Show
from svoi.studio.answers import number_in
from svoi.studio.doors import member_of, signed_in
from svoi.studio.planning.answers import refusal_parts
from svoi.studio.planning.asking import wanted_calendar
from svoi.studio.planning.board import board_of, moments, zone_of
from svoi.studio.planning.doors import calendar_planned_by, calendar_seen_by, crew_choices, may_plan
from svoi.studio.planning.forms import PlaceForm, ShowForm, initial_place

UNREADABLE = 422


@signed_in
@never_cache
@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """A week (`week=2026-W49`) or a day (`day=2026-12-04`), by studio or by host; alone for the page's own code."""
    place = calendar_seen_by(request, slug)
    return render_board(request, place)


def render_board(request: HttpRequest, place: Community) -> HttpResponse:
    """The board as the address asks for it, or as the page says it is open (`view`) after a move."""
    at, zone = timezone.now(), zone_of(place)
    wanted = wanted_calendar(request.GET, today=local(at, zone).date())
    board = board_of(place, wanted, zone=zone, at=at)
    shown = {"place": place, "board": board, "wanted": wanted, "plans": may_plan(request, place), "section": "calendar"}
    page = "_board.html" if request.headers.get("HX-Request") else "calendar.html"
    return render(request, f"studio/planning/{page}", shown)


@signed_in
@never_cache
@require_safe
def shifts(request: HttpRequest, slug: str) -> HttpResponse:
    """Who works when in a week."""
    place, at = calendar_seen_by(request, slug), timezone.now()
    zone = zone_of(place)
    wanted = wanted_calendar(request.GET, today=local(at, zone).date())
    first, last = moments(wanted, zone)
    people: dict[int, dict[str, Any]] = {}
    for one in shifts_between(community_id=place.pk, first=first, last=last):
        people.setdefault(one.member_id, {"member": one.member, "shifts": []})["shifts"].append(one)
    shown = {"place": place, "people": list(people.values()), "wanted": wanted, "section": "shifts"}
    return render(request, "studio/planning/shifts.html", {**shown, "plans": may_plan(request, place)})


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """A new show with its place; `template` says from which one it begins."""
    place, by = calendar_planned_by(request, slug), member_of(request)
    studios = studios_of(community_id=place.pk)
    asked: dict[str, Any] = {"studios": studios, "hosts": crew_choices(place)}
    if request.method != "POST":
        start = {"host": by.pk, **_from_template(request, place), **initial_place(request.GET)}
        return _form(
            request, place, ShowForm(initial=start, **asked), {"templates": templates_of(community_id=place.pk)}
        )
    form = ShowForm(request.POST, **asked)
    if not form.is_valid():
        return _form(request, place, form, status=UNREADABLE)
    told = form.cleaned_data
    try:
        slot = plan_show(
            community=place,
            place=form.place(),
            host=Member.objects.get(pk=told["host"]),
            words=form.words(),
            by=by,
            at=timezone.now(),
            accepting=told["accepting"],
        )
    except Refused as refused:
        parts = refusal_parts(refused, community_id=place.pk, zone=zone_of(place))
        return _form(request, place, form, parts, status=parts["told"].status)
    return redirect("studio_slot", slug=slug, slot_id=slot.pk)


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def place_announced(request: HttpRequest, slug: str, show_id: int) -> HttpResponse:
    """A place for a show that was announced without one."""
    place = calendar_planned_by(request, slug)
    show = get_object_or_404(Show.objects.standing().filter(community=place, went_live_at=None), pk=show_id)
    studios, zone = studios_of(community_id=place.pk), zone_of(place)
    starts = local(show.starts_at, zone)
    start = {"date": starts.date(), "time": starts.time().replace(second=0, microsecond=0)}
    form = PlaceForm(request.POST or None, studios=studios, initial=start)
    if request.method != "POST" or not form.is_valid():
        status = UNREADABLE if request.method == "POST" else 200
        return _form(request, place, form, {"announced": show}, status=status)
    reason = form.cleaned_data["accepting"]
    try:
        slot = place_show(
            show_id=show_id, place=form.place(), by=member_of(request), at=timezone.now(), accepting=reason
        )
    except Refused as refused:
        parts = {**refusal_parts(refused, community_id=place.pk, zone=zone), "announced": show}
        return _form(request, place, form, parts, status=parts["told"].status)
    return redirect("studio_slot", slug=slug, slot_id=slot.pk)


def _form(
    request: HttpRequest, place: Community, form: PlaceForm, parts: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    shown = {"place": place, "form": form, "plans": True, "section": "calendar", **(parts or {})}
    return render(request, "studio/planning/new.html", shown, status=status)


def _from_template(request: HttpRequest, place: Community) -> dict[str, Any]:
    template = ShowTemplate.objects.filter(community=place, pk=number_in(request.GET, "template") or 0).first()
    if template is None:
        return {}
    names = ("title_ru", "title_en", "about_ru", "about_en", "length_min", "preparation_min")
    told = {name: getattr(template, name) for name in names}
    return {**told, "studio": template.studio_id, "host": template.host_id}
