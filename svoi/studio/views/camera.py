"""The camera page: pictures from a phone or a laptop without a program in between, and the steps of the show."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from svoi.control.actions.steering import steer
from svoi.shows.actions.airing import end_show, start_show
from svoi.shows.models import Show
from svoi.studio.addresses import camera_address
from svoi.studio.answers import refusing, stepped, unreadable
from svoi.studio.camera import camera_parts, camera_ticket
from svoi.studio.control.holding import hold_step
from svoi.studio.control.parts import hold_parts
from svoi.studio.doors import may_run, member_of, show_filmed_by, signed_in
from svoi.studio.parts import air_parts


@signed_in
@never_cache
@require_safe
def camera(request: HttpRequest, show_id: int) -> HttpResponse:
    """Preflight, preview, and the buttons of the show."""
    show = show_filmed_by(request, show_id)
    shown = {
        **camera_parts(show),
        **air_parts(show, runs=True),
        **hold_parts(request, show, at=timezone.now()),
        "has_console": may_run(request, show),
    }
    return render(request, "studio/camera/camera.html", shown)


@signed_in
@require_POST
def ticket(request: HttpRequest, show_id: int) -> HttpResponse:
    """What the next connection to media shows at the door; each needs one of its own."""
    show = show_filmed_by(request, show_id)
    if show.ended_at is not None:
        return JsonResponse({"code": "show_ended"}, status=HTTPStatus.CONFLICT)
    told = {"ticket": camera_ticket(show, at=timezone.now()), "address": camera_address(request, show.pk)}
    return JsonResponse(told, headers={"Cache-Control": "no-store"})


@signed_in
@never_cache
@require_safe
def air(request: HttpRequest, show_id: int) -> HttpResponse:
    """The stage and what may follow."""
    return _air(request, show_filmed_by(request, show_id))


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusing
def hold(request: HttpRequest, show_id: int) -> HttpResponse:
    """Who steers (GET); whoever films takes control, lets it go or is still there, by the console's rules (POST)."""
    show = show_filmed_by(request, show_id)
    if request.method == "POST" and not hold_step(request, show):
        return unreadable(request)
    shown = {**hold_parts(request, show, at=timezone.now()), "stage": show.stage()}
    return render(request, "studio/camera/_hold.html", shown)


@signed_in
@require_POST
def start(request: HttpRequest, show_id: int) -> HttpResponse:
    """On air."""
    return _step(request, show_id, start_show)


@signed_in
@require_POST
def end(request: HttpRequest, show_id: int) -> HttpResponse:
    """Over, for good."""
    return _step(request, show_id, end_show)


def _step(request: HttpRequest, show_id: int, verb: Callable[..., None]) -> HttpResponse:
    """A step of whoever steers, from here as from the console."""
    show, by = show_filmed_by(request, show_id), member_of(request)

    def then() -> HttpResponse:
        show.refresh_from_db()
        return _air(request, show)

    return stepped(request, lambda: steer(verb=verb, show_id=show.pk, by=by, at=timezone.now()), then)


def _air(request: HttpRequest, show: Show) -> HttpResponse:
    return render(request, "studio/camera/_air.html", air_parts(show, runs=True))
