"""Who is who in a show's room."""

from __future__ import annotations

from svoi.communities.models import RoleGrant
from svoi.shows.models import Show

# The most telling role comes first: it is the one shown beside a name.
_SHOWN_FIRST = ("host", "producer", "owner", "moderator")


def roles_by_member(show: Show, member_ids: set[int]) -> dict[int, str]:
    """The role shown beside each name; members without one are missing."""
    held: dict[int, set[str]] = {}
    grants = RoleGrant.objects.filter(community_id=show.community_id, member_id__in=member_ids)
    for member_id, role in grants.values_list("member_id", "role"):
        held.setdefault(member_id, set()).add(role)
    if show.host_id in member_ids:
        held.setdefault(show.host_id, set()).add("host")
    return {member_id: shown_role(frozenset(roles)) for member_id, roles in held.items()}


def shown_role(roles: frozenset[str]) -> str:
    """One word for somebody's place in a room: host, producer, owner, moderator or viewer."""
    return next((role for role in _SHOWN_FIRST if role in roles), "viewer")
