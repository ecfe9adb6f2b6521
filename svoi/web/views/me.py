"""A member's own page: her name, password and the browsers she is signed in by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from svoi.communities.queries import communities_of
from svoi.envelopes.queries import is_quiet
from svoi.kernel.refused import Refused
from svoi.members.actions import change_password, end_other_sessions, end_session, rename_member
from svoi.members.models import Member
from svoi.members.queries import sessions_of
from svoi.web.forms import NameForm, PasswordForm
from svoi.web.returning import go_back, to_sign_in
from svoi.web.sign_in import find_session, session_reference

ME = "/me"
UNREADABLE = 422


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One browser in the list."""

    reference: str
    browser: str
    began_at: datetime
    seen_at: datetime
    is_this: bool


@never_cache
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Everything she decides about her account, on one page."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    return _page(request, request.user)


@require_POST
def name(request: HttpRequest) -> HttpResponse:
    """Another name."""
    if not request.user.is_authenticated:
        return to_sign_in(request, ME)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, request.user, name_form=form, status=UNREADABLE)
    try:
        rename_member(member=request.user, name=form.cleaned_data["name"])
    except Refused as refused:
        return _page(request, request.user, name_form=form, status=form.refuse(refused))
    messages.success(request, _("Your new name is saved."))
    return go_back(request, ME)


@sensitive_post_parameters()
@never_cache
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """Another password; every other browser is signed out, this one gets a fresh key."""
    if not request.user.is_authenticated:
        return to_sign_in(request, ME)
    form = PasswordForm(request.POST)
    if not form.is_valid():
        return _page(request, request.user, password_form=form, status=UNREADABLE)
    try:
        member = change_password(
            member=request.user,
            **form.cleaned_data,
            keep=request.session.session_key or "",
            at=timezone.now(),
        )
    except Refused as refused:
        return _page(request, request.user, password_form=form, status=form.refuse(refused))
    update_session_auth_hash(request, member)
    messages.success(request, _("The password is changed. Other browsers are signed out."))
    return go_back(request, ME)


@require_POST
def ended_sessions(request: HttpRequest) -> HttpResponse:
    """End one session by its reference, or all but this one."""
    if not request.user.is_authenticated:
        return to_sign_in(request, ME)
    if request.POST.get("others"):
        end_other_sessions(member=request.user, keep=request.session.session_key or "")
        messages.success(request, _("Only this browser is signed in now."))
        return go_back(request, ME)
    found = find_session(request.user, request.POST.get("session", ""))
    if found is None:
        raise Http404
    end_session(member=request.user, session_key=found.session_key)
    messages.success(request, _("That browser is signed out."))
    return go_back(request, ME)


def _page(request: HttpRequest, member: Member, status: int = 200, **forms: Any) -> HttpResponse:
    this = request.session.session_key
    signed_in = [
        SignedIn(
            reference=session_reference(one.session_key),
            browser=one.browser,
            began_at=one.began_at,
            seen_at=one.seen_at,
            is_this=one.session_key == this,
        )
        for one in sessions_of(member=member)
    ]
    forms.setdefault("name_form", NameForm(initial={"name": member.name}))
    forms.setdefault("password_form", PasswordForm())
    shown = {
        "member": member,
        "signed_in": signed_in,
        "communities": communities_of(member=member),
        "is_quiet": is_quiet(member=member),
        **forms,
    }
    return render(request, "web/members/me.html", shown, status=status)
