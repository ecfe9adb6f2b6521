"""How a show is announced: its words, and its poster, which is a picture somebody gives or a frame of a clip."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from svoi.kernel.refused import Refused
from svoi.planning.actions.wording import reword_planned
from svoi.replays.queries import clips_of
from svoi.shows.actions.announcing import change_poster
from svoi.shows.models import Show
from svoi.shows.providers.posters import keep_poster
from svoi.shows.queries.posters import posters_of
from svoi.shows.rules.posters import POSTER_BYTES_MAX, PosterTooLarge, PosterUnreadable
from svoi.studio.doors import member_of, signed_in
from svoi.studio.forms import WordsForm
from svoi.studio.replays.clip_parts import clip_row
from svoi.studio.replays.doors import show_debriefed_by
from svoi.ui.refusals import Told, say

FOLDER = "posters"
MEGABYTE = 2**20
UNREADABLE = 422


@signed_in
@never_cache
@require_safe
def announcement(request: HttpRequest, show_id: int) -> HttpResponse:
    """The words and the picture as they stand."""
    return _page(request, show_debriefed_by(request, show_id))


@signed_in
@require_POST
def words(request: HttpRequest, show_id: int) -> HttpResponse:
    """Other titles and stories."""
    show, form = show_debriefed_by(request, show_id), WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, show, form=form, status=UNREADABLE)
    reword_planned(show_id=show.pk, words=form.words(), by=member_of(request), at=timezone.now())
    messages.success(request, _("So the show is announced now."))
    return redirect("studio_announcement", show_id=show.pk)


@signed_in
@require_POST
def poster(request: HttpRequest, show_id: int) -> HttpResponse:
    """Another picture (`file`), or none (`verb=remove`)."""
    show, is_removed = show_debriefed_by(request, show_id), request.POST.get("verb") == "remove"
    try:
        name = "" if is_removed else f"{FOLDER}/{keep_poster(_given(request), kept_in=settings.MEDIA_ROOT / FOLDER)}"
        change_poster(show_id=show.pk, poster=name, by=member_of(request), at=timezone.now())
    except Refused as refused:
        told = say(refused)
        return _page(request, show, told=told, status=told.status)
    messages.success(request, _("The poster is taken away.") if is_removed else _("This is the poster now."))
    return redirect("studio_announcement", show_id=show.pk)


def _given(request: HttpRequest) -> bytes:
    file = request.FILES.get("file")
    if file is None:
        raise PosterUnreadable()
    if file.size is None or file.size > POSTER_BYTES_MAX:
        raise PosterTooLarge(most_mb=POSTER_BYTES_MAX // MEGABYTE)
    return bytes(file.read())


def _page(
    request: HttpRequest, show: Show, *, form: WordsForm | None = None, told: Told | None = None, status: int = 200
) -> HttpResponse:
    at = timezone.now()
    made = [clip_row(request, clip, at=at) for clip in clips_of(show_id=show.pk) if clip.made_at]
    parts = {
        "show": show,
        "place": show.community,
        "section": "announcement",
        "told": told,
        "form": form or WordsForm(initial=model_to_dict(show, WordsForm.base_fields)),
        "picture": posters_of([show])[show.pk],
        "clips": made,
        "most_mb": POSTER_BYTES_MAX // MEGABYTE,
    }
    return render(request, "studio/replays/announcement.html", parts, status=status)
