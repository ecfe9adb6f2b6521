"""The teleprompter: a second device of whoever speaks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from svoi.control.queries.notes import note_to_host
from svoi.shows.models import Show
from svoi.shows.queries.room import chat_place, facts_place
from svoi.studio.control.parts import control_parts
from svoi.studio.doors import show_kept_by, signed_in


@signed_in
@never_cache
@require_safe
def prompter(request: HttpRequest, show_id: int) -> HttpResponse:
    """The beats of the running segment in big type, following the cues by the room's line, or by asking without it."""
    show = show_kept_by(request, show_id)
    places = {"facts": facts_place(show.pk), "chat": chat_place(show.pk)}
    return render(request, "studio/control/prompter.html", {**places, **_parts(request, show)})


@signed_in
@never_cache
@require_safe
def now(request: HttpRequest, show_id: int) -> HttpResponse:
    """The text alone, as of now."""
    show = show_kept_by(request, show_id)
    return render(request, "studio/control/_prompter.html", _parts(request, show))


def _parts(request: HttpRequest, show: Show) -> dict[str, Any]:
    parts = control_parts(request, show, at=timezone.now())
    return {**parts, "note": note_to_host(show_id=show.pk)}
