"""The envelopes of a community, and the rules they are sent and taken by."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from svoi.communities.queries import belongs, crew_of
from svoi.envelopes.queries import envelopes_of, limits_of
from svoi.envelopes.rules import SHARES_MAX, TOTAL_MAX
from svoi.web.purchase_form import kept_number
from svoi.web.views.communities import find_community


@never_cache
@require_safe
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Those that wait first, then those that are over, page by page."""
    place = find_community(request, slug)
    shown = {
        "community": place,
        "listed": envelopes_of(community_id=place.pk, at=timezone.now(), before=kept_number(request.GET, "before")),
        "one_of_us": belongs(community=place, member=request.user),
    }
    return render(request, "web/envelopes/list.html", shown)


@require_safe
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """What holds for envelopes sent from now on, from the very limits that decide."""
    place = find_community(request, slug)
    shown = {
        "community": place,
        "limits": limits_of(community_id=place.pk),
        "total_max": TOTAL_MAX,
        "shares_max": SHARES_MAX,
        "owners": [one for one in crew_of(community=place) if "owner" in one.roles],
    }
    return render(request, "web/envelopes/rules.html", shown)
