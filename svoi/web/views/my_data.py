"""A member's own data: her consents and their history, a file with everything, the end of the account."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from svoi.kernel.refused import Refused
from svoi.law.actions.consents import give_consent, withdraw_consent
from svoi.law.actions.erasures import ask_erasure, recall_erasure
from svoi.law.actions.exports import ask_export, export_file
from svoi.law.models import DataExport
from svoi.law.queries.consents import consent_history
from svoi.law.queries.own_data import erasure_of, exports_of, ready_export
from svoi.law.rules import CONSENTS, needed_consents
from svoi.members.models import Member
from svoi.ui.legal import document_shown
from svoi.ui.refusals import say
from svoi.web.agreements import asked
from svoi.web.export_links import export_token, opens_export
from svoi.web.forms import ErasureForm
from svoi.web.returning import go_back, to_sign_in

MY_DATA = "/me/data"
UNREADABLE = 422


def for_member(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view gets the signed-in member; whoever is not signed in is asked to, and comes to this page."""

    @wraps(view)
    def only_for_member(request: HttpRequest, **where: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request, MY_DATA)
        return view(request, request.user, **where)

    return only_for_member


@never_cache
@require_safe
@for_member
def my_data(request: HttpRequest, member: Member) -> HttpResponse:
    """Everything on one page."""
    return _page(request, member)


@require_POST
@for_member
def consents(request: HttpRequest, member: Member) -> HttpResponse:
    """Agree to a text she was shown."""
    kind = request.POST.get("kind", "")
    text = document_shown(kind, request.POST.get("sha256", ""))
    try:
        give_consent(member=member, kind=kind, document=text, channel="own_page", at=timezone.now())
    except Refused as refused:
        return _refused(request, refused)
    messages.success(request, _("Your consent is kept. You can take it back at any time."))
    return go_back(request, MY_DATA)


@require_POST
@for_member
def withdrawn_consents(request: HttpRequest, member: Member) -> HttpResponse:
    """Take a consent back: one click, no reasons asked."""
    kind = request.POST.get("kind", "")
    profile = settings.LEGAL_PROFILE
    try:
        withdraw_consent(member=member, kind=kind, channel="own_page", profile=profile, at=timezone.now())
    except Refused as refused:
        return _refused(request, refused)
    messages.success(request, _("The consent is taken back."))
    return go_back(request, MY_DATA)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_member
def exports(request: HttpRequest, member: Member) -> HttpResponse:
    """Ask for a file with everything; by GET, the part of the page that tells how far it is."""
    if request.method == "POST":
        try:
            ask_export(member=member, key=uuid4(), at=timezone.now())
        except Refused as refused:
            return _refused(request, refused)
        return go_back(request, MY_DATA)
    return render(request, "web/members/_exports.html", {"exports": _shown_exports(member)})


@never_cache
@require_safe
@for_member
def export(request: HttpRequest, member: Member, key: UUID) -> HttpResponseBase:
    """The file itself: hers alone, by a link that works for a quarter of an hour."""
    try:
        found = ready_export(member=member, key=key)
    except DataExport.DoesNotExist:
        raise Http404 from None
    if not opens_export(request.GET.get("link", ""), found, at=timezone.now()):
        messages.warning(request, _("That link is over. Here is a fresh one."))
        return go_back(request, MY_DATA)
    path = export_file(key=found.key)
    if not path.is_file():
        raise Http404
    name = f"svoi-{found.asked_at:%Y-%m-%d}.zip"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/zip")


@sensitive_post_parameters()
@never_cache
@require_POST
@for_member
def erasure(request: HttpRequest, member: Member) -> HttpResponse:
    """Ask to be forgotten, with the password once more."""
    form = ErasureForm(request.POST)
    if not form.is_valid():
        return _page(request, member, erasure_form=form, status=UNREADABLE)
    try:
        ask_erasure(member=member, password=form.cleaned_data["password"], at=timezone.now())
    except Refused as refused:
        return _page(request, member, erasure_form=form, status=form.refuse(refused))
    return go_back(request, MY_DATA)


@require_POST
@for_member
def recalled_erasure(request: HttpRequest, member: Member) -> HttpResponse:
    """Stay after all."""
    if recall_erasure(member=member, at=timezone.now()):
        messages.success(request, _("You stay. Nothing was deleted."))
    return go_back(request, MY_DATA)


def _page(request: HttpRequest, member: Member, status: int = 200, **forms: Any) -> HttpResponse:
    history = consent_history(member=member)
    standing = {one.kind: one for one in reversed(history) if one.withdrawn_at is None}
    needed = needed_consents(profile=settings.LEGAL_PROFILE)
    forms.setdefault("erasure_form", ErasureForm())
    shown = {
        "consents": [(one, standing.get(one.kind), one.kind in needed) for one in asked(*CONSENTS)],
        "history": history,
        "exports": _shown_exports(member),
        "erasure": erasure_of(member=member),
        **forms,
    }
    return render(request, "web/members/my_data.html", shown, status=status)


def _shown_exports(member: Member) -> list[tuple[DataExport, str]]:
    """Each export with its link of this quarter of an hour, or none while it is being made."""
    now = timezone.now()
    return [(one, export_token(one, at=now) if one.ready_at else "") for one in exports_of(member=member)]


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    messages.warning(request, say(refused).sentence())
    return go_back(request, MY_DATA)
