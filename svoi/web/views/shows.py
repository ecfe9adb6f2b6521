"""The show room: its page, its tray alone, and the file that reminds of it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from svoi.catalog.queries import allotments_of
from svoi.control.queries.room import room_now
from svoi.db.transaction import one_moment
from svoi.shows.models import Show
from svoi.shows.queries.tray import TrayRow, tray_of
from svoi.ui.definitions import DEFINITIONS
from svoi.ui.typography import grouped
from svoi.web.calendar_file import calendar_file
from svoi.web.chapters import chapters_shown
from svoi.web.flash_parts import mine_of, phase_of
from svoi.web.maps import with_map
from svoi.web.poll_parts import asked_in, poll_parts
from svoi.web.reminding import reminder_parts
from svoi.web.returning import with_next
from svoi.web.room_words import composer_notice, hearts_sentence, room_words, viewers_sentence
from svoi.web.rooms import ON_AIR, pin_title, pins_of, place_of, poster_address, room_modules
from svoi.web.templatetags.spoken import in_language
from svoi.web.tickets import playback_address


def find_show(request: HttpRequest, show_id: int) -> Show:
    """The show as the reader may see it; one of a closed community is not there for strangers."""
    shows = Show.objects.visible_to(request.user).select_related("community", "host")
    return get_object_or_404(shows, pk=show_id)


@with_map
@require_safe
def room(request: HttpRequest, show_id: int) -> HttpResponse:
    """The room as it stands at one moment; frames of the gateway carry on from there."""
    with transaction.atomic():
        one_moment()
        show = find_show(request, show_id)
        state = room_now(show_id=show.pk)
        mine, allotted = mine_of(state["flash"], request.user), allotments_of(show_id=show.pk)
        shown = {
            "show": show,
            "state": state,
            "pins": pins_of(show, allotted),
            "chapters": chapters_shown(show),
            "tray": tray_of(show_id=show.pk, allotted=allotted),
            "place": place_of(show, request.user, at=timezone.now()),
            "mine": mine,
            **poll_parts(request, show, asked_in(show), at=timezone.now()),
            "phase": phase_of(state["flash"], mine, at=timezone.now()),
        }
    shown |= reminder_parts(show, request.user, at=timezone.now()) if state["state"] == "scheduled" else {}
    return render(
        request, "web/shows/room.html", {**shown, **_addresses(request, show, shown["tray"]), **_spoken(state)}
    )


def _addresses(request: HttpRequest, show: Show, tray: list[TrayRow]) -> dict[str, Any]:
    return {
        "poster": poster_address(show, (row.picture for row in tray)),
        "playback": playback_address(request, show, crew=False, at=timezone.now()),
        "sign_in": with_next(reverse("sign-in"), request.path),
        "modules": room_modules(),
    }


def _spoken(state: dict[str, Any]) -> dict[str, Any]:
    """Words and switches of the page, from the room's state."""
    viewers, hearts = (grouped(state[name], get_language() or "") for name in ("viewers", "reactions"))
    return {
        "on_air": state["state"] in ON_AIR,
        "plays": state["state"] in ON_AIR or state["state"] == "ended",
        "pin_title": pin_title(state["pin"]),
        "viewers_words": viewers_sentence(state["viewers"]).replace("{count}", viewers),
        "hearts_words": hearts_sentence(state["reactions"]).replace("{count}", hearts),
        "viewers_definition": DEFINITIONS["viewers_counted"],
        "policy_words": composer_notice(state["policy"]),
        "words": room_words(),
    }


@require_safe
def tray(request: HttpRequest, show_id: int) -> HttpResponse:
    """The tray alone, asked for when it changed."""
    show = find_show(request, show_id)
    return render(request, "web/shows/_tray.html", {"show": show, "tray": tray_of(show_id=show.pk)})


@require_safe
def calendar(request: HttpRequest, show_id: int) -> HttpResponse:
    """The show as a calendar file."""
    show = find_show(request, show_id)
    address = request.build_absolute_uri(reverse("show", args=[show.pk]))
    body = calendar_file(
        uid=f"show-{show.pk}@{request.get_host()}",
        title=in_language(show, "title"),
        about="\n".join(filter(None, (in_language(show, "about"), address))),
        address=address,
        starts_at=show.starts_at,
        at=timezone.now(),
    )
    headers = {"Content-Disposition": f'attachment; filename="show-{show.pk}.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
