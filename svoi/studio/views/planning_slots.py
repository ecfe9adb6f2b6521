"""One plan: looked at, checked before a drop, moved, agreed to, copied, staffed, taken out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.planning.actions.approving import approve_slot, ask_approval, decline_slot
from svoi.planning.actions.crew import assign_shift, withdraw_shift
from svoi.planning.actions.houses import keep_template
from svoi.planning.actions.moving import move_slot, remove_slot
from svoi.planning.actions.placing import copy_show
from svoi.planning.actions.samples import book_samples
from svoi.planning.models import Sample, Slot
from svoi.planning.queries.calendar import studios_of
from svoi.planning.queries.preview import previewed
from svoi.planning.queries.standing import Standing, standing_of
from svoi.planning.rules.recurring import moment_of
from svoi.planning.rules.terms import local
from svoi.studio.answers import number_in
from svoi.studio.doors import member_of, signed_in
from svoi.studio.planning.answers import refusal_parts
from svoi.studio.planning.doors import crew_choices, may_plan, slot_planned_by, slot_seen_by
from svoi.studio.planning.forms import CopyForm, MoveForm, SampleForm, ShiftForm, place_of
from svoi.studio.planning.words import clock_words, day_words, studio_name, told_conflicts
from svoi.studio.views.planning import render_board

UNREADABLE = HTTPStatus.UNPROCESSABLE_ENTITY
Step = Callable[[], object]


@signed_in
@never_cache
@require_safe
def slot(request: HttpRequest, slug: str, slot_id: int) -> HttpResponse:
    """Everything about one plan."""
    return _page(request, slot_seen_by(request, slug, slot_id))


@signed_in
@never_cache
@require_safe
def check(request: HttpRequest, slug: str, slot_id: int) -> HttpResponse:
    """What a move would run into, before it is made: a sentence with where it would be, and the conflicts."""
    plan = slot_planned_by(request, slug, slot_id)
    studios = studios_of(community_id=plan.community_id)
    form = MoveForm({**request.GET.dict(), "seen": str(plan.version)}, studios=studios)
    if not form.is_valid():
        return render(
            request, "studio/planning/_verdict.html", {"worst": "hard", "unreadable": True}, status=UNREADABLE
        )
    place = form.place()
    studio = next(one for one in studios if one.pk == place.studio_id)
    found = previewed(plan, studio, span=place.span)
    told = told_conflicts([Standing(one, None) for one in found], community_id=plan.community_id)
    ends_at = place.span[1]
    shown = {
        "conflicts": told,
        "worst": "hard" if any(one.is_hard for one in found) else "soft" if found else "none",
        "day": day_words(place.starts_at, studio.time_zone),
        "begins": clock_words(place.starts_at, studio.time_zone),
        "ends": clock_words(ends_at, studio.time_zone),
        "studio": studio_name(studio),
        "late": place.starts_at <= timezone.now(),
    }
    return render(request, "studio/planning/_verdict.html", shown)


@signed_in
@require_POST
def place(request: HttpRequest, slug: str, slot_id: int) -> HttpResponse:
    """Move it. The calendar's own code gets the board anew, or the reasons why not; a form gets the page."""
    plan = slot_planned_by(request, slug, slot_id)
    form = MoveForm(request.POST, studios=studios_of(community_id=plan.community_id))
    if not form.is_valid():
        return _not_moved(request, plan, form, {"unreadable": True}, status=UNREADABLE)
    told, by, at = form.cleaned_data, member_of(request), timezone.now()
    how = {"seen": told["seen"], "place": form.place(), "accepting": told["accepting"]}
    try:
        move_slot(slot_id=slot_id, by=by, at=at, **how)
    except Refused as refused:
        parts = _refusal(refused, plan)
        return _not_moved(request, slot_seen_by(request, slug, slot_id), form, parts, status=parts["told"].status)
    if request.headers.get("HX-Request"):
        return render_board(request, plan.community)
    messages.success(request, _("The show has its new place."))
    return redirect("studio_slot", slug=slug, slot_id=slot_id)


@signed_in
@require_POST
def approval(request: HttpRequest, slug: str, slot_id: int) -> HttpResponse:
    """Ask, approve or decline (`verb`) the version she saw."""
    asked, seen = request.POST, number_in(request.POST, "seen") or 0
    by: dict[str, Any] = {"slot_id": slot_id, "seen": seen, "by": member_of(request), "at": timezone.now()}
    verbs: dict[str, Step] = {
        "ask": lambda: ask_approval(**by),
        "approve": lambda: approve_slot(**by, accepting=asked.get("accepting", "")),
        "decline": lambda: decline_slot(**by, reason=asked.get("reason", "")),
    }
    verb = asked.get("verb", "")
    return _stepped(request, slug, slot_id, verbs.get(verb), asking=verb)


@signed_in
@require_POST
def removal(request: HttpRequest, slug: str, slot_id: int) -> HttpResponse:
    """Take it out of the calendar; the show will not be."""
    by: dict[str, Any] = {"seen": number_in(request.POST, "seen") or 0, "by": member_of(request), "at": timezone.now()}
    return _stepped(
        request, slug, slot_id, lambda: remove_slot(slot_id=slot_id, reason=request.POST.get("reason", ""), **by)
    )


@signed_in
@require_POST
def copies(request: HttpRequest, slug: str, slot_id: int) -> HttpResponse:
    """The same show on another day; leads to the copy."""
    plan = slot_planned_by(request, slug, slot_id)
    form = CopyForm(request.POST)
    if not form.is_valid():
        return _page(request, plan, {"copy": form}, status=UNREADABLE)
    told = form.cleaned_data
    starts_at = moment_of(told["date"], told["time"], plan.studio.time_zone)
    try:
        made = copy_show(
            slot_id=slot_id, starts_at=starts_at, by=member_of(request), at=timezone.now(), accepting=told["accepting"]
        )
    except Refused as refused:
        parts: dict[str, Any] = {**_refusal(refused, plan), "copy": form, "asking": "copy"}
        return _page(request, plan, parts, status=parts["told"].status)
    return redirect("studio_slot", slug=slug, slot_id=made.pk)


@signed_in
@require_POST
def template(request: HttpRequest, slug: str, slot_id: int) -> HttpResponse:
    """Keep it to begin others from."""
    by, at = member_of(request), timezone.now()
    return _stepped(request, slug, slot_id, lambda: keep_template(slot_id=slot_id, by=by, at=at))


@signed_in
@require_POST
def shifts(request: HttpRequest, slug: str, slot_id: int) -> HttpResponse:
    """Somebody more at work, for the whole show or from one time to another."""
    plan = slot_planned_by(request, slug, slot_id)
    form = ShiftForm(request.POST, crew=crew_choices(plan.community))
    if not form.is_valid():
        return _page(request, plan, {"shift": form}, status=UNREADABLE)
    told = form.cleaned_data
    member, by, at = Member.objects.get(pk=told["member"]), member_of(request), timezone.now()
    step = lambda: assign_shift(  # noqa: E731 - the step is one call
        slot_id=slot_id,
        member=member,
        role=told["role"],
        span=_span(plan, told),
        by=by,
        at=at,
        accepting=told["accepting"],
    )
    return _stepped(request, slug, slot_id, step, asking="shift", form=form)


@signed_in
@require_POST
def shift_removal(request: HttpRequest, slug: str, slot_id: int, shift_id: int) -> HttpResponse:
    """Somebody less at work."""
    by, at = member_of(request), timezone.now()
    return _stepped(request, slug, slot_id, lambda: withdraw_shift(slot_id=slot_id, shift_id=shift_id, by=by, at=at))


@signed_in
@require_POST
def samples(request: HttpRequest, slug: str, slot_id: int) -> HttpResponse:
    """Pieces of a sample for this show; none gives them back."""
    plan = slot_planned_by(request, slug, slot_id)
    form = SampleForm(request.POST, crew=crew_choices(plan.community), samples=_samples(plan))
    if not form.is_valid():
        return _page(request, plan, {"sample": form}, status=UNREADABLE)
    told = form.cleaned_data
    holder, by, at = Member.objects.get(pk=told["holder"]), member_of(request), timezone.now()
    what = {"sample_id": told["sample"], "pieces": told["pieces"], "holder": holder, "accepting": told["accepting"]}
    return _stepped(
        request, slug, slot_id, lambda: book_samples(slot_id=slot_id, by=by, at=at, **what), asking="sample", form=form
    )


def _stepped(
    request: HttpRequest,
    slug: str,
    slot_id: int,
    step: Step | None,
    *,
    asking: str = "",
    form: forms.Form | None = None,
) -> HttpResponse:
    """Take the step and come back to the page, or say there why it was refused."""
    plan = slot_planned_by(request, slug, slot_id)
    if step is None:
        return _page(request, plan, status=UNREADABLE)
    try:
        step()
    except Refused as refused:
        parts = {**_refusal(refused, plan), "asking": asking}
        if form is not None:
            parts[asking] = form
        return _page(request, slot_seen_by(request, slug, slot_id), parts, status=parts["told"].status)
    return redirect("studio_slot", slug=slug, slot_id=slot_id)


def _not_moved(request: HttpRequest, plan: Slot, form: MoveForm, parts: dict[str, Any], *, status: int) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return _page(request, plan, {**parts, "move": form}, status=status)
    shown = {**parts, "place": plan.community, "worst": "soft" if parts.get("doubtful") else "hard"}
    return render(request, "studio/planning/_verdict.html", shown, status=status)


def _refusal(refused: Refused, plan: Slot) -> dict[str, Any]:
    return refusal_parts(refused, community_id=plan.community_id, zone=plan.studio.time_zone)


def _page(request: HttpRequest, plan: Slot, parts: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    place, start = plan.community, place_of(plan)
    plans = may_plan(request, place) and plan.removed_at is None and plan.show.went_live_at is None
    shown: dict[str, Any] = {
        "place": place,
        "slot": plan,
        "approval": plan.approval(),
        "approvals": sorted(plan.approvals.all(), key=lambda one: -one.pk),
        "standing": told_conflicts(standing_of(plan), community_id=place.pk) if plan.removed_at is None else [],
        "plans": plans,
        "section": "calendar",
    }
    if plans:
        crew, next_week = crew_choices(place), start["date"] + timedelta(days=7)
        shown |= {
            "move": MoveForm(initial=start, studios=studios_of(community_id=place.pk)),
            "copy": CopyForm(initial={"date": next_week, "time": start["time"]}),
            "shift": ShiftForm(crew=crew),
            "sample": SampleForm(crew=crew, samples=_samples(plan), initial={"holder": plan.show.host_id}),
        }
    return render(request, "studio/planning/slot.html", {**shown, **(parts or {})}, status=status)


def _samples(plan: Slot) -> list[tuple[int, str]]:
    kept = Sample.objects.filter(community_id=plan.community_id).select_related("product").order_by("product__name")
    return [(one.pk, f"{one.product.name} ({one.pieces})") for one in kept]


def _span(plan: Slot, told: dict[str, Any]) -> tuple[datetime, datetime] | None:
    """From and to by the studio's clock; what is before the preparation begins is meant for the next day."""
    zone = plan.studio.time_zone
    if told["from_time"] is None and told["to_time"] is None:
        return None
    day = local(plan.begins_at, zone).date()
    begins_at = moment_of(day, told["from_time"], zone) if told["from_time"] else plan.begins_at
    ends_at = moment_of(day, told["to_time"], zone) if told["to_time"] else plan.ends_at
    if begins_at < plan.begins_at:
        begins_at += timedelta(days=1)
    if ends_at <= begins_at:
        ends_at += timedelta(days=1)
    return begins_at, ends_at
