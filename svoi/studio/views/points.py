"""The counter of a pickup point: what lies there, what comes, what goes back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from svoi.kernel.refused import Refused
from svoi.pickup.actions import call_worker, release_worker
from svoi.pickup.models import PickupPoint
from svoi.pickup.queries import clerks_of
from svoi.studio.answers import number_in
from svoi.studio.counter import SECTIONS, counter_of, points_worked_by
from svoi.studio.doors import member_of, signed_in
from svoi.ui.refusals import Told, say


@signed_in
@never_cache
@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Where the member works; with one place only, that place."""
    places = list(points_worked_by(member_of(request)))
    if not places:
        raise Http404
    if len(places) == 1:
        return redirect("studio_counter", point_id=places[0].pk)
    return render(request, "studio/points/points.html", {"places": places})


@signed_in
@never_cache
@require_safe
def counter(request: HttpRequest, point_id: int) -> HttpResponse:
    """Parcels of a section (`section`), or those that fit the words (`q`)."""
    point = point_worked_by(request, point_id)
    section = request.GET.get("section", "")
    told = counter_of(
        point,
        section=section if section in SECTIONS else SECTIONS[0],
        text=request.GET.get("q", "").replace("\0", " "),
    )
    page = "_parcels.html" if request.headers.get("HX-Request") else "counter.html"
    keeps = PickupPoint.objects.kept_by(member_of(request)).filter(pk=point.pk).exists()
    return render(request, f"studio/points/{page}", {"counter": told, "at": timezone.now(), "keeps": keeps})


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def workers(request: HttpRequest, point_id: int) -> HttpResponse:
    """Who works at the point; one more of the shop's clerks (POST `member`)."""
    point = _point_kept_by(request, point_id)
    if request.method != "POST":
        return _workers(request, point)
    by, member_id = member_of(request), number_in(request.POST, "member")
    try:
        call_worker(pickup_point_id=point.pk, member_id=member_id or 0, by=by, at=timezone.now())
    except Refused as refused:
        return _workers(request, point, told=say(refused))
    return redirect("studio_point_workers", point_id=point.pk)


@signed_in
@require_POST
def worker_gone(request: HttpRequest, point_id: int, member_id: int) -> HttpResponse:
    """She works there no longer."""
    point = _point_kept_by(request, point_id)
    release_worker(pickup_point_id=point.pk, member_id=member_id)
    return redirect("studio_point_workers", point_id=point.pk)


def point_worked_by(request: HttpRequest, point_id: int) -> PickupPoint:
    """A point of the shop's own this member hands over at, or nothing (404)."""
    found = PickupPoint.objects.worked_by(member_of(request)).filter(carrier="")
    return get_object_or_404(found.select_related("community"), pk=point_id)


def _point_kept_by(request: HttpRequest, point_id: int) -> PickupPoint:
    found = PickupPoint.objects.kept_by(member_of(request)).filter(carrier="")
    return get_object_or_404(found.select_related("community"), pk=point_id)


def _workers(request: HttpRequest, point: PickupPoint, told: Told | None = None) -> HttpResponse:
    here, others = clerks_of(point)
    told_status = told.status if told else 200
    parts = {"point": point, "here": here, "others": others, "told": told}
    return render(request, "studio/points/workers.html", parts, status=told_status)
