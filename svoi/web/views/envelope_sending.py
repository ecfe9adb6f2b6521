"""Sending an envelope to a community: written, looked over, sent."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from svoi.communities.models import Community
from svoi.communities.queries import FOUND_MEMBERS_MAX, belongs, members_among, members_named
from svoi.engines.dealing import SEED_BYTES
from svoi.envelopes.actions import send_envelope
from svoi.envelopes.queries import limits_of, sender_of
from svoi.envelopes.rules import TO_GUESTS, admit_sending, envelope_ends, purse_account, read_greeting
from svoi.kernel.refused import Refused
from svoi.ledger.queries import available
from svoi.ledger.rules import AccountShort
from svoi.members.models import Member
from svoi.ui.templatetags.benefits import points_words
from svoi.web.purchase_form import kept_number
from svoi.web.returning import to_door, to_sign_in
from svoi.web.send_form import SendForm, guests_in
from svoi.web.views.communities import find_community

UNREADABLE = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; `do=check` shows exactly what would happen, `do=send` does it, anything else comes back filled in."""
    place, address = find_community(request, slug), reverse("new_envelope", args=[slug])
    if not request.user.is_authenticated:
        return to_sign_in(request, address)
    if not belongs(community=place, member=request.user):
        return to_door(request, slug, address)
    may_spend = sender_of(community=place, member=request.user).may_spend_budget
    if request.method != "POST":
        form = SendForm(initial={"key": uuid4()}, may_spend_budget=may_spend)
        return _form(request, place, request.user, form)
    form = SendForm(request.POST, may_spend_budget=may_spend)
    step = request.POST.get("do", "")
    if step not in ("check", "send"):
        kept = SendForm(initial=request.POST.dict(), may_spend_budget=may_spend)
        return _form(request, place, request.user, kept)
    if not form.is_valid():
        return _form(request, place, request.user, form, status=UNREADABLE)
    return (_check if step == "check" else _send)(request, place, request.user, form)


def _check(request: HttpRequest, place: Community, sender: Member, form: SendForm) -> HttpResponse:
    at = timezone.now()
    limits = limits_of(community_id=place.pk)
    guests = _guests(request, place, form)
    wish = form.wish([one.member_id for one in guests])
    try:
        admit_sending(wish, sender_of(community=place, member=sender), limits, at=at)
        greeting = read_greeting(form.cleaned_data["greeting"])
    except Refused as refused:
        return _form(request, place, sender, form, status=form.refuse(refused))
    have = _have(place, sender)[wish.purse]
    if have < wish.total:
        return _short(request, place, sender, form, have)
    shown = {
        "community": place,
        "wish": wish,
        "greeting": greeting,
        "guests": guests,
        "limits": limits,
        "ends_at": envelope_ends(limits, at=at),
        "left": have - wish.total,
        "form": form,
    }
    return render(request, "web/envelopes/sure.html", shown)


def _send(request: HttpRequest, place: Community, sender: Member, form: SendForm) -> HttpResponse:
    guests = [one.member_id for one in _guests(request, place, form)]
    wish = form.wish(guests)
    try:
        envelope = send_envelope(
            community=place,
            sender=sender,
            place="community",
            place_id=place.pk,
            wish=wish,
            greeting=form.cleaned_data["greeting"],
            guests=guests,
            seed=secrets.token_bytes(SEED_BYTES),
            key=form.cleaned_data["key"],
            at=timezone.now(),
        )
    except AccountShort:
        return _short(request, place, sender, form, _have(place, sender)[wish.purse])
    except Refused as refused:
        return _form(request, place, sender, form, status=form.refuse(refused))
    messages.success(request, _("The envelope is sent."))
    return HttpResponseRedirect(reverse("envelope", args=[envelope.reference]), status=303)


def _guests(request: HttpRequest, place: Community, form: SendForm) -> list[Any]:
    """Who is on the list, of those who belong here; only an envelope for those named has one."""
    if form.cleaned_data["mode"] not in TO_GUESTS:
        return []
    return members_among(community=place, member_ids=guests_in(request.POST))


def _have(place: Community, sender: Member) -> dict[str, int]:
    """The points in each purse now."""
    accounts = {one: purse_account(one, community_id=place.pk, member_id=sender.pk) for one in ("own", "budget")}
    return {one: available(account, currency="PTS").minor for one, account in accounts.items()}


def _short(request: HttpRequest, place: Community, sender: Member, form: SendForm, have: int) -> HttpResponse:
    form.add_error("total", _("In this purse there are %(points)s.") % {"points": points_words(have)})
    return _form(request, place, sender, form, status=409)


def _form(request: HttpRequest, place: Community, sender: Member, form: SendForm, *, status: int = 200) -> HttpResponse:
    words, start = request.POST.get("q", "").strip()[:80], kept_number(request.POST, "start") or 0
    if request.POST.get("do") == "find":
        start = 0
    chosen = members_among(community=place, member_ids=guests_in(request.POST))
    found = members_named(community=place, words=words, besides=sender.pk, start=start)
    ticked = {one.member_id for one in chosen}
    shown = {
        "community": place,
        "form": form,
        "have": _have(place, sender),
        "chosen": chosen,
        "found": [one for one in found[:FOUND_MEMBERS_MAX] if one.member_id not in ticked],
        "words": words,
        "next_start": start + FOUND_MEMBERS_MAX if len(found) > FOUND_MEMBERS_MAX else None,
        "limits": limits_of(community_id=place.pk),
    }
    return render(request, "web/envelopes/new.html", shown, status=status)
