"""What this room knows about a member."""

from __future__ import annotations

from svoi.communities.models import Invitation, Membership, RoleGrant
from svoi.db.personal import Part

PARTS = (
    Part("memberships", Membership, "member"),
    Part("roles", RoleGrant, "member"),
    Part("invitations", Invitation, "invited_by", leave_out=frozenset({"token_hash"})),
)
EXEMPT = {
    "Membership.invited_by": "it is the newcomer's row; the inviter's own invitations are told",
    "RoleGrant.granted_by": "it is the row of the one who got the role",
}
