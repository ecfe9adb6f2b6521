"""An envelope from the console, armed by one press and sent by the next; and the limits of a community."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from svoi.communities.models import Community
from svoi.control.actions.steering import steer
from svoi.engines.dealing import SEED_BYTES
from svoi.envelopes.actions import change_limits
from svoi.envelopes.queries import limits_of
from svoi.envelopes.rules import MAY_SET_LIMITS
from svoi.kernel.refused import Refused
from svoi.ledger.rules import AccountShort
from svoi.shows.actions.gifting import send_into_show
from svoi.shows.models import Show
from svoi.studio.doors import member_of, show_given_by, signed_in
from svoi.studio.gifts import GiftForm, LimitsForm, arm_gift, budget_of, fresh_form, gift_parts, limits_form
from svoi.ui.refusals import say

UNREADABLE = 422


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def envelopes(request: HttpRequest, show_id: int) -> HttpResponse:
    """The form (GET); what would be sent (POST, `do=arm`); sent (POST, `do=fire`)."""
    show = show_given_by(request, show_id)
    step = request.POST.get("do", "")
    if request.method != "POST":
        return _panel(request, show)
    form = GiftForm(request.POST)
    if step not in ("arm", "fire"):
        return _panel(request, show, gift=GiftForm(initial=request.POST.dict()), open=True)
    if not form.is_valid():
        return _panel(request, show, gift=form, open=True, status=UNREADABLE)
    try:
        return _armed(request, show, form) if step == "arm" else _fired(request, show, form)
    except AccountShort:
        form.add_error("total", _("The budget has %(points)s points.") % {"points": budget_of(show)})
        return _panel(request, show, gift=form, open=True, status=409)
    except Refused as refused:
        status = form.refuse(refused)
        return _panel(request, show, gift=form, open=True, status=status)


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def limits(request: HttpRequest, slug: str) -> HttpResponse:
    """What holds for envelopes sent from now on: the owner's to set."""
    member = member_of(request)
    place = get_object_or_404(Community.objects.with_role(member, MAY_SET_LIMITS), slug=slug)
    if request.method != "POST":
        form = limits_form(limits_of(community_id=place.pk))
        return render(request, "studio/envelopes/limits.html", {"community": place, "form": form})
    form = LimitsForm(request.POST)
    status = UNREADABLE
    if form.is_valid():
        try:
            change_limits(
                community=place, by=member, wanted={name: str(told) for name, told in form.cleaned_data.items()}
            )
        except Refused as refused:
            told = say(refused)
            form.add_error(None, told.sentence())
            status = told.status
        else:
            messages.success(request, _("The limits hold for envelopes sent from now on."))
            return redirect("studio_limits", slug=slug)
    return render(request, "studio/envelopes/limits.html", {"community": place, "form": form}, status=status)


def _armed(request: HttpRequest, show: Show, form: GiftForm) -> HttpResponse:
    armed = arm_gift(show, member_of(request), form, at=timezone.now())
    if armed.left < 0:
        raise AccountShort()
    return _panel(request, show, gift=form, armed=armed)


def _fired(request: HttpRequest, show: Show, form: GiftForm) -> HttpResponse:
    told = form.cleaned_data
    sent = steer(
        verb=send_into_show,
        show_id=show.pk,
        by=member_of(request),
        mode=told["mode"],
        total=told["total"],
        shares=told["shares"],
        minutes=told["minutes"],
        greeting=told["greeting"],
        seed=secrets.token_bytes(SEED_BYTES),
        key=told["key"],
        at=timezone.now(),
    )
    return _panel(request, show, gift=fresh_form(), sent=sent)


def _panel(request: HttpRequest, show: Show, *, status: int = 200, **parts: Any) -> HttpResponse:
    shown = {**gift_parts(show, member_of(request)), **parts}
    return render(request, "studio/envelopes/_gift.html", shown, status=status)
