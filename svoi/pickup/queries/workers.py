"""Who works at a point, and who could."""

from __future__ import annotations

from svoi.communities.models import RoleGrant
from svoi.members.models import Member
from svoi.pickup.models import PickupPoint, PointWorker


def clerks_of(point: PickupPoint) -> tuple[list[Member], list[Member]]:
    """The shop's clerks by name: those called to this point, and the others."""
    grants = RoleGrant.objects.filter(community_id=point.community_id, role="clerk").select_related("member")
    called = set(PointWorker.objects.filter(pickup_point=point).values_list("member_id", flat=True))
    clerks = [grant.member for grant in grants.order_by("member__name", "member_id")]
    return [one for one in clerks if one.pk in called], [one for one in clerks if one.pk not in called]
