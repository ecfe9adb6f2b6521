"""Parcels by their moments, the goods given back at a point, and wrong codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from svoi.members.models import Member
from svoi.pickup.models.points import PickupPoint
from svoi.pickup.rules.parcels import Stage, stage_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class ParcelQuerySet(models.QuerySet["Parcel"]):
    """Parcels as seen by somebody who works at a point, and by how far they have come."""

    def worked_by(self, member: Member | AnonymousUser) -> ParcelQuerySet:
        return self.filter(pickup_point__in=PickupPoint.objects.worked_by(member))

    def coming(self) -> ParcelQuerySet:
        """Not there yet."""
        return self.filter(arrived_at=None, not_collected_at=None)

    def waiting(self) -> ParcelQuerySet:
        """At the point, for the buyer."""
        return self.filter(arrived_at__isnull=False, handed_over_at=None, not_collected_at=None)

    def to_give_back(self) -> ParcelQuerySet:
        """Not collected, and still at the point."""
        return self.filter(not_collected_at__isnull=False, came_back_at=None)

    def handed_over(self) -> ParcelQuerySet:
        return self.filter(handed_over_at__isnull=False)


class Parcel(models.Model):
    """What was packed for one subject (`order:12`) and travels to one point.

    Its stages are moments. Pickup stands below orders and does not know them: it knows the subject's name.
    `carrier_id` is the carrier's own id of a parcel that it was given.
    """

    subject = models.CharField(max_length=40, unique=True)
    pickup_point = models.ForeignKey(PickupPoint, on_delete=models.PROTECT, related_name="parcels")
    carrier = models.CharField(max_length=12, blank=True)
    carrier_id = models.CharField(max_length=64, null=True)
    tracking = models.CharField(max_length=64, blank=True)
    prepared_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    keep_until = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    handed_over_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    not_collected_at = models.DateTimeField(null=True)
    came_back_at = models.DateTimeField(null=True)

    objects = ParcelQuerySet.as_manager()

    class Meta:
        db_table = "svoi_parcel"
        constraints = [
            models.UniqueConstraint(fields=["carrier", "carrier_id"], name="parcel_of_carrier_once"),
            models.CheckConstraint(
                condition=Q(handed_over_at=None) | Q(not_collected_at=None), name="parcel_handed_over_or_not_collected"
            ),
            models.CheckConstraint(
                condition=Q(arrived_at=None, keep_until=None, handed_over_at=None)
                | Q(arrived_at__isnull=False, keep_until__isnull=False),
                name="parcel_is_kept_from_its_arrival",
            ),
            models.CheckConstraint(
                condition=Q(came_back_at=None) | Q(not_collected_at__isnull=False),
                name="parcel_comes_back_uncollected",
            ),
        ]
        indexes = [
            models.Index(fields=["pickup_point", "-id"], name="parcels_of_point"),
            models.Index(
                fields=["keep_until"],
                condition=Q(arrived_at__isnull=False, handed_over_at=None, not_collected_at=None),
                name="parcels_waiting",
            ),
        ]

    @property
    def stage(self) -> Stage:
        return stage_of(
            sent=self.sent_at is not None,
            arrived=self.arrived_at is not None,
            handed_over=self.handed_over_at is not None,
            not_collected=self.not_collected_at is not None,
            came_back=self.came_back_at is not None,
        )


class ReturnTaken(models.Model):
    """That goods of a parcel were given in at its point after the hand-over. `claim` names what for (`return:5`)."""

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="returns")
    claim = models.CharField(max_length=40, blank=True)
    taken_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_returntaken"
        constraints = [models.UniqueConstraint(fields=["parcel", "claim"], name="return_taken_once")]


class WrongCode(models.Model):
    """A wrong pickup code: for which parcel, typed by whom. Counts towards the lock of both."""

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="wrong_codes")
    typed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_wrongcode"
        indexes = [
            models.Index(fields=["parcel", "-at"], name="wrong_codes_of_parcel"),
            models.Index(fields=["typed_by", "-at"], name="wrong_codes_of_worker"),
        ]
