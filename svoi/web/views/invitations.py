"""The landing of an invitation: who invites, where to, and the door."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from svoi.communities.actions import join_community
from svoi.communities.models import Invitation
from svoi.communities.queries import belongs, invitation_of
from svoi.communities.rules import InvitationSpent, invitation_holds
from svoi.kernel.refused import Refused
from svoi.web.returning import go_back, to_sign_in
from svoi.web.views.communities import refused_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A link that nobody made is not there; a spent one says so and tells nothing of what lies behind it."""
    letter = invitation_of(token=token)
    if letter is None:
        raise Http404
    address = reverse("community", args=[letter.community.slug])
    if belongs(community=letter.community, member=request.user):
        return go_back(request, address)
    if not _holds(letter):
        return refused_page(request, InvitationSpent(), "/")
    if request.method != "POST":
        return render(request, "web/communities/invitation.html", {"letter": letter, "community": letter.community})
    if not request.user.is_authenticated:
        return to_sign_in(request, request.path, newcomer=True)
    try:
        join_community(community=letter.community, member=request.user, at=timezone.now(), invitation=token)
    except Refused as refused:
        return refused_page(request, refused, "/")
    messages.success(request, _("Welcome. You are one of us now."))
    return go_back(request, address)


def _holds(letter: Invitation) -> bool:
    return invitation_holds(uses_left=letter.uses_left, expires_at=letter.expires_at, at=timezone.now())
