"""What each host and moderator may do in a show, stated by whoever runs it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from svoi.control.actions.duties import state_duties
from svoi.control.queries.duties import keepers_of
from svoi.shows.models import Show
from svoi.studio.answers import number_in, refusing, unreadable
from svoi.studio.control.answering import back, shown
from svoi.studio.control.words import ACT_WORDS
from svoi.studio.doors import member_of, show_run_by, signed_in


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusing
def duties(request: HttpRequest, show_id: int) -> HttpResponse:
    """Who may do what (GET); state it for a `member` (POST `act`s, `where` show or community, `do` state or back)."""
    show = show_run_by(request, show_id)
    if request.method != "POST":
        return shown(request, show, "_duties.html", _parts(show))
    member_id, where, step = number_in(request.POST, "member"), request.POST.get("where"), request.POST.get("do")
    if member_id is None or where not in ("show", "community") or step not in ("state", "back"):
        return unreadable(request)
    state_duties(
        show_id=show.pk,
        member_id=member_id,
        acts=request.POST.getlist("act") if step == "state" else None,
        everywhere=where == "community",
        by=member_of(request),
        at=timezone.now(),
    )
    return back(request, show, "_duties.html", _parts(show))


def _parts(show: Show) -> dict[str, object]:
    return {"show": show, "keepers": keepers_of(show=show), "act_words": list(ACT_WORDS.items())}
