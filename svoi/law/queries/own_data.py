"""A member's exports and her erasure, and what stands in its way."""

from __future__ import annotations

from uuid import UUID

from svoi.communities.queries import communities_left_alone
from svoi.law.models import DataExport, Erasure
from svoi.members.models import Member
from svoi.orders.personal import orders_under_way

EXPORTS_SHOWN_MAX = 10


def exports_of(*, member: Member) -> list[DataExport]:
    """Her exports that are being made or lie ready, the latest first."""
    return list(DataExport.objects.filter(member=member, gone_at=None).order_by("-asked_at")[:EXPORTS_SHOWN_MAX])


def ready_export(*, member: Member, key: UUID) -> DataExport:
    """Her own export that can be fetched; `DataExport.DoesNotExist` for anybody else's and for one that is gone."""
    return DataExport.objects.get(member=member, key=key, ready_at__isnull=False, gone_at=None)


def erasure_of(*, member: Member) -> Erasure | None:
    """The erasure she asked for and did not recall."""
    return Erasure.objects.filter(member=member, recalled_at=None, done_at=None).first()


def in_the_way(*, member: Member) -> tuple[int, list[str]]:
    """What an erasure waits for: how many orders are under way, and which communities would have no owner."""
    return orders_under_way(buyer_id=member.pk), communities_left_alone(member=member)
