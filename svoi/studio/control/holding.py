"""Taking control, letting it go, still being there: one way for every page that steers."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from svoi.control.actions.steering import release_control, stay_in_control, take_control
from svoi.shows.models import Show
from svoi.studio.answers import number_in
from svoi.studio.doors import member_of


def hold_step(request: HttpRequest, show: Show) -> bool:
    """Do what a form asks (`do` take with the hold `seen`, release or stay); False when it asks for nothing of these.

    Raises what `take_control` raises. The right to steer is not asked here: the caller has loaded the show by it.
    """
    by, at = member_of(request), timezone.now()
    match request.POST.get("do"):
        case "take":
            take_control(show_id=show.pk, seen=number_in(request.POST, "seen"), by=by, at=at)
        case "release":
            release_control(show_id=show.pk, by=by, at=at)
        case "stay":
            stay_in_control(show_id=show.pk, by=by, at=at)
        case _:
            return False
    return True
