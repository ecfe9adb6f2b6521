"""A community's page, its door, and going through it either way."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from svoi.catalog.queries import shelf
from svoi.communities.actions import join_community, leave_community
from svoi.communities.models import Community
from svoi.communities.queries import belongs, circle_of
from svoi.communities.rules import MAY_INVITE, MAY_RUN_SHOWS
from svoi.envelopes.queries import open_envelopes
from svoi.kernel.refused import Refused
from svoi.points.queries import terms_of
from svoi.shows.queries.listing import shows_of
from svoi.ui.refusals import say
from svoi.web.returning import go_back, to_sign_in, way_back, with_next
from svoi.web.tiles import bill_of

GIFTS_SHOWN = 3


def find_community(request: HttpRequest, slug: str) -> Community:
    """The community at this address as the reader sees it; a closed one is not there for strangers."""
    return get_object_or_404(Community.objects.visible_to(request.user), slug=slug)


@require_safe
def community(request: HttpRequest, slug: str) -> HttpResponse:
    """Who these people are, what they show, what they sell, and the door."""
    place = find_community(request, slug)
    circle = circle_of(community=place, reader=request.user)
    shown = {
        "community": place,
        "circle": circle,
        "bill": bill_of(shows_of(community=place)),
        "shelf": shelf(community_id=place.pk),
        "gifts": open_envelopes(place="community", place_id=place.pk, at=timezone.now())[:GIFTS_SHOWN],
        "may_run_shows": bool(circle.roles & MAY_RUN_SHOWS),
        "may_invite": bool(circle.roles & MAY_INVITE),
        "gives_points": terms_of(place.pk).is_on,
    }
    return render(request, "web/communities/community.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def memberships(request: HttpRequest, slug: str) -> HttpResponse:
    """Join and go back to where she came from. A visitor makes an account first, then sees the charter and joins."""
    place = find_community(request, slug)
    address = reverse("community", args=[slug])
    back = way_back(request, address)
    if request.method != "POST":
        if belongs(community=place, member=request.user):
            return go_back(request, address)
        return render(request, "web/communities/join.html", {"community": place, "next": back})
    if not request.user.is_authenticated:
        return to_sign_in(request, with_next(reverse("memberships", args=[slug]), back), newcomer=True)
    try:
        join_community(community=place, member=request.user, at=timezone.now())
    except Refused as refused:
        return refused_page(request, refused, back)
    messages.success(request, _("Welcome. You are one of us now."))
    return go_back(request, address)


@require_http_methods(["GET", "HEAD", "POST"])
def departures(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave: one question, one click."""
    place = find_community(request, slug)
    address = reverse("community", args=[slug])
    if not request.user.is_authenticated:
        return to_sign_in(request, address)
    if request.method != "POST":
        if not belongs(community=place, member=request.user):
            return go_back(request, address)
        return render(request, "web/communities/leave.html", {"community": place})
    try:
        leave_community(community=place, member=request.user, at=timezone.now())
    except Refused as refused:
        return refused_page(request, refused, address)
    messages.success(request, _("You have left. The door stays where it was."))
    return go_back(request, address if place.doors == "open" else "/")


def refused_page(request: HttpRequest, refused: Refused, back: str) -> HttpResponse:
    """A refusal as a page of its own, or as a fragment for htmx, under its right status."""
    told = say(refused)
    page = "web/_refused.html" if request.headers.get("HX-Request") == "true" else "web/refused.html"
    return render(request, page, {"told": told, "back": back}, status=told.status)
