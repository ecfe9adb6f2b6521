"""Keys, start, break and end."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from svoi.control.actions.steering import steer
from svoi.kernel.refused import Refused
from svoi.shows.actions.airing import end_break, end_show, start_break, start_show
from svoi.shows.actions.keys import issue_key
from svoi.shows.models import Show
from svoi.studio.answers import refusal, stepped
from svoi.studio.doors import may_run, member_of, show_kept_by, show_run_by, signed_in
from svoi.studio.parts import air_parts, key_parts
from svoi.ui.refusals import say


@signed_in
@never_cache
@require_safe
def air(request: HttpRequest, show_id: int) -> HttpResponse:
    """The stage and what may follow, asked for when somebody else has changed it."""
    show = show_kept_by(request, show_id)
    return _air(request, show, runs=may_run(request, show))


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def key(request: HttpRequest, show_id: int) -> HttpResponse:
    """The key by its last letters (GET), or a new one, shown in this answer and never again (POST)."""
    show = show_run_by(request, show_id)
    issued = ""
    if request.method == "POST":
        try:
            issued = issue_key(show_id=show.pk, by=member_of(request), at=timezone.now())
        except Refused as refused:
            return refusal(request, say(refused))
    return render(request, "studio/shows/_key.html", key_parts(request, show, issued=issued))


@signed_in
@require_POST
def start(request: HttpRequest, show_id: int) -> HttpResponse:
    """On air."""
    show, by = show_run_by(request, show_id), member_of(request)
    return stepped(
        request,
        lambda: steer(verb=start_show, show_id=show.pk, by=by, at=timezone.now()),
        lambda: _changed(request, show),
    )


@signed_in
@require_POST
def end(request: HttpRequest, show_id: int) -> HttpResponse:
    """Over, for good."""
    show, by = show_run_by(request, show_id), member_of(request)
    return stepped(
        request,
        lambda: steer(verb=end_show, show_id=show.pk, by=by, at=timezone.now()),
        lambda: _changed(request, show),
    )


@signed_in
@require_http_methods(["POST", "DELETE"])
def break_(request: HttpRequest, show_id: int) -> HttpResponse:
    """A technical break begins (POST) or ends (DELETE)."""
    verb = start_break if request.method == "POST" else end_break
    return _stepped(request, show_run_by(request, show_id), verb)


def _stepped(request: HttpRequest, show: Show, verb: Callable[..., object]) -> HttpResponse:
    """A step of whoever steers; somebody else's console is told who that is."""
    by, at = member_of(request), timezone.now()
    return stepped(request, lambda: steer(verb=verb, show_id=show.pk, by=by, at=at), lambda: _changed(request, show))


def _changed(request: HttpRequest, show: Show) -> HttpResponse:
    """What is true now; the other parts of the page that stand on the stage are told to read themselves again."""
    show.refresh_from_db()
    answer = _air(request, show, runs=True)
    answer.headers["HX-Trigger"] = "studio:stage"
    return answer


def _air(request: HttpRequest, show: Show, *, runs: bool) -> HttpResponse:
    return render(request, "studio/shows/_air.html", air_parts(show, runs=runs))
