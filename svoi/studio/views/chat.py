"""Keeping order in the chat."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from svoi.control.actions.keeping import change_policy, hide_message
from svoi.db.transaction import one_moment
from svoi.members.models import Member
from svoi.shows.actions.chat import mute_member, unmute_member
from svoi.shows.models import ChatMessage, Show
from svoi.shows.rules.airing import MUTE_S
from svoi.studio.answers import number_in, refusing, stepped, unreadable
from svoi.studio.doors import member_of, show_kept_by, show_where, signed_in
from svoi.studio.forms import PolicyForm
from svoi.studio.parts import muted_parts, policy_parts
from svoi.studio.talk import talk_of

MUTE_S_MAX = 24 * 60 * 60


@signed_in
@never_cache
@require_safe
def messages(request: HttpRequest, show_id: int) -> HttpResponse:
    """The talk afresh, for a page that was away too long to catch up by frames."""
    with transaction.atomic():
        one_moment()
        show = show_kept_by(request, show_id)
        parts = {"show": show, "talk": talk_of(show)}
    return render(request, "studio/shows/_talk.html", parts)


@signed_in
@require_POST
@refusing
def hidden(request: HttpRequest, show_id: int, message_id: int) -> HttpResponse:
    """Hide a message; the room learns of it through its stream, this page by the answer."""
    show = show_where(request, show_id, "hide")
    try:
        hide_message(show_id=show.pk, message_id=message_id, by=member_of(request), at=timezone.now())
        message = ChatMessage.objects.get(pk=message_id)
    except ChatMessage.DoesNotExist:
        raise Http404 from None
    line = {"n": message.seq, "id": message.pk, "hidden": True}
    return render(request, "studio/shows/_line.html", {"line": line})


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusing
def mutes(request: HttpRequest, show_id: int) -> HttpResponse:
    """Who is muted (GET); mute a member for `seconds`, or let her write again with `seconds=0` (POST)."""
    show = show_where(request, show_id, "mute") if request.method == "POST" else show_kept_by(request, show_id)
    if request.method == "POST":
        member_id = number_in(request.POST, "member")
        seconds = number_in(request.POST, "seconds") if "seconds" in request.POST else MUTE_S
        if member_id is None or seconds is None or seconds > MUTE_S_MAX:
            return unreadable(request)
        by = member_of(request)
        return stepped(request, lambda: _quieten(show, member_id, seconds, by=by), lambda: _muted(request, show))
    return _muted(request, show)


def _muted(request: HttpRequest, show: Show) -> HttpResponse:
    return render(request, "studio/shows/_muted.html", muted_parts(show, at=timezone.now()))


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusing
def policy(request: HttpRequest, show_id: int) -> HttpResponse:
    """How people may write (GET), and a change of it (POST)."""
    if request.method != "POST":
        return render(request, "studio/shows/_policy.html", policy_parts(show_kept_by(request, show_id)))
    show = show_where(request, show_id, "policy")
    form = PolicyForm(request.POST, slow_mode_s=show.slow_mode_s)
    if not form.is_valid():
        return render(request, "studio/shows/_policy.html", {**policy_parts(show), "policy": form}, status=422)
    seen, at = request.POST.get("seen"), timezone.now()
    change_policy(show_id=show.pk, seen=seen, by=member_of(request), at=at, **form.cleaned_data)
    show.refresh_from_db()
    return render(request, "studio/shows/_policy.html", {**policy_parts(show), "kept": True})


def _quieten(show: Show, member_id: int, seconds: int, *, by: Member) -> None:
    at = timezone.now()
    try:
        if seconds:
            mute_member(show_id=show.pk, member_id=member_id, by=by, at=at, seconds=seconds)
        else:
            unmute_member(show_id=show.pk, member_id=member_id, by=by, at=at)
    except Member.DoesNotExist:
        raise Http404 from None
