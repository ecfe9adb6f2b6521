"""Founding, describing, joining, leaving, roles and invitations, each in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db.models import F

from svoi.communities.events import (
    CommunityDescribed,
    CommunityFounded,
    InvitationIssued,
    InvitationWithdrawn,
    MemberJoined,
    MemberLeft,
    RoleGranted,
    RoleWithdrawn,
)
from svoi.communities.models import Community, Invitation, Membership, RoleGrant
from svoi.communities.queries import belongs, roles_of
from svoi.communities.rules import (
    MAY_GRANT_ROLES,
    MAY_INVITE,
    AddressTaken,
    InvitationSpent,
    NotOneOfUs,
    admit_invitation,
    admit_newcomer,
    admit_role,
    admit_uses,
    hash_invitation,
    invitation_ends,
    invitation_holds,
    keep_an_owner,
    read_address,
    read_community_name,
    read_community_words,
    require_role,
)
from svoi.db.outbox import record
from svoi.db.transaction import atomic, required
from svoi.members.models import Member

INVITATION_TOKEN_BYTES = 24


@atomic
def found_community(
    *, founder: Member, slug: str, name_ru: str, name_en: str, doors: str, at: datetime, **words: str
) -> Community:
    """Open a community with the founder as member and owner; `words` are about, charter and cover."""
    assert words.keys() <= {"about_ru", "about_en", "charter_ru", "charter_en", "cover"}
    name = {"name_ru": read_community_name(name_ru), "name_en": read_community_name(name_en)}
    community, founded = Community.objects.get_or_create(
        slug=read_address(slug), defaults={**name, "doors": doors, "founded_at": at, **words}
    )
    if not founded:
        raise AddressTaken()
    Membership.objects.create(community=community, member=founder, joined_at=at)
    RoleGrant.objects.create(community=community, member=founder, role="owner", granted_at=at)
    record(CommunityFounded(community_id=community.pk, member_id=founder.pk))
    return community


@atomic
def describe_community(*, community_id: int, words: Mapping[str, str], by: Member, at: datetime) -> frozenset[str]:
    """Say something else of it; return which words changed. The same words again change nothing.

    Raises CommunityNameMissing.
    """
    told = read_community_words(words)
    community = Community.objects.select_for_update(no_key=True).get(pk=community_id)
    before = {name: getattr(community, name) for name in told if getattr(community, name) != told[name]}
    if before:
        Community.objects.filter(pk=community_id).update(**{name: told[name] for name in before})
        record(CommunityDescribed(community_id=community_id, member_id=by.pk, before=before))
    return frozenset(before)


@atomic
def join_community(*, community: Community, member: Member, at: datetime, invitation: str | None = None) -> Membership:
    """Let a member in by the open door or by an invitation. Joining twice changes nothing.

    Raises DoorsClosed without an invitation, InvitationSpent when its uses or days are over.
    """
    present = Membership.objects.filter(community=community, member=member).first()
    if present:
        return present
    letter = _open_letter(community=community, token=invitation, at=at) if invitation else None
    admit_newcomer(doors=community.doors, invited=letter is not None)
    membership, joined = Membership.objects.get_or_create(
        community=community,
        member=member,
        defaults={"joined_at": at, "invited_by_id": letter.invited_by_id if letter else None},
    )
    if joined:
        if letter:
            Invitation.objects.filter(pk=letter.pk).update(uses_left=F("uses_left") - 1)
        record(
            MemberJoined(
                community_id=community.pk, member_id=member.pk, invited_by_id=letter.invited_by_id if letter else None
            )
        )
    return membership


@atomic
def leave_community(*, community: Community, member: Member, at: datetime) -> None:
    """Go, and give back every role. Raises NotOneOfUs, LastOwner."""
    _hold_roles(community)
    if not belongs(community=community, member=member):
        raise NotOneOfUs()
    held = roles_of(community=community, member=member)
    keep_an_owner(owners=_owners(community), is_owner="owner" in held)
    for role in sorted(held):
        _take_role(community=community, member=member, role=role, by=member)
    Membership.objects.filter(community=community, member=member).delete()
    record(MemberLeft(community_id=community.pk, member_id=member.pk))


@atomic
def leave_everything(*, member: Member, at: datetime) -> None:
    """Go from every community and close every link she gave out. Raises LastOwner."""
    for place in Community.objects.filter(memberships__member=member).order_by("pk"):
        leave_community(community=place, member=member, at=at)
    Invitation.objects.filter(invited_by=member, uses_left__gt=0).update(uses_left=0)


@atomic
def grant_role(*, community: Community, member: Member, role: str, by: Member, at: datetime) -> RoleGrant:
    """An owner gives a role to one of us. Raises RoleMissing, RoleUnknown, NotOneOfUs."""
    _hold_roles(community)
    require_role(roles_of(community=community, member=by), MAY_GRANT_ROLES)
    admit_role(role)
    if not belongs(community=community, member=member):
        raise NotOneOfUs()
    grant, granted = RoleGrant.objects.get_or_create(
        community=community, member=member, role=role, defaults={"granted_by": by, "granted_at": at}
    )
    if granted:
        record(RoleGranted(community_id=community.pk, member_id=member.pk, role=role, granted_by_id=by.pk))
    return grant


@atomic
def withdraw_role(*, community: Community, member: Member, role: str, by: Member, at: datetime) -> None:
    """An owner takes a role back, or its holder gives it up. Raises RoleMissing, LastOwner."""
    _hold_roles(community)
    if by.pk != member.pk:
        require_role(roles_of(community=community, member=by), MAY_GRANT_ROLES)
    if role not in roles_of(community=community, member=member):
        return
    keep_an_owner(owners=_owners(community), is_owner=role == "owner")
    _take_role(community=community, member=member, role=role, by=by)


@atomic
def invite(*, community: Community, by: Member, uses: int, at: datetime) -> str:
    """Make a link and return its token, which is shown once: only the hash is kept."""
    require_role(roles_of(community=community, member=by), MAY_INVITE)
    admit_uses(uses)
    token = secrets.token_urlsafe(INVITATION_TOKEN_BYTES)
    letter = Invitation.objects.create(
        community=community,
        token_hash=hash_invitation(token),
        invited_by=by,
        uses_left=uses,
        issued_at=at,
        expires_at=invitation_ends(at),
    )
    record(InvitationIssued(community_id=community.pk, member_id=by.pk, invitation_id=letter.pk, uses=uses))
    return token


@atomic
def withdraw_invitation(*, community: Community, invitation_id: int, by: Member, at: datetime) -> None:
    """Close a link before its time. Raises RoleMissing, InvitationSpent."""
    require_role(roles_of(community=community, member=by), MAY_INVITE)
    letter = Invitation.objects.select_for_update().filter(community=community, pk=invitation_id).first()
    if letter is None:
        raise InvitationSpent()
    admit_invitation(uses_left=letter.uses_left, expires_at=letter.expires_at, at=at)
    Invitation.objects.filter(pk=letter.pk).update(uses_left=0)
    record(InvitationWithdrawn(community_id=community.pk, member_id=by.pk, invitation_id=letter.pk))


def _open_letter(*, community: Community, token: str, at: datetime) -> Invitation | None:
    """Lock the invitation, so that its uses cannot be overdrawn. An open door forgives a spent one."""
    hashed = hash_invitation(token)
    letter = Invitation.objects.select_for_update().filter(community=community, token_hash=hashed).first()
    if letter and invitation_holds(uses_left=letter.uses_left, expires_at=letter.expires_at, at=at):
        return letter
    if community.doors != "open":
        raise InvitationSpent()
    return None


def _hold_roles(community: Community) -> None:
    """One change of roles at a time; NO KEY, so that orders and memberships pointing here do not wait."""
    required()
    Community.objects.select_for_update(no_key=True).filter(pk=community.pk).first()


def _owners(community: Community) -> int:
    return RoleGrant.objects.filter(community=community, role="owner").count()


def _take_role(*, community: Community, member: Member, role: str, by: Member) -> None:
    RoleGrant.objects.filter(community=community, member=member, role=role).delete()
    record(RoleWithdrawn(community_id=community.pk, member_id=member.pk, role=role, withdrawn_by_id=by.pk))
