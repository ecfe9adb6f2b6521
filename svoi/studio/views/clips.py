"""Clips of a show: asked for from its chapters, watched, and written about."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from svoi.kernel.refused import Refused
from svoi.replays.actions import ask_clip, begin_draft, change_draft, hand_over_draft, leave_draft
from svoi.replays.models import Clip, StoryDraft
from svoi.replays.rules import DRAFT_LENGTH_MAX, Span
from svoi.shows.models import Show
from svoi.studio.doors import member_of, signed_in
from svoi.studio.replays.clip_parts import asked_span, clip_parts, clip_row
from svoi.studio.replays.doors import show_debriefed_by
from svoi.studio.replays.draft_words import first_words
from svoi.ui.refusals import Told, say


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def clips(request: HttpRequest, show_id: int) -> HttpResponse:
    """Chapters with what can be cut from them, and clips (GET); ask for one (POST)."""
    show = show_debriefed_by(request, show_id)
    if request.method != "POST":
        return _clips(request, show)
    span, told = asked_span(show, request.POST), request.POST
    try:
        product_id, reference = int(told.get("product", "")), UUID(told.get("reference", ""))
    except ValueError:
        span = None
    if span is None:
        return _clips(request, show, _unreadable())
    try:
        _ask(request, show, product_id, span, reference)
    except Refused as refused:
        return _clips(request, show, say(refused))
    messages.success(request, _("The clip is being made."))
    return redirect("studio_clips", show_id=show.pk)


def _ask(request: HttpRequest, show: Show, product_id: int, span: Span, reference: UUID) -> None:
    by, at = member_of(request), timezone.now()
    ask_clip(show_id=show.pk, product_id=product_id, span=span, reference=reference, by=by, at=at)


@signed_in
@never_cache
@require_safe
def made(request: HttpRequest, show_id: int) -> HttpResponse:
    """The clips alone, asked for while one is being made."""
    show = show_debriefed_by(request, show_id)
    return render(request, "studio/replays/_clips.html", clip_parts(request, show, at=timezone.now()))


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, show_id: int, clip_id: int) -> HttpResponse:
    """Words about a clip; POST does one `step`: save (and begin), leave, hand_over."""
    show = show_debriefed_by(request, show_id)
    clip = get_object_or_404(Clip.objects.select_related("product", "show", "show__host"), pk=clip_id, show=show)
    standing = StoryDraft.objects.filter(clip=clip).select_related("author").first()
    if request.method != "POST":
        return _draft(request, clip, standing)
    try:
        words = _stepped(request, clip, standing, at=timezone.now())
    except Refused as refused:
        return _draft(request, clip, standing, say(refused))
    if words is None:
        return _draft(request, clip, standing, _unreadable())
    messages.success(request, words)
    return redirect("studio_draft", show_id=show.pk, clip_id=clip.pk)


def _stepped(request: HttpRequest, clip: Clip, standing: StoryDraft | None, *, at: datetime) -> str | None:
    """What was done, in words; None for a step nobody knows."""
    step, text, by = request.POST.get("step", ""), request.POST.get("text", ""), member_of(request)
    if step == "save" and standing is None:
        begin_draft(clip_id=clip.pk, text=text, language=clip.show.host.language, by=by, at=at)
        return _("The draft is saved. It is published nowhere.")
    if step == "save" and standing is not None:
        change_draft(draft_id=standing.pk, text=text, at=at)
        return _("The draft is saved. It is published nowhere.")
    if step == "leave" and standing is not None:
        leave_draft(draft_id=standing.pk, by=by, at=at)
        return _("The draft is left.")
    if step == "hand_over" and standing is not None:
        hand_over_draft(draft_id=standing.pk, by=by, at=at)
        return _("The draft is handed over. It is published nowhere by this.")
    return None


def _clips(request: HttpRequest, show: Show, told: Told | None = None) -> HttpResponse:
    parts = {
        "section": "clips",
        "told": told,
        "typed": request.POST if told else {},
        **clip_parts(request, show, at=timezone.now()),
    }
    return render(request, "studio/replays/clips.html", parts, status=told.status if told else 200)


def _draft(request: HttpRequest, clip: Clip, standing: StoryDraft | None, told: Told | None = None) -> HttpResponse:
    text = request.POST.get("text", "") if told else standing.text if standing else first_words(clip)[0]
    parts = {
        "show": clip.show,
        "place": clip.show.community,
        "section": "clips",
        "told": told,
        "draft": standing,
        "text": text,
        "length_max": DRAFT_LENGTH_MAX,
        "language": standing.language if standing else clip.show.host.language,
        "row": clip_row(request, clip, at=timezone.now()),
    }
    return render(request, "studio/replays/draft.html", parts, status=told.status if told else 200)


def _unreadable() -> Told:
    return Told(
        "unreadable", _("This cannot be read"), _("Nothing was changed. Look at the place and the length."), 422
    )
