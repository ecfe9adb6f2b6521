"""Points where parcels are handed over, who works there, and the carriers' news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat, Lower, Now, Replace

from svoi.communities.models import Community, RoleGrant
from svoi.communities.rules import MAY_KEEP_SHOP
from svoi.members.models import Member

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class PickupPointQuerySet(models.QuerySet["PickupPoint"]):
    """Points as seen by somebody: where she may not hand over, nothing is found."""

    def worked_by(self, member: Member | AnonymousUser) -> PickupPointQuerySet:
        """Owners and producers work at every point of their shop, a clerk only where she was called to."""
        if not member.is_authenticated:
            return self.none()
        held = RoleGrant.objects.filter(community_id=OuterRef("community_id"), member_id=member.pk)
        called = PointWorker.objects.filter(pickup_point_id=OuterRef("pk"), member_id=member.pk)
        keeps, clerks = Exists(held.filter(role__in=MAY_KEEP_SHOP)), Exists(held.filter(role="clerk"))
        return self.filter(keeps | (clerks & Exists(called)))

    def kept_by(self, member: Member | AnonymousUser) -> PickupPointQuerySet:
        """Points of the shops this member keeps."""
        return self.filter(community__in=Community.objects.with_role(member, MAY_KEEP_SHOP))


SEARCHED = ("city", "city_en", "name", "name_en", "address", "address_en", "metro", "metro_en")


class PickupPoint(models.Model):
    """A place with an address and hours. A closed point keeps its row, since old orders name it.

    `time_zone` is the zone of its hours, empty for that of the shop. `words` is all it is found by, folded as
    `search_words` folds what is typed; the database keeps it. `carrier` names whose point it is, and `carrier_city`
    the carrier's own number of the city; both are empty for a point of the shop itself.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="pickup_points")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    city = models.CharField(max_length=80)
    address = models.CharField(max_length=250)
    metro = models.CharField(max_length=80, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    time_zone = models.CharField(max_length=40, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    city_en = models.CharField(max_length=80, blank=True)
    address_en = models.CharField(max_length=250, blank=True)
    metro_en = models.CharField(max_length=80, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    features = models.JSONField(default=list)
    storage_days = models.PositiveSmallIntegerField(default=7)
    carrier = models.CharField(max_length=12, blank=True)
    carrier_city = models.CharField(max_length=12, blank=True)
    closed_at = models.DateTimeField(null=True)
    words = models.GeneratedField(
        expression=Replace(
            Lower(Concat(*(part for name in SEARCHED for part in (F(name), Value(" "))))), Value("ё"), Value("е")
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = PickupPointQuerySet.as_manager()

    class Meta:
        db_table = "svoi_pickuppoint"
        constraints = [models.UniqueConstraint(fields=["community", "code"], name="pickup_point_once")]
        indexes = [
            models.Index(fields=["community", "city", "name", "id"], condition=Q(closed_at=None), name="points_open"),
            GinIndex(
                fields=["words"],
                opclasses=["gin_trgm_ops"],
                condition=Q(closed_at=None),
                name="points_by_words",
                fastupdate=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city}, {self.address}"


class PointWorker(models.Model):
    """That a clerk works at a point: who called her there, and when."""

    pickup_point = models.ForeignKey(PickupPoint, on_delete=models.PROTECT, related_name="workers")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    called_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_pointworker"
        constraints = [models.UniqueConstraint(fields=["pickup_point", "member"], name="point_worker_once")]


class CarrierNotice(models.Model):
    """What a carrier told us, kept word for word; `key` is its fingerprint, so that a repeated one is one."""

    carrier = models.CharField(max_length=12)
    key = models.CharField(max_length=64)
    body = models.JSONField()
    received_at = models.DateTimeField(db_default=Now())
    applied_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_carriernotice"
        constraints = [models.UniqueConstraint(fields=["carrier", "key"], name="carrier_notice_once")]
        indexes = [models.Index(fields=["received_at"], condition=Q(applied_at=None), name="carrier_notices_open")]
