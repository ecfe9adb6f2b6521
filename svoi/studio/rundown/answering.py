"""How the rundown answers a step: with a fragment for htmx, with a page for a plain form."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from svoi.communities.queries import roles_of
from svoi.kernel.refused import Refused
from svoi.replays.models import DebriefNote
from svoi.replays.queries import notes_for, shows_debriefed_by
from svoi.rundowns.queries import plans_to_copy, templates_of
from svoi.rundowns.rules import MAY_CHECK_FACTS, MAY_WRITE_RUNDOWNS
from svoi.shows.models import Show
from svoi.studio.answers import refusal
from svoi.studio.doors import member_of
from svoi.studio.rundown.board import board_parts
from svoi.ui.refusals import Told, say

NOTES_SHOWN = 6


def is_part(request: HttpRequest) -> bool:
    """Whether a part of the page is asked for, not the whole."""
    return bool(request.headers.get("HX-Request"))


def board(request: HttpRequest, show: Show, *, said: str = "") -> HttpResponse:
    """The board alone, as it is now."""
    answer = render(request, "studio/rundown/_board.html", parts_for(request, show, said=said))
    # A form inside the board asks for itself; what follows from it is the whole board.
    answer.headers["HX-Retarget"] = "#rundown"
    answer.headers["HX-Reswap"] = "outerMorph"
    return answer


def page(request: HttpRequest, show: Show, *, told: Told | None = None) -> HttpResponse:
    """The whole page; with a refusal above it, its status."""
    parts = parts_for(request, show)
    is_bare = parts["writes"] and not parts["rows"]
    sources = {
        "templates": templates_of(community_id=show.community_id) if parts["writes"] else [],
        "plans": plans_to_copy(community_id=show.community_id, show_id=show.pk) if is_bare else [],
    }
    status = told.status if told else 200
    shown = {**parts, **sources, "told": told, "came_back": _came_back(request, show)}
    return render(request, "studio/rundown/page.html", shown, status=status)


def _came_back(request: HttpRequest, show: Show) -> list[DebriefNote]:
    """Notes of earlier shows, before this one, for whoever looks back at its shows."""
    if show.ended_at is not None or not shows_debriefed_by(member_of(request)).filter(pk=show.pk).exists():
        return []
    return notes_for(show_id=show.pk)[:NOTES_SHOWN]


def parts_for(request: HttpRequest, show: Show, *, said: str = "") -> dict[str, object]:
    """What the board shows to this member."""
    roles = roles_of(community=show.community, member=member_of(request))
    return board_parts(show, writes=bool(MAY_WRITE_RUNDOWNS & roles), checks=bool(MAY_CHECK_FACTS & roles), said=said)


def stepped(
    request: HttpRequest, show: Show, step: Callable[[], object], *, said: Callable[[], str], anchor: str = ""
) -> HttpResponse:
    """Take a step; then the board for htmx, or back to the page; a refusal stands where notices stand."""
    try:
        step()
    except Refused as refused:
        told = say(refused)
        return refusal(request, told) if is_part(request) else page(request, show, told=told)
    words = said()
    if is_part(request):
        return board(request, show, said=words)
    messages.success(request, words)
    return redirect(f"{reverse('studio_rundown', args=[show.pk])}{anchor}")
