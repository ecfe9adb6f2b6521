"""Home: what this place is, what is on air, and the reader's own communities."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from svoi.communities.queries import communities_of, open_communities
from svoi.shows.queries.listing import upcoming
from svoi.web.tiles import bill_of

TEASERS_MAX = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One address, two pages: an invitation for a visitor, the day's table for a member."""
    bill = bill_of(upcoming(member=request.user, at=timezone.now()))
    hers = list(communities_of(member=request.user))
    own = {community.pk for community in hers}
    others = [one for one in open_communities(most=TEASERS_MAX + len(own)) if one.pk not in own][:TEASERS_MAX]
    page = "web/home/member.html" if request.user.is_authenticated else "web/home/visitor.html"
    return render(request, page, {"bill": bill, "communities": hers, "others": others})
