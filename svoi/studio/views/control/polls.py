"""A poll of a show: prepared in a form, set off by a second press, closed by time or by hand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from svoi.control.actions.polling import arm_poll, close_poll, fire_poll
from svoi.control.actions.steering import steer
from svoi.control.rules.polls import OPTIONS_MAX, Wish
from svoi.studio.answers import number_in, refusing, unreadable
from svoi.studio.control.answering import back, key_in, shown
from svoi.studio.control.parts import poll_parts
from svoi.studio.doors import member_of, show_kept_by, show_run_by, signed_in

STEPS = {"fire": fire_poll, "close": close_poll}


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusing
def polls(request: HttpRequest, show_id: int) -> HttpResponse:
    """The poll as it stands, for the whole crew (GET); a new one, prepared (POST)."""
    at = timezone.now()
    if request.method != "POST":
        show = show_kept_by(request, show_id)
        return shown(request, show, "_polls.html", poll_parts(request, show, at=at))
    show = show_run_by(request, show_id)
    asked = {"wish": _wish(request), "key": key_in(request)}
    steer(verb=arm_poll, show_id=show.pk, by=member_of(request), at=at, **asked)
    return back(request, show, "_polls.html", poll_parts(request, show, at=at))


@signed_in
@require_POST
@refusing
def poll(request: HttpRequest, show_id: int, poll_id: int) -> HttpResponse:
    """Ask the room (`do=fire`) or close the poll (`do=close`); `seen` is the stage that was shown."""
    show, at = show_run_by(request, show_id), timezone.now()
    verb = STEPS.get(request.POST.get("do", ""))
    if verb is None:
        return unreadable(request)
    seen = request.POST.get("seen", "")
    steer(verb=verb, show_id=show.pk, by=member_of(request), at=at, poll_id=poll_id, seen=seen)
    return back(request, show, "_polls.html", poll_parts(request, show, at=at))


def _wish(request: HttpRequest) -> Wish:
    told = request.POST
    options = [(told.get(f"option_ru_{place}", ""), told.get(f"option_en_{place}", "")) for place in range(OPTIONS_MAX)]
    return Wish(
        question_ru=told.get("question_ru", ""),
        question_en=told.get("question_en", ""),
        options=tuple(options),
        runs_s=number_in(told, "runs_s") or 0,
    )
