"""Who comes into the studio: a show or a community is loaded by the role held there, or not found (404)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from svoi.communities.models import Community
from svoi.communities.queries import roles_of
from svoi.communities.rules import MAY_KEEP_ORDER, MAY_KEEP_SHOP, MAY_RUN_SHOWS
from svoi.control.queries.duties import shows_where
from svoi.control.rules.cues import MAY_CUE
from svoi.control.rules.duties import NotGranted
from svoi.envelopes.rules import MAY_SPEND_BUDGET
from svoi.members.models import Member
from svoi.rundowns.rules import MAY_CHECK_FACTS, MAY_READ_RUNDOWNS, MAY_WRITE_RUNDOWNS
from svoi.shows.models import Show
from svoi.shows.queries.people import shown_role

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Send a visitor to the sign-in page; a console whose session has ended loads itself anew and lands there too."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **named: object) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **named)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"HX-Refresh": "true"})
        return redirect_to_login(request.get_full_path())

    return guarded


def member_of(request: HttpRequest) -> Member:
    """Who asks; to a visitor the studio does not exist."""
    if not isinstance(request.user, Member):
        raise Http404
    return request.user


def show_run_by(request: HttpRequest, show_id: int) -> Show:
    """A show this member may start, end and pin in (owner, producer)."""
    return _show(request, MAY_RUN_SHOWS, show_id)


def show_filmed_by(request: HttpRequest, show_id: int) -> Show:
    """A show whose camera this member may be, starting and ending it from there (owner, producer, its host)."""
    shows = Show.objects.filmed_by(member_of(request)).select_related("community", "host")
    return get_object_or_404(shows, pk=show_id)


def show_kept_by(request: HttpRequest, show_id: int) -> Show:
    """A show whose chat this member may keep in order (the whole crew)."""
    return _show(request, MAY_KEEP_ORDER, show_id)


def show_cued_by(request: HttpRequest, show_id: int) -> Show:
    """A show this member may steer through its rundown (owner, producer, host)."""
    return _show(request, MAY_CUE, show_id)


def show_where(request: HttpRequest, show_id: int, act: str) -> Show:
    """A show in which this member may do one thing (see `control.rules.duties`).

    To a stranger it is not there; whoever may keep order in it and was not given this is told so: `NotGranted`.
    """
    found = shows_where(member_of(request), act).select_related("community", "host").filter(pk=show_id).first()
    if found is None:
        show_kept_by(request, show_id)
        raise NotGranted(act=act)
    return found


def show_given_by(request: HttpRequest, show_id: int) -> Show:
    """A show into which this member may send from the budget (owner, producer, host)."""
    return _show(request, MAY_SPEND_BUDGET, show_id)


def rundown_read_by(request: HttpRequest, show_id: int) -> Show:
    """A show whose rundown this member may read (the crew, and who edits stories)."""
    return _show(request, MAY_READ_RUNDOWNS, show_id)


def rundown_written_by(request: HttpRequest, show_id: int) -> Show:
    """A show whose rundown this member may write (owner, producer, host, story editor)."""
    return _show(request, MAY_WRITE_RUNDOWNS, show_id)


def story_checked_by(request: HttpRequest, show_id: int) -> Show:
    """A show whose product stories this member may check (owner, producer, story editor)."""
    return _show(request, MAY_CHECK_FACTS, show_id)


def shop_kept_by(request: HttpRequest, slug: str) -> Community:
    """A community whose shop this member keeps (owner, producer)."""
    return get_object_or_404(Community.objects.with_role(member_of(request), MAY_KEEP_SHOP), slug=slug)


def may_run(request: HttpRequest, show: Show) -> bool:
    """Whether a member of the crew may also start, end and pin."""
    return bool(MAY_RUN_SHOWS & roles_of(community=show.community, member=member_of(request)))


def may_cue(request: HttpRequest, show: Show) -> bool:
    """Whether a member of the crew may also steer through the rundown."""
    return bool(MAY_CUE & roles_of(community=show.community, member=member_of(request)))


def role_in(request: HttpRequest, show: Show) -> str:
    """The one word that stands beside her name in the room."""
    member = member_of(request)
    roles = roles_of(community=show.community, member=member)
    return shown_role(roles | {"host"} if member.pk == show.host_id else roles)


def _show(request: HttpRequest, roles: frozenset[str], show_id: int) -> Show:
    shows = Show.objects.run_by(member_of(request), roles).select_related("community", "host")
    return get_object_or_404(shows, pk=show_id)
