"""Signing up, in and out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from svoi.kernel.refused import Refused
from svoi.law.actions.consents import sign_up_agreeing
from svoi.members.actions import check_sign_in, choose_preferences, prepare_account
from svoi.members.rules import LANGUAGES, THEMES
from svoi.web.agreements import agreed_documents, asked, asked_at_sign_up
from svoi.web.forms import NewcomerForm, SignInForm
from svoi.web.returning import go_back, way_back
from svoi.web.sign_in import begin_session, keep_in_cookies

UNREADABLE = 422


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_page(request: HttpRequest) -> HttpResponse:
    """An account in three fields; the newcomer is signed in and goes where she was going."""
    if request.user.is_authenticated:
        return go_back(request)
    form = NewcomerForm(request.POST if request.method == "POST" else None, consents=asked_at_sign_up())
    if request.method != "POST":
        return _asked(request, "sign_up", form)
    if not form.is_valid():
        return _asked(request, "sign_up", form, UNREADABLE)
    try:
        account = prepare_account(**form.typed(), language=get_language() or "")
        agreed = agreed_documents(request, form.marked())
        member = sign_up_agreeing(account=account, agreed=agreed, profile=settings.LEGAL_PROFILE, at=timezone.now())
    except Refused as refused:
        return _asked(request, "sign_up", form, form.refuse(refused))
    begin_session(request, member)
    return go_back(request)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """In by e-mail or phone."""
    if request.user.is_authenticated:
        return go_back(request)
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _asked(request, "sign_in", form)
    if not form.is_valid():
        return _asked(request, "sign_in", form, UNREADABLE)
    try:
        member = check_sign_in(**form.cleaned_data, at=timezone.now())
    except Refused as refused:
        return _asked(request, "sign_in", form, form.refuse(refused))
    begin_session(request, member)
    return go_back(request)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out of this browser."""
    logout(request)
    return go_back(request)


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Language and theme: on her row when she is a member, in cookies either way."""
    language, theme = request.POST.get("language", ""), request.POST.get("theme", "")
    if request.user.is_authenticated:
        choose_preferences(member=request.user, language=language, theme=theme)
    response = go_back(request)
    keep_in_cookies(
        response, language=language if language in LANGUAGES else "", theme=theme if theme in THEMES else ""
    )
    return response


def _asked(request: HttpRequest, page: str, form: NewcomerForm | SignInForm, status: int = 200) -> HttpResponse:
    consents = [(one, form[one.kind]) for one in asked(*form.consents)] if isinstance(form, NewcomerForm) else []
    shown = {"form": form, "next": way_back(request), "consents": consents}
    return render(request, f"web/members/{page}.html", shown, status=status)
