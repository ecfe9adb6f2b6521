"""Who steers, and the way through the rundown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from svoi.control.actions.cueing import cue_segment
from svoi.control.actions.steering import steer
from svoi.shows.models import Show
from svoi.studio.answers import number_in, refusing, unreadable
from svoi.studio.control.answering import back, shown
from svoi.studio.control.holding import hold_step
from svoi.studio.control.parts import control_parts
from svoi.studio.doors import member_of, show_cued_by, show_kept_by, signed_in


@signed_in
@never_cache
@require_safe
def panel(request: HttpRequest, show_id: int) -> HttpResponse:
    """Who steers, what runs and what comes next."""
    show = show_kept_by(request, show_id)
    return shown(request, show, "_panel.html", control_parts(request, show, at=timezone.now()))


@signed_in
@never_cache
@require_safe
def plan(request: HttpRequest, show_id: int) -> HttpResponse:
    """The whole plan with what may be said in the running segment, and on which evidence."""
    show = show_kept_by(request, show_id)
    return shown(request, show, "_plan.html", control_parts(request, show, at=timezone.now()))


@signed_in
@require_POST
@refusing
def hold(request: HttpRequest, show_id: int) -> HttpResponse:
    """Take control (`do=take`, `seen` the hold that was shown), let it go (`release`), or still be there (`stay`)."""
    show = show_cued_by(request, show_id)
    if not hold_step(request, show):
        return unreadable(request)
    return _panel(request, show)


@signed_in
@require_POST
@refusing
def cues(request: HttpRequest, show_id: int) -> HttpResponse:
    """Begin a `segment`; `seen` is the cue that ran when it was pressed."""
    show, by, at = show_cued_by(request, show_id), member_of(request), timezone.now()
    segment_id, seen = number_in(request.POST, "segment"), number_in(request.POST, "seen")
    if segment_id is None:
        return unreadable(request)
    steer(verb=cue_segment, show_id=show.pk, by=by, at=at, segment_id=segment_id, seen=seen)
    return _panel(request, show)


def _panel(request: HttpRequest, show: Show) -> HttpResponse:
    return back(request, show, "_panel.html", control_parts(request, show, at=timezone.now()), "cued")
