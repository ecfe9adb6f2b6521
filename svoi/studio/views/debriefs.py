"""Looking back at a show: figures, plan beside actual, the worst measures, and notes."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from svoi.kernel.refused import Refused
from svoi.replays.actions import close_note, write_note
from svoi.replays.models import DebriefNote
from svoi.replays.queries import debrief_of, notes_for, notes_of
from svoi.shows.models import Show
from svoi.studio.doors import member_of, signed_in
from svoi.studio.replays.debrief_parts import debrief_parts
from svoi.studio.replays.doors import show_debriefed_by
from svoi.studio.replays.exports import debrief_file
from svoi.ui.refusals import Told, say


@signed_in
@never_cache
@require_safe
def debrief(request: HttpRequest, show_id: int) -> HttpResponse:
    """The whole debrief; before the end of the show only the notes that came back."""
    return _debrief(request, show_debriefed_by(request, show_id))


@signed_in
@never_cache
@require_safe
def export(request: HttpRequest, show_id: int) -> HttpResponse:
    """The debrief as a file."""
    show = show_debriefed_by(request, show_id)
    told = debrief_of(show=show, at=timezone.now())
    if told is None:
        raise Http404
    return debrief_file(told, notes_of(show_id=show.pk))


@signed_in
@require_POST
def notes(request: HttpRequest, show_id: int) -> HttpResponse:
    """Write a note: `kind` is keep or change, `text` its words."""
    show, told = show_debriefed_by(request, show_id), request.POST
    try:
        key = UUID(told.get("key", ""))
    except ValueError:
        return _debrief(request, show, Told("unreadable", _("This cannot be read"), _("Open the page afresh."), 422))
    kind, text = told.get("kind", ""), told.get("text", "")
    try:
        write_note(show_id=show.pk, kind=kind, text=text, key=key, by=member_of(request), at=timezone.now())
    except Refused as refused:
        return _debrief(request, show, say(refused))
    messages.success(request, _("The note is written down. It comes back before the next show."))
    return redirect("studio_debrief", show_id=show.pk)


@signed_in
@require_POST
def closing(request: HttpRequest, show_id: int, note_id: int) -> HttpResponse:
    """Close a note of this show, or of an earlier one of the community: it was heeded, or is no longer wanted."""
    show = show_debriefed_by(request, show_id)
    note = get_object_or_404(DebriefNote, pk=note_id, show__community_id=show.community_id)
    close_note(note_id=note.pk, by=member_of(request), at=timezone.now())
    messages.success(request, _("The note is closed."))
    return redirect("studio_debrief", show_id=show.pk)


def _debrief(request: HttpRequest, show: Show, told: Told | None = None) -> HttpResponse:
    parts = {
        "show": show,
        "place": show.community,
        "section": "debrief",
        "told": told,
        "typed": request.POST if told else {},
        "key": uuid4(),
        "notes": notes_of(show_id=show.pk),
        "came_back": notes_for(show_id=show.pk),
        **debrief_parts(show, at=timezone.now()),
    }
    return render(request, "studio/replays/debrief.html", parts, status=told.status if told else 200)
