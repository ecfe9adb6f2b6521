"""What a community makes its shows with: studios, limits, samples, the checklist of new hosts, templates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from svoi.communities.models import Community
from svoi.kernel.refused import Refused
from svoi.planning.actions.houses import (
    change_planning_terms,
    change_studio,
    close_studio,
    drop_template,
    open_studio,
)
from svoi.planning.actions.samples import say_samples
from svoi.planning.actions.training import add_step, confirm_done, drop_step
from svoi.planning.models import Sample, ShowTemplate, Studio, TrainingMark, TrainingStep
from svoi.planning.queries.calendar import studios_of, templates_of
from svoi.planning.queries.neighbours import terms_of
from svoi.studio.answers import number_in
from svoi.studio.doors import member_of, signed_in
from svoi.studio.planning.doors import calendar_planned_by
from svoi.studio.planning.forms import HOUR_MIN, StudioForm, TermsForm
from svoi.studio.product_choice import product_choice
from svoi.ui.refusals import Told, say

UNREADABLE = 422


@signed_in
@never_cache
@require_safe
def house(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything on one page."""
    return _page(request, calendar_planned_by(request, slug))


@signed_in
@require_POST
def studios(request: HttpRequest, slug: str) -> HttpResponse:
    """One place more."""
    place, form = calendar_planned_by(request, slug), StudioForm(request.POST)
    if not form.is_valid():
        return _page(request, place, new_studio=form, status=UNREADABLE)
    by, at = member_of(request), timezone.now()
    return _stepped(
        request, place, lambda: open_studio(community=place, by=by, at=at, **form.cleaned_data), new_studio=form
    )


@signed_in
@require_POST
def studio(request: HttpRequest, slug: str, studio_id: int) -> HttpResponse:
    """Another name, turn-around or zone; or closed (`verb=close`)."""
    place = calendar_planned_by(request, slug)
    found = get_object_or_404(Studio.objects.filter(community=place, closed_at=None), pk=studio_id)
    by, at = member_of(request), timezone.now()
    if request.POST.get("verb") == "close":
        return _stepped(request, place, lambda: close_studio(studio_id=studio_id, by=by, at=at))
    form = StudioForm(request.POST, prefix=f"studio-{found.pk}")
    if not form.is_valid():
        return _page(request, place, changed={found.pk: form}, status=UNREADABLE)
    step = {"studio_id": studio_id, "by": by, "at": at, **form.cleaned_data}
    return _stepped(request, place, lambda: change_studio(**step), changed={found.pk: form})


@signed_in
@require_POST
def terms(request: HttpRequest, slug: str) -> HttpResponse:
    """Rest, hours and training from now on."""
    place, form = calendar_planned_by(request, slug), TermsForm(request.POST)
    if not form.is_valid():
        return _page(request, place, terms=form, status=UNREADABLE)
    told, by, at = form.cleaned_data, member_of(request), timezone.now()
    wanted = {"limits": form.limits(), "untrained": told["untrained"], "time_zone": told["time_zone"]}
    return _stepped(request, place, lambda: change_planning_terms(community=place, by=by, at=at, **wanted), terms=form)


@signed_in
@require_POST
def steps(request: HttpRequest, slug: str) -> HttpResponse:
    """One step more on the checklist."""
    place, by, asked = calendar_planned_by(request, slug), member_of(request), request.POST
    names = {"title_ru": asked.get("title_ru", ""), "title_en": asked.get("title_en", "")}
    return _stepped(request, place, lambda: add_step(community=place, by=by, at=timezone.now(), **names))


@signed_in
@require_POST
def step(request: HttpRequest, slug: str, step_id: int) -> HttpResponse:
    """A step confirmed for a `member`, or dropped from the list (`verb=drop`)."""
    place = calendar_planned_by(request, slug)
    found = get_object_or_404(TrainingStep.objects.filter(community=place, dropped_at=None), pk=step_id)
    by, at, member_id = member_of(request), timezone.now(), number_in(request.POST, "member") or 0
    if request.POST.get("verb") == "drop":
        return _stepped(request, place, lambda: drop_step(step_id=found.pk, by=by, at=at))
    return _stepped(request, place, lambda: confirm_done(step_id=found.pk, member_id=member_id, by=by, at=at))


@signed_in
@require_POST
def samples(request: HttpRequest, slug: str) -> HttpResponse:
    """How many pieces of a `product` the house keeps to be shown."""
    place, by = calendar_planned_by(request, slug), member_of(request)
    product_id, pieces = number_in(request.POST, "product") or 0, number_in(request.POST, "pieces")
    if pieces is None:
        return _page(request, place, status=UNREADABLE)
    what = {"product_id": product_id, "pieces": pieces}
    return _stepped(request, place, lambda: say_samples(community=place, by=by, at=timezone.now(), **what))


@signed_in
@require_POST
def template(request: HttpRequest, slug: str, template_id: int) -> HttpResponse:
    """Offer a template no longer."""
    place, by = calendar_planned_by(request, slug), member_of(request)
    found = get_object_or_404(ShowTemplate.objects.filter(community=place, dropped_at=None), pk=template_id)
    return _stepped(request, place, lambda: drop_template(template_id=found.pk, by=by, at=timezone.now()))


def _stepped(request: HttpRequest, place: Community, verb: Callable[[], object], **parts: Any) -> HttpResponse:
    try:
        verb()
    except Refused as refused:
        told = say(refused)
        return _page(request, place, told=told, status=told.status, **parts)
    messages.success(request, _("Done."))
    return redirect("studio_house", slug=place.slug)


def _page(
    request: HttpRequest, place: Community, *, status: int = 200, told: Told | None = None, **parts: Any
) -> HttpResponse:
    changed: dict[int, StudioForm] = parts.pop("changed", {})
    limits = terms_of(community_id=place.pk)
    zone = limits.time_zone
    kept = Sample.objects.filter(community=place).select_related("product").order_by("product__name")
    marks = list(
        TrainingMark.objects.filter(step__community=place).select_related("member", "confirmed_by").order_by("pk")
    )
    checklist = TrainingStep.objects.filter(community=place, dropped_at=None).order_by("position", "pk")
    shown = {
        "place": place,
        "studios": [(one, changed.get(one.pk) or _studio_form(one)) for one in studios_of(community_id=place.pk)],
        "new_studio": StudioForm(initial={"time_zone": zone}),
        "terms": TermsForm(
            initial={
                "rest_min": limits.rest_min,
                "day_max_h": limits.day_max_min // HOUR_MIN,
                "week_max_h": limits.week_max_min // HOUR_MIN,
                "untrained": limits.untrained,
                "time_zone": zone,
            }
        ),
        "steps": [(one, [mark for mark in marks if mark.step_id == one.pk]) for one in checklist],
        "samples": kept,
        "choice": product_choice(community_id=place.pk, sought=request.GET.get("sought", "")),
        "templates": templates_of(community_id=place.pk),
        "plans": True,
        "section": "house",
        "told": told,
    }
    return render(request, "studio/planning/house.html", {**shown, **parts}, status=status)


def _studio_form(found: Studio) -> StudioForm:
    names = ("name_ru", "name_en", "turn_around_min", "time_zone")
    return StudioForm(initial={name: getattr(found, name) for name in names}, prefix=f"studio-{found.pk}")
