"""The poster of a show: a picture somebody gives, or a frame of a clip."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from svoi.kernel.refused import Refused
from svoi.replays.queries import clips_of
from svoi.shows.actions.posters import change_poster
from svoi.shows.models import Show
from svoi.shows.providers.posters import keep_poster
from svoi.shows.queries.posters import posters_of
from svoi.shows.rules.posters import POSTER_BYTES_MAX, PosterTooLarge, PosterUnreadable
from svoi.studio.doors import member_of, signed_in
from svoi.studio.replays.clip_parts import clip_row
from svoi.studio.replays.doors import show_debriefed_by
from svoi.ui.refusals import Told, say

FOLDER = "posters"
MEGABYTE = 2**20


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def poster(request: HttpRequest, show_id: int) -> HttpResponse:
    """The picture as it stands (GET); another one (POST `file`), or none (POST `verb=remove`)."""
    show = show_debriefed_by(request, show_id)
    if request.method != "POST":
        return _page(request, show)
    is_removed = request.POST.get("verb") == "remove"
    try:
        name = "" if is_removed else f"{FOLDER}/{keep_poster(_given(request), kept_in=settings.MEDIA_ROOT / FOLDER)}"
        change_poster(show_id=show.pk, poster=name, by=member_of(request), at=timezone.now())
    except Refused as refused:
        return _page(request, show, say(refused))
    messages.success(request, _("The poster is taken away.") if is_removed else _("This is the poster now."))
    return redirect("studio_poster", show_id=show.pk)


def _given(request: HttpRequest) -> bytes:
    file = request.FILES.get("file")
    if file is None:
        raise PosterUnreadable()
    if file.size is None or file.size > POSTER_BYTES_MAX:
        raise PosterTooLarge(most_mb=POSTER_BYTES_MAX // MEGABYTE)
    return bytes(file.read())


def _page(request: HttpRequest, show: Show, told: Told | None = None) -> HttpResponse:
    at = timezone.now()
    made = [clip_row(request, clip, at=at) for clip in clips_of(show_id=show.pk) if clip.made_at]
    parts = {
        "show": show,
        "place": show.community,
        "section": "poster",
        "told": told,
        "picture": posters_of([show])[show.pk],
        "clips": made,
        "most_mb": POSTER_BYTES_MAX // MEGABYTE,
    }
    return render(request, "studio/replays/poster.html", parts, status=told.status if told else 200)
