"""Who looks back at a show or at a host; whoever may not does not find it (404)."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from svoi.communities.models import Community
from svoi.communities.queries import roles_of
from svoi.communities.rules import MAY_KEEP_ORDER, MAY_RUN_SHOWS
from svoi.replays.queries import shows_debriefed_by
from svoi.replays.rules import MAY_DEBRIEF
from svoi.shows.models import Show
from svoi.studio.doors import member_of


def show_debriefed_by(request: HttpRequest, show_id: int) -> Show:
    """A show this member may look back at (owner, producer; a host at her own)."""
    return get_object_or_404(shows_debriefed_by(member_of(request)), pk=show_id)


def log_kept_by(request: HttpRequest, slug: str) -> Community:
    """A community whose log of claims this member keeps (the whole crew)."""
    return get_object_or_404(Community.objects.with_role(member_of(request), MAY_KEEP_ORDER), slug=slug)


def cards_seen_by(request: HttpRequest, slug: str) -> tuple[Community, bool]:
    """A community with cards this member may see, and whether she sees all of them; a host sees her own alone."""
    member = member_of(request)
    place = get_object_or_404(Community.objects.with_role(member, MAY_DEBRIEF), slug=slug)
    return place, bool(MAY_RUN_SHOWS & roles_of(community=place, member=member))


def card_seen_by(request: HttpRequest, slug: str, host_id: int) -> Community:
    """A community in which this member may see the card of this host."""
    place, sees_all = cards_seen_by(request, slug)
    if not sees_all and host_id != member_of(request).pk:
        raise Http404
    return place
