"""The crew's page of a community: who belongs, who has which role, which invitations are out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from svoi.communities.actions import grant_role, invite, withdraw_invitation, withdraw_role
from svoi.communities.models import Community, Membership
from svoi.communities.queries import PAGE_MEMBERS_MAX, crew_of, invitations_of, memberships_of, roles_of
from svoi.communities.rules import MAY_GRANT_ROLES, MAY_INVITE
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.web.forms import InvitationForm, RoleForm
from svoi.web.returning import go_back
from svoi.web.views.communities import find_community, refused_page

UNREADABLE = 422


@never_cache
@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """For the crew only; for everybody else this page is not there."""
    return _page(request, *find_crewed(request, slug))


@never_cache
@require_POST
def invitations(request: HttpRequest, slug: str) -> HttpResponse:
    """A new link, shown in this answer and never again."""
    place, reader = find_crewed(request, slug)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, place, reader, form=form, status=UNREADABLE)
    try:
        token = invite(community=place, by=reader, uses=form.cleaned_data["uses"], at=timezone.now())
    except Refused as refused:
        return _page(request, place, reader, form=form, status=form.refuse(refused))
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    return _page(request, place, reader, link=link, status=201)


@require_POST
def withdrawn_invitation(request: HttpRequest, slug: str, invitation_id: int) -> HttpResponse:
    """Close a link before its time."""
    place, reader = find_crewed(request, slug)
    try:
        withdraw_invitation(community=place, invitation_id=invitation_id, by=reader, at=timezone.now())
    except Refused as refused:
        return refused_page(request, refused, reverse("people", args=[slug]))
    messages.success(request, _("The link no longer works."))
    return go_back(request, reverse("people", args=[slug]))


@require_POST
def roles(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a role to one of us, or take it back."""
    place, reader = find_crewed(request, slug)
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Http404
    here = Membership.objects.filter(community=place)
    member = get_object_or_404(Member, pk=form.cleaned_data["member"], pk__in=here.values("member_id"))
    verb = withdraw_role if request.POST.get("withdrawn") else grant_role
    try:
        verb(community=place, member=member, role=form.cleaned_data["role"], by=reader, at=timezone.now())
    except Refused as refused:
        return refused_page(request, refused, reverse("people", args=[slug]))
    messages.success(request, _("Saved."))
    return go_back(request, reverse("people", args=[slug]))


def find_crewed(request: HttpRequest, slug: str) -> tuple[Community, Member]:
    """The community and the reader when she is of its crew, else nothing."""
    place = find_community(request, slug)
    if not request.user.is_authenticated or not roles_of(community=place, member=request.user) & MAY_INVITE:
        raise Http404
    return place, request.user


def _page(
    request: HttpRequest,
    place: Community,
    reader: Member,
    *,
    form: InvitationForm | None = None,
    link: str = "",
    status: int = 200,
) -> HttpResponse:
    held = roles_of(community=place, member=reader)
    after = request.GET.get("after", "")
    rows = list(memberships_of(community=place, after=int(after) if after.isdecimal() and len(after) < 18 else 0))
    shown = {
        "community": place,
        "crew": crew_of(community=place),
        "people": rows[:-1] if len(rows) > PAGE_MEMBERS_MAX else rows,
        "more_after": rows[PAGE_MEMBERS_MAX - 1].pk if len(rows) > PAGE_MEMBERS_MAX else None,
        "invitations": invitations_of(community=place),
        "may_grant": bool(held & MAY_GRANT_ROLES),
        "form": form or InvitationForm(),
        "role_form": RoleForm(),
        "link": link,
        "now": timezone.now(),
    }
    return render(request, "web/communities/people.html", shown, status=status)
