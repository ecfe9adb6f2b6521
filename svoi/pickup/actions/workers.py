"""Who works at a point."""

from __future__ import annotations

from datetime import datetime

from svoi.communities.models import RoleGrant
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.pickup.models import PickupPoint, PointWorker
from svoi.pickup.rules.workers import admit_worker


@atomic
def call_worker(*, pickup_point_id: int, member_id: int, by: Member, at: datetime) -> PointWorker:
    """Let a clerk of the shop work at this point; twice is once. Raises `NotAClerk`."""
    point = PickupPoint.objects.get(pk=pickup_point_id)
    held = RoleGrant.objects.filter(community_id=point.community_id, member_id=member_id, role="clerk")
    admit_worker(is_clerk=held.exists())
    worker, _ = PointWorker.objects.get_or_create(
        pickup_point=point, member_id=member_id, defaults={"called_by": by, "called_at": at}
    )
    return worker


@atomic
def release_worker(*, pickup_point_id: int, member_id: int) -> bool:
    """She works there no longer; False when she did not."""
    gone, _ = PointWorker.objects.filter(pickup_point_id=pickup_point_id, member_id=member_id).delete()
    return bool(gone)
