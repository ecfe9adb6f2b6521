"""The shop's pickup points: which are open, what waits there, and a new list of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from svoi.communities.models import Community
from svoi.pickup.actions import PointsImported, import_points
from svoi.pickup.providers.tables import looks_like_a_table, read_points_file
from svoi.pickup.rules.points import PointsRefused
from svoi.studio.answers import number_in
from svoi.studio.doors import member_of, shop_kept_by, signed_in
from svoi.studio.shop.asking import POINT_SECTIONS, next_page, one_of, same_asked, text_in
from svoi.studio.shop.count_words import points_words
from svoi.studio.shop.places import point_page, points_wanted
from svoi.ui.refusals import Told, say

FILE_BYTES_MAX = 8 * 1024 * 1024


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def points(request: HttpRequest, slug: str) -> HttpResponse:
    """Points of the shop; a full list of its own takes their place (POST `file`, CSV or JSON)."""
    place = shop_kept_by(request, slug)
    if request.method != "POST":
        return _page(request, place)
    try:
        done = import_points(community_id=place.pk, rows=_rows(request.FILES.get("file")), at=timezone.now())
    except PointsRefused as refused:
        told = say(refused)
        return _page(request, place, Told(told.code, told.title, points_words(refused.facts), told.status))
    messages.success(request, _told(done))
    return redirect("studio_shop_points", slug=place.slug)


def _rows(file: UploadedFile[bytes] | None) -> Any:
    if file is None or not file.size:
        raise PointsRefused(reason="empty")
    if file.size > FILE_BYTES_MAX:
        raise PointsRefused(reason="too_large")
    content = file.read()
    return read_points_file(content, is_table=looks_like_a_table(file.name or "", content))


def _told(done: PointsImported) -> str:
    return _(
        "The list is taken: %(points)s points, %(created)s new, %(changed)s changed, %(closed)s closed, "
        "%(reopened)s open again."
    ) % {name: getattr(done, name) for name in ("points", "created", "changed", "closed", "reopened")}


def _page(request: HttpRequest, place: Community, told: Told | None = None) -> HttpResponse:
    section, text = one_of(request.GET, "section", POINT_SECTIONS) or "open", text_in(request.GET, "q")
    wanted = points_wanted(place=place, member=member_of(request), section=section, text=text)
    rows, after = point_page(wanted, after=number_in(request.GET, "after"))
    parts = {
        "place": place,
        "section": "points",
        "shelf": section,
        "sought": text,
        "points": rows,
        "next": next_page(request.GET, after),
        "asked": same_asked({**request.GET.dict(), "section": section}),
        "told": told,
    }
    return render(request, "studio/shop/points.html", parts, status=told.status if told else 200)
