"""Communities, who belongs to them, in which role, and the invitations that open closed doors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Now

from svoi.communities.rules import DOORS, ROLES
from svoi.members.models import Member

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class CommunityQuerySet(models.QuerySet["Community"]):
    """Communities as seen by somebody: what she may not see is not found."""

    def visible_to(self, member: Member | AnonymousUser) -> CommunityQuerySet:
        if not member.is_authenticated:
            return self.filter(doors="open")
        return self.filter(models.Q(doors="open") | models.Q(memberships__member_id=member.pk)).distinct()

    def with_role(self, member: Member | AnonymousUser, roles: frozenset[str]) -> CommunityQuerySet:
        """Communities where this member holds one of the roles."""
        if not member.is_authenticated:
            return self.none()
        return self.filter(role_grants__member_id=member.pk, role_grants__role__in=roles).order_by("pk").distinct()


class Community(models.Model):
    """A circle around a brand, with a charter, open or closed doors and its own catalogue."""

    slug = models.SlugField(max_length=40, unique=True)
    name_ru = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    about_ru = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    charter_ru = models.TextField(blank=True)
    charter_en = models.TextField(blank=True)
    cover = models.CharField(max_length=200, blank=True)
    doors = models.CharField(max_length=6, choices=[(code, code) for code in DOORS], default="open")
    founded_at = models.DateTimeField(db_default=Now())

    objects = CommunityQuerySet.as_manager()

    class Meta:
        db_table = "svoi_community"

    def __str__(self) -> str:
        return self.slug


class Membership(models.Model):
    """That a member belongs. Leaving removes it; what she did stays hers."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="memberships")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="memberships")
    invited_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    joined_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_membership"
        constraints = [models.UniqueConstraint(fields=["community", "member"], name="membership_once")]


class RoleGrant(models.Model):
    """A role somebody was given by somebody: who and when are kept with it."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="role_grants")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=10, choices=[(code, code) for code in ROLES])
    granted_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_rolegrant"
        constraints = [models.UniqueConstraint(fields=["community", "member", "role"], name="role_once")]


class Invitation(models.Model):
    """A link that opens a community to a few people for a while. Only its hash is kept."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    uses_left = models.PositiveSmallIntegerField(default=1)
    issued_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "svoi_invitation"
