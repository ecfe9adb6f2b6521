"""Who belongs to a community, in which role, and what its page tells about them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from svoi.communities.models import Community, Invitation, Membership, RoleGrant
from svoi.communities.rules import ROLES, hash_invitation
from svoi.members.models import Member

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

PAGE_MEMBERS_MAX = 50
FOUND_MEMBERS_MAX = 20


def roles_of(*, community: Community, member: Member | AnonymousUser) -> frozenset[str]:
    """The roles this person holds here; none for a visitor."""
    if not member.is_authenticated:
        return frozenset()
    return frozenset(
        RoleGrant.objects.filter(community_id=community.pk, member_id=member.pk).values_list("role", flat=True)
    )


def belongs(*, community: Community, member: Member | AnonymousUser) -> bool:
    """Is she one of us?"""
    if not member.is_authenticated:
        return False
    return Membership.objects.filter(community_id=community.pk, member_id=member.pk).exists()


@dataclass(frozen=True, slots=True)
class CrewMember:
    """Somebody of the crew with her roles, the highest first."""

    member_id: int
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Circle:
    """The people of a community as its page shows them, and the reader's own place among them."""

    members: int
    crew: tuple[CrewMember, ...]
    belongs: bool
    roles: frozenset[str]


def circle_of(*, community: Community, reader: Member | AnonymousUser) -> Circle:
    """Members counted from their memberships, the crew by name, and who the reader is here."""
    return Circle(
        members=Membership.objects.filter(community_id=community.pk).count(),
        crew=crew_of(community=community),
        belongs=belongs(community=community, member=reader),
        roles=roles_of(community=community, member=reader),
    )


def crew_of(*, community: Community) -> tuple[CrewMember, ...]:
    """Everybody with a role, owners first, then in the order they were called."""
    grants = RoleGrant.objects.filter(community_id=community.pk).select_related("member").order_by("granted_at", "id")
    people: dict[int, Member] = {}
    roles: dict[int, set[str]] = {}
    for grant in grants:
        people[grant.member_id] = grant.member
        roles.setdefault(grant.member_id, set()).add(grant.role)
    crew = [
        CrewMember(member_id=pk, name=people[pk].name, roles=tuple(role for role in ROLES if role in held))
        for pk, held in roles.items()
    ]
    return tuple(sorted(crew, key=lambda one: ROLES.index(one.roles[0])))


def communities_of(*, member: Member | AnonymousUser) -> QuerySet[Community]:
    """Where she belongs, the latest joined first, each with `members` counted."""
    if not member.is_authenticated:
        return Community.objects.none()
    hers = Membership.objects.filter(member_id=member.pk)
    return with_members(Community.objects.filter(pk__in=hers.values("community_id"))).order_by("-founded_at", "id")


def open_communities(*, most: int) -> QuerySet[Community]:
    """Communities anybody may look at, the oldest first, each with `members` counted."""
    return with_members(Community.objects.filter(doors="open")).order_by("founded_at", "id")[:most]


def with_members(communities: QuerySet[Community]) -> QuerySet[Community]:
    """Adds `members`, the number of memberships on record."""
    return communities.annotate(members=Count("memberships", distinct=True))


def invitation_of(*, token: str) -> Invitation | None:
    """The invitation behind a link, with its community and who invited; spent ones included."""
    found = Invitation.objects.select_related("community", "invited_by")
    return found.filter(token_hash=hash_invitation(token)).first()


def invitations_of(*, community: Community) -> QuerySet[Invitation]:
    """The invitations of a community, the newest first."""
    found = Invitation.objects.filter(community_id=community.pk).select_related("invited_by")
    return found.order_by("-issued_at", "-id")[:PAGE_MEMBERS_MAX]


def memberships_of(*, community: Community, after: int = 0) -> QuerySet[Membership]:
    """One page of members in the order they joined, behind the membership `after`."""
    found = Membership.objects.filter(community_id=community.pk, pk__gt=after).annotate(name=F("member__name"))
    return found.order_by("pk")[: PAGE_MEMBERS_MAX + 1]


def members_named(
    *, community: Community, words: str, besides: int, start: int = 0, most: int = FOUND_MEMBERS_MAX
) -> list[Membership]:
    """Members whose name has these words in it, by name, from the `start`th on; one more than `most` where there are.

    `besides` is somebody left out. Without words nobody is found: a list of everybody is the crew's.
    """
    if not words:
        return []
    found = Membership.objects.filter(community_id=community.pk, member__name__icontains=words)
    found = found.exclude(member_id=besides).annotate(name=F("member__name"))
    return list(found.order_by("member__name", "pk")[start : start + most + 1])


def members_among(*, community: Community, member_ids: Collection[int]) -> list[Membership]:
    """Those of these people who belong here, by name."""
    found = Membership.objects.filter(community_id=community.pk, member_id__in=member_ids)
    return list(found.annotate(name=F("member__name")).order_by("member__name", "pk"))


def communities_left_alone(*, member: Member) -> list[str]:
    """Addresses of the communities that would have no owner without her."""
    owned = Community.objects.filter(role_grants__member=member, role_grants__role="owner")
    others = RoleGrant.objects.filter(community=OuterRef("pk"), role="owner").exclude(member=member)
    return list(owned.exclude(Exists(others)).order_by("slug").values_list("slug", flat=True))
