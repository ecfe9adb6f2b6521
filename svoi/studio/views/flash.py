"""The flash deal of a show: prepared in a form, set off by a second press, followed while it runs, called off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from svoi.control.actions.steering import steer
from svoi.kernel.money import Money
from svoi.kernel.refused import Refused
from svoi.shows.actions.flashing import arm_in_show, call_off_in_show, fire_in_show
from svoi.shows.models import Show
from svoi.studio.answers import refusal, stepped
from svoi.studio.doors import may_run, member_of, show_kept_by, show_run_by, signed_in
from svoi.studio.flash_form import FlashForm, dealables
from svoi.studio.parts import flash_parts
from svoi.ui.refusals import say

UNREADABLE = 422


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def flash(request: HttpRequest, show_id: int) -> HttpResponse:
    """The deal as it stands, for the whole crew (GET); the form that prepares one, filled in (POST)."""
    if request.method != "POST":
        show = show_kept_by(request, show_id)
        return _standing(request, show, runs=may_run(request, show))
    show, at = show_run_by(request, show_id), timezone.now()
    things = {one.variant.pk: one for one in dealables(show, at=at)}
    form = FlashForm(request.POST, things=list(things.values()))
    if not form.is_valid():
        return _form(request, show, form, status=UNREADABLE)
    variant = things[form.cleaned_data["variant"]].variant
    asked = {"price": Money(form.cleaned_data["price"].minor, variant.currency), "key": form.cleaned_data["key"]}
    try:
        wanted = {"variant_id": variant.pk, "terms": form.terms(), **asked}
        steer(verb=arm_in_show, show_id=show.pk, by=member_of(request), at=at, **wanted)
    except Refused as refused:
        if form.takes(refused):
            return _form(request, show, form, status=UNREADABLE)
        return refusal(request, say(refused))
    answer = _form(request, show, FlashForm(things=list(things.values())), kept=_("Read it, then start it."))
    answer.headers["HX-Trigger"] = "studio:flash"
    return answer


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD"])
def form(request: HttpRequest, show_id: int) -> HttpResponse:
    """The empty form, with today's stock and lowest prices."""
    show = show_run_by(request, show_id)
    return _form(request, show, FlashForm(things=dealables(show, at=timezone.now())))


@signed_in
@require_POST
def firing(request: HttpRequest, show_id: int, deal_id: int) -> HttpResponse:
    """The second press."""
    show, by, at = show_run_by(request, show_id), member_of(request), timezone.now()
    return stepped(
        request,
        lambda: steer(verb=fire_in_show, show_id=show.pk, deal_id=deal_id, by=by, at=at),
        lambda: _standing(request, show, runs=True),
    )


@signed_in
@require_http_methods(["DELETE"])
def deal(request: HttpRequest, show_id: int, deal_id: int) -> HttpResponse:
    """Call a deal off, prepared or running."""
    show, by, at = show_run_by(request, show_id), member_of(request), timezone.now()
    return stepped(
        request,
        lambda: steer(verb=call_off_in_show, show_id=show.pk, deal_id=deal_id, by=by, at=at),
        lambda: _standing(request, show, runs=True),
    )


def _standing(request: HttpRequest, show: Show, *, runs: bool) -> HttpResponse:
    return render(request, "studio/shows/_flash.html", flash_parts(show, runs=runs, at=timezone.now()))


def _form(request: HttpRequest, show: Show, form: FlashForm, *, kept: str = "", status: int = 200) -> HttpResponse:
    return render(
        request, "studio/shows/_flash_form.html", {"show": show, "deal_form": form, "kept": kept}, status=status
    )
