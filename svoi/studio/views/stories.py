"""Product stories: what is claimed on which evidence, put before a second person, approved or sent back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from svoi.communities.models import Community
from svoi.communities.queries import roles_of
from svoi.kernel.refused import Refused
from svoi.rundowns.actions import (
    add_evidence,
    approve_segment,
    ask_for_check,
    drop_claim,
    say_claim,
    send_back,
    withdraw_evidence,
    write_claim,
)
from svoi.rundowns.queries import RundownRead, SegmentRead, checks_waiting, claims_known, rundown_of
from svoi.rundowns.rules import MAY_CHECK_FACTS, MAY_WRITE_RUNDOWNS
from svoi.shows.models import Show
from svoi.studio.answers import number_in
from svoi.studio.doors import member_of, rundown_read_by, rundown_written_by, signed_in, story_checked_by
from svoi.studio.rundown.board import rows_of
from svoi.studio.rundown.forms import ClaimForm, EvidenceForm
from svoi.ui.refusals import Told, say

UNREADABLE = 422


@signed_in
@never_cache
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Everything that waits for a check, in the communities where she may check; elsewhere there is no such page."""
    places = Community.objects.with_role(member_of(request), MAY_CHECK_FACTS)
    ids = list(places.values_list("pk", flat=True))
    if not ids:
        raise Http404
    return render(request, "studio/rundown/checks.html", {"waiting": checks_waiting(community_ids=ids)})


@signed_in
@never_cache
@require_safe
def story(request: HttpRequest, show_id: int, segment_id: int) -> HttpResponse:
    """A segment's words beside its claims and their evidence."""
    show = rundown_read_by(request, show_id)
    return _page(request, show, segment_id)


@signed_in
@require_POST
def claims(request: HttpRequest, show_id: int, segment_id: int) -> HttpResponse:
    """A new sentence (`text`, `claim_kind`), or one that was written before (`claim`)."""
    show, by, at = rundown_written_by(request, show_id), member_of(request), timezone.now()
    plan, segment = _found(show, segment_id)
    here = {"rundown_id": plan.id, "segment_id": segment.id, "by": by, "at": at}
    known = number_in(request.POST, "claim")
    if known is not None:
        return _stepped(request, show, segment_id, lambda: say_claim(**here, claim_id=known), _("The claim is made."))
    form = ClaimForm(request.POST)
    if not form.is_valid() or segment.product_id is None:
        return _page(request, show, segment_id, status=UNREADABLE, claim_form=form)
    told = form.cleaned_data
    try:
        write_claim(
            **here, product_id=segment.product_id, kind=told["claim_kind"], text=told["text"], text_en=told["text_en"]
        )
    except Refused as refused:
        return _page(request, show, segment_id, status=form.refuse(refused), claim_form=form)
    return _back(request, show, segment_id, _("The claim is written. Now it needs evidence."))


@signed_in
@require_POST
def dropped(request: HttpRequest, show_id: int, segment_id: int, claim_id: int) -> HttpResponse:
    """No longer make a claim here."""
    show, by, at = rundown_written_by(request, show_id), member_of(request), timezone.now()
    plan, segment = _found(show, segment_id)
    return _stepped(
        request, show, segment_id,
        lambda: drop_claim(rundown_id=plan.id, segment_id=segment.id, claim_id=claim_id, by=by, at=at),
        _("The claim is no longer made here."),
    )  # fmt: skip


@signed_in
@require_POST
def evidence(request: HttpRequest, show_id: int, segment_id: int, claim_id: int) -> HttpResponse:
    """Put evidence behind a claim."""
    show, by, at = rundown_written_by(request, show_id), member_of(request), timezone.now()
    plan, _segment = _found(show, segment_id)
    form = EvidenceForm(request.POST)
    if not form.is_valid():
        return _page(request, show, segment_id, status=UNREADABLE, evidence_form=form, evidence_for=claim_id)
    told = form.cleaned_data
    try:
        add_evidence(
            rundown_id=plan.id, claim_id=claim_id, kind=told["evidence_kind"], reference=told["reference"],
            says=told["says"], valid_until=told["valid_until"], by=by, at=at,
        )  # fmt: skip
    except Refused as refused:
        status = form.refuse(refused)
        return _page(request, show, segment_id, status=status, evidence_form=form, evidence_for=claim_id)
    return _back(request, show, segment_id, _("The evidence is kept."))


@signed_in
@require_POST
def withdrawal(request: HttpRequest, show_id: int, segment_id: int, evidence_id: int) -> HttpResponse:
    """Take evidence back; it stays on record."""
    show, by, at = rundown_written_by(request, show_id), member_of(request), timezone.now()
    plan, _segment = _found(show, segment_id)
    return _stepped(
        request, show, segment_id,
        lambda: withdraw_evidence(rundown_id=plan.id, evidence_id=evidence_id, by=by, at=at),
        _("The evidence is withdrawn. It stays on record."),
    )  # fmt: skip


@signed_in
@require_POST
def check(request: HttpRequest, show_id: int, segment_id: int) -> HttpResponse:
    """Put the words that were read (`seen`) before a second person."""
    return _answered(
        request, rundown_written_by(request, show_id), segment_id, ask_for_check, _("A check is asked for.")
    )


@signed_in
@require_POST
def approval(request: HttpRequest, show_id: int, segment_id: int) -> HttpResponse:
    """Let the words that were read (`seen`) be said."""
    return _answered(request, story_checked_by(request, show_id), segment_id, approve_segment, _("Approved."))


@signed_in
@require_POST
def sent_back(request: HttpRequest, show_id: int, segment_id: int) -> HttpResponse:
    """Want other words than those read (`seen`), for a `reason`."""
    show = story_checked_by(request, show_id)
    more = {"reason": request.POST.get("reason", "")}
    return _answered(request, show, segment_id, send_back, _("Sent back with your reason."), **more)


def _answered(
    request: HttpRequest, show: Show, segment_id: int, verb: Callable[..., object], said: str, **more: str
) -> HttpResponse:
    plan, segment = _found(show, segment_id)
    asked = {"rundown_id": plan.id, "segment_id": segment.id, "by": member_of(request), "at": timezone.now()}
    seen = request.POST.get("seen", "")
    return _stepped(request, show, segment_id, lambda: verb(**asked, seen=seen, **more), said)


def _stepped(request: HttpRequest, show: Show, segment_id: int, step: Callable[[], object], said: str) -> HttpResponse:
    try:
        step()
    except Refused as refused:
        told = say(refused)
        return _page(request, show, segment_id, status=told.status, told=told)
    return _back(request, show, segment_id, said)


def _back(request: HttpRequest, show: Show, segment_id: int, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("studio_story", show_id=show.pk, segment_id=segment_id)


def _found(show: Show, segment_id: int) -> tuple[RundownRead, SegmentRead]:
    plan = rundown_of(show_id=show.pk)
    segment = plan.segment(segment_id) if plan else None
    if plan is None or segment is None:
        raise Http404
    return plan, segment


def _page(
    request: HttpRequest, show: Show, segment_id: int, *, status: int = 200, told: Told | None = None, **forms: Any
) -> HttpResponse:
    plan, segment = _found(show, segment_id)
    member = member_of(request)
    roles = roles_of(community=show.community, member=member)
    is_open = show.ended_at is None
    made = {claim.id for claim in segment.claims}
    known = claims_known(product_id=segment.product_id, at=show.starts_at) if segment.product_id else ()
    asked_by = segment.last_step.by_id if segment.last_step else None
    shown = {
        "show": show,
        "segment": segment,
        "row": next(row for row in rows_of(show, plan) if row.segment.id == segment_id),
        "writes": is_open and bool(MAY_WRITE_RUNDOWNS & roles),
        "checks": is_open and bool(MAY_CHECK_FACTS & roles),
        "own_story": settings.FOUR_EYES and (segment.author_ids == {member.pk} or asked_by == member.pk),
        "known": [claim for claim in known if claim.id not in made],
        "claim_form": ClaimForm(),
        "evidence_form": EvidenceForm(),
        "blank_evidence": EvidenceForm(),
        "evidence_for": 0,
        "told": told,
        **forms,
    }
    return render(request, "studio/rundown/story.html", shown, status=status)
