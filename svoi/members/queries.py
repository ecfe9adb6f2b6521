"""Who a person is, where she is signed in, and whether she looks after the installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from svoi.members.models import Member, MemberSession, Operator

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

SESSIONS_SHOWN_MAX = 50


def sessions_of(*, member: Member) -> QuerySet[MemberSession]:
    """The browsers she is signed in by, the latest seen first."""
    return MemberSession.objects.filter(member=member).order_by("-seen_at", "session_key")[:SESSIONS_SHOWN_MAX]


def find_member(*, identity: str) -> Member | None:
    """Who signs in with this e-mail or phone. Raises IdentityUnreadable."""
    try:
        return Member.objects.get_by_natural_key(identity)
    except Member.DoesNotExist:
        return None


def is_operator(*, member: Member | AnonymousUser) -> bool:
    """Does she look after this installation?"""
    if not member.is_authenticated:
        return False
    return Operator.objects.filter(member_id=member.pk, member__erased_at=None).exists()
