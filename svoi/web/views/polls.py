"""Polls of a room: how one stands, and a member's vote. All of it works by plain forms."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from svoi.control.actions.polling import vote
from svoi.control.models import Poll
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.shows.models import Show
from svoi.ui.refusals import say
from svoi.web.poll_parts import asked_in, poll_parts
from svoi.web.purchase_form import kept_number
from svoi.web.returning import to_sign_in, with_next
from svoi.web.rooms import place_of
from svoi.web.views.shows import find_show

NOTHING = 10**6  # a place no poll has


@require_safe
@never_cache
def poll(request: HttpRequest, show_id: int) -> HttpResponse:
    """The last poll the room was asked, as it stands for this reader."""
    show = find_show(request, show_id)
    return _poll(request, show, asked_in(show))


@require_POST
def votes(request: HttpRequest, poll_id: int) -> HttpResponse:
    """Vote for the option at `place`; a visitor is asked to sign in and comes back to the room."""
    shows = Show.objects.visible_to(request.user)
    asked = get_object_or_404(Poll.objects.filter(show__in=shows, fired_at__isnull=False), pk=poll_id)
    show = find_show(request, asked.show_id)
    if not isinstance(request.user, Member):
        return to_sign_in(request, reverse("show", args=[show.pk]))
    place = kept_number(request.POST, "place")
    try:
        vote(poll_id=poll_id, place=NOTHING if place is None else place, by=request.user, at=timezone.now())
    except Refused as refused:
        told = say(refused)
        return _poll(request, show, asked, status=told.status, told=told)
    if _is_part(request):
        return _poll(request, show, asked)
    return redirect("show", show_id=show.pk)


def _is_part(request: HttpRequest) -> bool:
    return request.headers.get("X-Part") == "poll"


def _poll(request: HttpRequest, show: Show, asked: Poll | None, *, status: int = 200, **more: Any) -> HttpResponse:
    at = timezone.now()
    parts = {
        **poll_parts(request, show, asked, at=at),
        "place": place_of(show, request.user, at=at),
        "sign_in": with_next(reverse("sign-in"), reverse("show", args=[show.pk])),
        **more,
    }
    template = "web/shows/_poll.html" if _is_part(request) else "web/shows/poll.html"
    return render(request, template, parts, status=status)
