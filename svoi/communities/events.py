"""What happened in communities."""

from __future__ import annotations

from dataclasses import dataclass

from svoi.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CommunityEvent(Event):
    """Something that happened in one community."""

    community_id: int
    member_id: int

    def stream(self) -> str:
        return f"community:{self.community_id}"


@dataclass(frozen=True, kw_only=True)
class CommunityFounded(CommunityEvent):
    """A community opened, with this member as its owner."""


@dataclass(frozen=True, kw_only=True)
class CommunityDescribed(CommunityEvent):
    """Its name, story or charter says something else now; `before` keeps what those words were."""

    before: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class MemberJoined(CommunityEvent):
    """Somebody belongs now."""

    invited_by_id: int | None


@dataclass(frozen=True, kw_only=True)
class MemberLeft(CommunityEvent):
    """Somebody left."""


@dataclass(frozen=True, kw_only=True)
class RoleGranted(CommunityEvent):
    """Somebody was given a role by somebody."""

    role: str
    granted_by_id: int | None


@dataclass(frozen=True, kw_only=True)
class RoleWithdrawn(CommunityEvent):
    """A role was taken back."""

    role: str
    withdrawn_by_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationIssued(CommunityEvent):
    """A member made a link that brings up to `uses` people."""

    invitation_id: int
    uses: int


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(CommunityEvent):
    """A link was closed by hand."""

    invitation_id: int
