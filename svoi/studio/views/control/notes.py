"""The action log, the crew's own line, and incidents."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from svoi.control.actions.noting import leave_note, report_incident
from svoi.control.queries.log import PAGE_DEEDS, log_of
from svoi.studio.answers import number_in, refusing, unreadable
from svoi.studio.control.answering import back, key_in, shown
from svoi.studio.control.emergencies import armed_in, take_hand
from svoi.studio.control.parts import incident_parts, note_parts
from svoi.studio.control.words import deed_parts
from svoi.studio.doors import member_of, show_kept_by, show_run_by, show_where, signed_in


@signed_in
@never_cache
@require_safe
def log(request: HttpRequest, show_id: int) -> HttpResponse:
    """Everything the crew did, the newest first, older than the fact `before`. Read-only by its very making."""
    show = show_kept_by(request, show_id)
    deeds = log_of(show_id=show.pk, before=number_in(request.GET, "before"))
    older = deeds[PAGE_DEEDS - 1].id if len(deeds) > PAGE_DEEDS else None
    parts = {"show": show, "deeds": [deed_parts(deed) for deed in deeds[:PAGE_DEEDS]], "older": older}
    return shown(request, show, "_log.html", parts)


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusing
def notes(request: HttpRequest, show_id: int) -> HttpResponse:
    """Lines among the crew (GET); one more (POST `text`); to the host (`audience=host`) by whoever runs the show."""
    if request.method != "POST":
        show = show_kept_by(request, show_id)
        return shown(request, show, "_notes.html", note_parts(request, show))
    audience = request.POST.get("audience", "crew")
    show = show_run_by(request, show_id) if audience == "host" else show_kept_by(request, show_id)
    leave_note(
        show_id=show.pk,
        audience=audience,
        text=request.POST.get("text", ""),
        by=member_of(request),
        key=key_in(request),
        at=timezone.now(),
    )
    return back(request, show, "_notes.html", note_parts(request, show))


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusing
def incidents(request: HttpRequest, show_id: int) -> HttpResponse:
    """What went wrong so far (GET); one report more (POST `kind`, `note`)."""
    at = timezone.now()
    if request.method != "POST":
        show = show_kept_by(request, show_id)
        return shown(request, show, "_incidents.html", incident_parts(request, show, at=at))
    show = show_where(request, show_id, "incident")
    report_incident(
        show_id=show.pk,
        kind=request.POST.get("kind", ""),
        note=request.POST.get("note", ""),
        by=member_of(request),
        key=key_in(request),
        at=at,
    )
    return back(request, show, "_incidents.html", incident_parts(request, show, at=at))


@signed_in
@never_cache
@require_POST
@refusing
def emergency(request: HttpRequest, show_id: int) -> HttpResponse:
    """Prepare a step (`do`, and what it carries), which changes nothing; with `sure` the step is done."""
    show, at = show_kept_by(request, show_id), timezone.now()
    if request.POST.get("sure") != "1":
        parts = incident_parts(request, show, at=at)
        armed = armed_in(request, parts["hands"])
        return shown(request, show, "_incidents.html", {**parts, "armed": armed}) if armed else unreadable(request)
    if not take_hand(request, show_id, at=at):
        return unreadable(request)
    show.refresh_from_db()
    parts = {**incident_parts(request, show, at=at), "done": True}
    return back(request, show, "_incidents.html", parts, "air", "stage", "tray", "flash")
