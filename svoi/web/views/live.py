"""What a room's page asks in the background: the room afresh, a new ticket, danmaku of a stretch of time."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from svoi.control.queries.room import room_now
from svoi.db.transaction import one_moment
from svoi.shows.models import Show
from svoi.shows.queries.room import danmaku
from svoi.web.tickets import VIEWER_COOKIE, VIEWER_COOKIE_AGE_S, room_ticket, viewer_cookie

DANMAKU_STRETCH_MS_MAX = 10 * 60 * 1000


@require_GET
def room_json(request: HttpRequest, show_id: int) -> HttpResponse:
    """The room as it stands, all of it from one moment."""
    with transaction.atomic():
        one_moment()
        show = get_object_or_404(Show.objects.visible_to(request.user), pk=show_id)
        return JsonResponse(room_now(show_id=show.pk), headers={"Cache-Control": "no-store"})


@require_POST
def ticket(request: HttpRequest, show_id: int) -> HttpResponse:
    """A fresh ticket: each connection to the gateway needs one of its own."""
    show = get_object_or_404(Show.objects.visible_to(request.user).select_related("community"), pk=show_id)
    viewer = viewer_cookie(request)
    answer = JsonResponse(room_ticket(request, show, viewer=viewer, at=timezone.now()))
    answer.headers["Cache-Control"] = "no-store"
    answer.set_cookie(
        VIEWER_COOKIE, viewer, max_age=VIEWER_COOKIE_AGE_S, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return answer


@require_GET
def danmaku_json(request: HttpRequest, show_id: int) -> HttpResponse:
    """Messages said between two media times, given in Unix milliseconds, at most ten minutes apart."""
    show = get_object_or_404(Show.objects.visible_to(request.user), pk=show_id)
    try:
        since_ms, until_ms = int(request.GET["from"]), int(request.GET["to"])
    except (KeyError, ValueError):
        return HttpResponseBadRequest()
    if not 0 <= since_ms < until_ms <= since_ms + DANMAKU_STRETCH_MS_MAX or until_ms > 4102444800000:
        return HttpResponseBadRequest()
    return JsonResponse({"messages": danmaku(show_id=show.pk, since_ms=since_ms, until_ms=until_ms)})
