"""The rundown of a show: read, written, put into another order, printed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from svoi.kernel.refused import Refused
from svoi.rundowns.actions import (
    add_segment,
    edit_segment,
    move_segment,
    open_rundown,
    remove_segment,
    set_slot,
)
from svoi.rundowns.queries import RundownRead, SegmentRead, rundown_of
from svoi.rundowns.rules import NumberUnfit, RundownStale, SegmentUnknown, step
from svoi.shows.models import Show
from svoi.shows.rules.airing import ShowEnded
from svoi.studio.answers import number_in, refusal, unreadable
from svoi.studio.doors import member_of, rundown_read_by, rundown_written_by, signed_in
from svoi.studio.rundown.answering import board, is_part, page, parts_for, stepped
from svoi.studio.rundown.forms import SegmentForm, typed_as
from svoi.studio.rundown.offering import Offer, named_in, offer_of
from svoi.studio.rundown.times import length_text, read_length
from svoi.ui.refusals import say

UNREADABLE = 422
STEPS = {"up": -1, "down": 1}


@signed_in
@never_cache
@require_safe
def rundown(request: HttpRequest, show_id: int) -> HttpResponse:
    """The whole plan, for the crew; the board alone for htmx."""
    show = rundown_read_by(request, show_id)
    return board(request, show) if is_part(request) else page(request, show)


@signed_in
@never_cache
@require_safe
def paper(request: HttpRequest, show_id: int) -> HttpResponse:
    """The plan on paper: black on white, nothing left out."""
    show = rundown_read_by(request, show_id)
    return render(request, "studio/rundown/print.html", {**parts_for(request, show), "at": timezone.now()})


@signed_in
@require_POST
def slot(request: HttpRequest, show_id: int) -> HttpResponse:
    """For how long the show has its place (`slot`, as 1:00:00)."""
    show, by, at = rundown_written_by(request, show_id), member_of(request), timezone.now()
    seen, slot_s = number_in(request.POST, "seen"), read_length(request.POST.get("slot", ""))
    if seen is None:
        return unreadable(request)

    def take() -> None:
        if slot_s is None:
            raise NumberUnfit(name="slot_s", least=60, most=86_400)
        plan = open_rundown(show_id=show.pk, by=by, at=at)
        set_slot(rundown_id=plan.pk, slot_s=slot_s, seen=seen, by=by, at=at)

    return stepped(
        request, show, take, said=lambda: _("The slot is %(slot)s now.") % {"slot": length_text(slot_s or 0)}
    )


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def segments(request: HttpRequest, show_id: int) -> HttpResponse:
    """The empty form of a segment (GET); one more segment at the end (POST)."""
    show, by, at = rundown_written_by(request, show_id), member_of(request), timezone.now()
    if show.ended_at is not None:
        return _refused(request, show, ShowEnded())
    first = {"seen": 0, "kind": "talk", "length": "5:00", **_chosen(request)}
    form = SegmentForm(request.POST or None, offer=_offer(request, show), initial=first)
    if request.method != "POST" or not form.is_valid():
        return _form(request, show, form, status=UNREADABLE if request.method == "POST" else 200)
    try:
        plan = open_rundown(show_id=show.pk, by=by, at=at)
        made = add_segment(
            rundown_id=plan.pk, wording=form.wording(), flash=form.flash(), envelope=form.envelope(), by=by, at=at
        )
    except Refused as refused:
        return _form(request, show, form, status=form.refuse(refused))
    return stepped(
        request, show, lambda: None, said=lambda: _("Added: %(title)s.") % {"title": made.title_ru},
        anchor=f"#segment-{made.pk}",
    )  # fmt: skip


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def segment(request: HttpRequest, show_id: int, segment_id: int) -> HttpResponse:
    """A segment as a form (GET); written anew, with the version it was read as (POST)."""
    show, by, at = rundown_written_by(request, show_id), member_of(request), timezone.now()
    plan, found = _found(show, segment_id)
    if found is None:
        return _refused(request, show, SegmentUnknown())
    first = {**typed_as(found), "seen": plan.version, **_chosen(request)}
    form = SegmentForm(request.POST or None, offer=_offer(request, show, found), initial=first)
    if request.method != "POST" or not form.is_valid():
        return _form(request, show, form, segment=found, status=UNREADABLE if request.method == "POST" else 200)
    try:
        edit_segment(
            rundown_id=plan.id, segment_id=found.id, seen=form.cleaned_data["seen"], wording=form.wording(),
            flash=form.flash(), envelope=form.envelope(), by=by, at=at,
        )  # fmt: skip
    except RundownStale as stale:
        return _met(request, show, form, stale, segment_id)
    except Refused as refused:
        return _form(request, show, form, segment=found, status=form.refuse(refused))
    return stepped(
        request, show, lambda: None, said=lambda: _("Saved: %(title)s.") % {"title": form.wording().title_ru},
        anchor=f"#segment-{segment_id}",
    )  # fmt: skip


@signed_in
@require_POST
def place(request: HttpRequest, show_id: int, segment_id: int) -> HttpResponse:
    """Another place: `step` up or down, or in front of the segment `before` (empty: at the end), seen as `seen`."""
    show, by, at = rundown_written_by(request, show_id), member_of(request), timezone.now()
    plan = rundown_of(show_id=show.pk)
    seen, before = number_in(request.POST, "seen"), number_in(request.POST, "before")
    way = request.POST.get("step", "")
    if seen is None or (way not in STEPS and before is None and request.POST.get("before", "x") != ""):
        return unreadable(request)

    def move() -> None:
        if plan is None:
            raise SegmentUnknown()
        order = [one.id for one in plan.segments]
        target = step(order, moved=segment_id, places=STEPS[way]) if way in STEPS else before
        move_segment(rundown_id=plan.id, segment_id=segment_id, before=target, seen=seen, by=by, at=at)

    return stepped(request, show, move, said=lambda: _place_words(show, segment_id), anchor=f"#segment-{segment_id}")


@signed_in
@require_POST
def removal(request: HttpRequest, show_id: int, segment_id: int) -> HttpResponse:
    """Take a segment out; it stays on record."""
    show, by, at = rundown_written_by(request, show_id), member_of(request), timezone.now()
    plan, found = _found(show, segment_id)
    seen = number_in(request.POST, "seen")
    if seen is None:
        return unreadable(request)

    def remove() -> None:
        if found is None:
            raise SegmentUnknown()
        remove_segment(rundown_id=plan.id, segment_id=found.id, seen=seen, by=by, at=at)

    title = found.title_ru if found else ""
    return stepped(request, show, remove, said=lambda: _("Removed: %(title)s. It stays on record.") % {"title": title})


def _found(show: Show, segment_id: int) -> tuple[RundownRead, SegmentRead | None]:
    plan = rundown_of(show_id=show.pk)
    if plan is None:
        raise Http404
    return plan, plan.segment(segment_id)


def _offer(request: HttpRequest, show: Show, segment: SegmentRead | None = None) -> Offer:
    """What she may choose from: with what the segment and its form name already, by the words she looks for."""
    told = request.POST or request.GET
    named = named_in(show, product=number_in(told, "product"), variant=number_in(told, "flash_variant"))
    if segment:
        flash = segment.flash
        named += named_in(show, product=segment.product_id, variant=flash.variant_id if flash else None)
    return offer_of(show, also=named, sought=request.GET.get("sought", ""))


def _chosen(request: HttpRequest) -> dict[str, str]:
    """What the form had chosen when she looked for other products: it stays chosen."""
    return {name: request.GET[name] for name in ("product", "flash_variant") if name in request.GET}


def _form(
    request: HttpRequest, show: Show, form: SegmentForm, *, segment: SegmentRead | None = None, status: int = 200
) -> HttpResponse:
    shown = {"show": show, "form": form, "segment": segment}
    name = "studio/rundown/_segment_form.html" if is_part(request) else "studio/rundown/segment.html"
    return render(request, name, shown, status=status)


def _met(request: HttpRequest, show: Show, form: SegmentForm, stale: RundownStale, segment_id: int) -> HttpResponse:
    """Two wrote at once: her words stay in the form, beside what stands now; saving again is her decision."""
    plan, found = _found(show, segment_id)
    if found is None:
        return _refused(request, show, SegmentUnknown())
    told = say(stale)
    form.data = {**form.data.dict(), "seen": str(plan.version)}  # type: ignore[attr-defined]
    shown = {
        "show": show, "form": form, "segment": found, "told": told, "changes": stale.facts["changes"],
    }  # fmt: skip
    name = "studio/rundown/_segment_form.html" if is_part(request) else "studio/rundown/segment.html"
    return render(request, name, shown, status=told.status)


def _refused(request: HttpRequest, show: Show, refused: Refused) -> HttpResponse:
    told = say(refused)
    return refusal(request, told) if is_part(request) else page(request, show, told=told)


def _place_words(show: Show, segment_id: int) -> str:
    """Where a segment stands now, for those who hear the page."""
    plan, found = _found(show, segment_id)
    if found is None:
        return ""
    return _("“%(title)s”: place %(place)s of %(all)s, begins after %(time)s.") % {
        "title": found.title_ru,
        "place": found.position + 1,
        "all": len(plan.segments),
        "time": length_text(found.starts_after_s),
    }
