"""Pickup points as somebody looks for them: the list, and the same points for a map."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from svoi.communities.models import Community
from svoi.pickup.queries import PointsOnMap
from svoi.pickup.queries import points_on_map as find_on_map
from svoi.pickup.rules import known_wishes
from svoi.web.offers import latest_point, points_to_choose
from svoi.web.point_words import marker_words
from svoi.web.purchase_form import kept_number

TEXT_LENGTH_MAX = 100
KEPT_S = 60
PLACES_EXACT = 5  # a metre


@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Points of one community that match the words and wishes, the chosen one kept among them."""
    community = _community(request)
    chosen = kept_number(request.GET, "pickup_point")
    buyer = request.user
    found = points_to_choose(
        community_id=community.pk,
        text=_text(request),
        chosen=chosen,
        wishes=request.GET.getlist("has"),
        last=latest_point(buyer=buyer, community_id=community.pk) if buyer.is_authenticated else None,
    )
    return render(request, "web/pickup/_points.html", {"points": found, "chosen": chosen})


@require_safe
@gzip_page
@vary_on_cookie
@cache_control(private=True, max_age=KEPT_S)
def points_on_map(request: HttpRequest) -> JsonResponse:
    """The same points as [id, latitude, longitude, 1 for a locker, words], and sentences about those not among them.

    Never asked with a place: whatever part of the map is looked at, the answer is the same, and the place is private.
    """
    found = find_on_map(
        community_id=_community(request).pk,
        text=_text(request),
        wishes=known_wishes(request.GET.getlist("has")),
        at=timezone.now(),
    )
    rows = [
        [
            row.pk,
            round(row.latitude, PLACES_EXACT),
            round(row.longitude, PLACES_EXACT),
            int("postamat" in row.features),
            marker_words(row),
        ]
        for row in found.rows
    ]
    return JsonResponse({"points": rows, "notes": _notes(found)}, json_dumps_params={"ensure_ascii": False})


def _community(request: HttpRequest) -> Community:
    visible = Community.objects.visible_to(request.user)
    return get_object_or_404(visible, pk=kept_number(request.GET, "community") or 0)


def _text(request: HttpRequest) -> str:
    return request.GET.get("q", "")[:TEXT_LENGTH_MAX]


def _notes(found: PointsOnMap) -> list[str]:
    """What the map cannot show, in sentences."""
    facts: dict[str, Any] = {"without": found.without_place, "left": found.left_out}
    notes = []
    if not found.total:
        notes.append(_("No such point."))
    if found.without_place:
        notes.append(
            ngettext(
                "%(without)d point has no place on the map; it is in the list.",
                "%(without)d points have no place on the map; they are in the list.",
                found.without_place,
            )
            % facts
        )
    if found.left_out:
        notes.append(
            ngettext(
                "%(left)d more point does not fit on the map: name a city or a street.",
                "%(left)d more points do not fit on the map: name a city or a street.",
                found.left_out,
            )
            % facts
        )
    return notes
