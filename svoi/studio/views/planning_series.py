"""Series: the list with a form for a new one, and one series with its dates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from svoi.communities.models import Community
from svoi.kernel.refused import Refused
from svoi.planning.actions.series import Round, change_series, end_series, make_series, plan_series, skip_date
from svoi.planning.models import Series, Slot
from svoi.planning.queries.calendar import laid_out, series_of, studios_of
from svoi.planning.queries.standing import Standing
from svoi.planning.rules.terms import local
from svoi.studio.answers import number_in
from svoi.studio.doors import member_of, signed_in
from svoi.studio.planning.asking import read_date
from svoi.studio.planning.board import zone_of
from svoi.studio.planning.doors import calendar_planned_by, crew_choices
from svoi.studio.planning.forms import SeriesForm, pattern_of
from svoi.studio.planning.words import made_words, told_conflicts
from svoi.ui.refusals import say

UNREADABLE = 422
DATES_SHOWN = 60


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Every series of a community; a new one (POST), with the shows of its first weeks."""
    place = calendar_planned_by(request, slug)
    form = _form(request, place)
    if request.method != "POST" or not form.is_valid():
        return _listing(request, place, form, status=UNREADABLE if request.method == "POST" else 200)
    by, at = member_of(request), timezone.now()
    try:
        planned = plan_series(community=place, wanted=form.wanted(), by=by, at=at)
        done = make_series(series_id=planned.pk, by=by, at=at)
    except Refused as refused:
        told = say(refused)
        form.add_error(None, told.sentence())
        return _listing(request, place, form, status=told.status)
    return _say_done(request, planned, done)


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def series(request: HttpRequest, slug: str, series_id: int) -> HttpResponse:
    """One series with its shows; another pattern for what is open (POST, with the version she `seen`)."""
    place = calendar_planned_by(request, slug)
    found = _found(place, series_id)
    if request.method != "POST":
        return _page(request, found)
    form = _form(request, place)
    if not form.is_valid():
        return _page(request, found, form=form, status=UNREADABLE)
    by: dict[str, Any] = {"seen": number_in(request.POST, "seen") or 0, "by": member_of(request), "at": timezone.now()}
    return _stepped(request, found, lambda: change_series(series_id=series_id, wanted=form.wanted(), **by), form=form)


@signed_in
@require_POST
def shows(request: HttpRequest, slug: str, series_id: int) -> HttpResponse:
    """Make the shows of the next weeks; those that are there stay."""
    found, by = _found(calendar_planned_by(request, slug), series_id), member_of(request)
    return _stepped(request, found, lambda: make_series(series_id=series_id, by=by, at=timezone.now()))


@signed_in
@require_POST
def skips(request: HttpRequest, slug: str, series_id: int) -> HttpResponse:
    """Leave one date (`day`) out for good."""
    found, by = _found(calendar_planned_by(request, slug), series_id), member_of(request)
    day, reason = read_date(request.POST.get("day", "")), request.POST.get("reason", "")
    if day is None:
        return _page(request, found, status=UNREADABLE)
    return _stepped(
        request, found, lambda: skip_date(series_id=series_id, day=day, reason=reason, by=by, at=timezone.now())
    )


@signed_in
@require_POST
def end(request: HttpRequest, slug: str, series_id: int) -> HttpResponse:
    """No more shows of it."""
    found, by = _found(calendar_planned_by(request, slug), series_id), member_of(request)
    return _stepped(request, found, lambda: end_series(series_id=series_id, by=by, at=timezone.now()))


def _found(place: Community, series_id: int) -> Series:
    rows = Series.objects.filter(community=place).select_related("community", "studio")
    return get_object_or_404(rows.prefetch_related("hosts__member", "skips__skipped_by"), pk=series_id)


def _form(request: HttpRequest, place: Community, **initial: Any) -> SeriesForm:
    start = {"starts_on": local(timezone.now(), zone_of(place)).date(), **initial}
    choices: dict[str, Any] = {"studios": studios_of(community_id=place.pk), "crew": crew_choices(place)}
    return SeriesForm(request.POST if request.method == "POST" and not initial else None, initial=start, **choices)


def _listing(request: HttpRequest, place: Community, form: SeriesForm, *, status: int) -> HttpResponse:
    shown = {"place": place, "form": form, "all": series_of(community_id=place.pk), "plans": True, "section": "series"}
    return render(request, "studio/planning/series_all.html", shown, status=status)


def _page(request: HttpRequest, found: Series, *, status: int = 200, **parts: Any) -> HttpResponse:
    place = found.community
    slots = laid_out(Slot.objects.filter(series=found)).order_by("local_date")
    coming = slots.filter(ends_at__gt=timezone.now())[:DATES_SHOWN]
    shown = {
        "place": place,
        "series": found,
        "slots": [(one, one.approval()) for one in coming],
        "form": _form(request, place, **pattern_of(found)),
        "plans": True,
        "section": "series",
    }
    return render(request, "studio/planning/series.html", {**shown, **parts}, status=status)


def _stepped(
    request: HttpRequest, found: Series, step: Callable[[], Round | None], *, form: SeriesForm | None = None
) -> HttpResponse:
    try:
        done = step()
    except Refused as refused:
        told, parts = say(refused), {"form": form} if form else {}
        return _page(request, _found(found.community, found.pk), status=told.status, told=told, **parts)
    return _say_done(request, found, done)


def _say_done(request: HttpRequest, found: Series, done: Round | None) -> HttpResponse:
    """What was made, and which dates a conflict kept out, as messages of the next page."""
    if done is None:
        messages.success(request, _("The date is left out."))
    else:
        messages.success(request, made_words(done))
        for day, conflicts in done.kept_out:
            told = told_conflicts([Standing(one, None) for one in conflicts], community_id=found.community_id)
            sentences = " ".join(one.sentence for one in told if one.is_hard)
            messages.warning(request, f"{day.strftime('%d.%m.%Y')}: {sentences}")
    return redirect("studio_series", slug=found.community.slug, series_id=found.pk)
