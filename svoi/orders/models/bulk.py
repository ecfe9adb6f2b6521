"""Many orders to be packed or sent, and how far that has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from svoi.communities.models import Community
from svoi.communities.rules import MAY_KEEP_SHOP
from svoi.members.models import Member
from svoi.orders.models.order import Order
from svoi.orders.rules.bulk import VERBS

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class BulkRunQuerySet(models.QuerySet["BulkRun"]):
    """Runs as seen by those who keep the shop."""

    def kept_by(self, member: Member | AnonymousUser) -> BulkRunQuerySet:
        return self.filter(community__in=Community.objects.with_role(member, MAY_KEEP_SHOP).values("pk"))


class BulkRun(models.Model):
    """That somebody of the shop wants one thing done to many orders. `key` comes from her page: a tap is one run."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=8, choices=[(code, code) for code in VERBS])
    key = models.UUIDField()
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    objects = BulkRunQuerySet.as_manager()

    class Meta:
        db_table = "svoi_bulkrun"
        constraints = [models.UniqueConstraint(fields=["asked_by", "key"], name="one_bulk_run_per_tap")]
        indexes = [
            models.Index(fields=["community", "-id"], name="bulk_runs_of_shop"),
            models.Index(fields=["asked_at"], condition=Q(ended_at=None), name="bulk_runs_under_way"),
        ]


class BulkStep(models.Model):
    """One order of a run: waiting, done, or refused for a reason that stands by its code."""

    run = models.ForeignKey(BulkRun, on_delete=models.PROTECT, related_name="steps", db_index=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True)
    refused_for = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "svoi_bulkstep"
        constraints = [
            models.UniqueConstraint(fields=["run", "order"], name="bulk_step_once"),
            models.CheckConstraint(
                condition=Q(refused_for="") | Q(told_at__isnull=False), name="bulk_step_is_refused_at_a_moment"
            ),
        ]
        indexes = [models.Index(fields=["run", "id"], condition=Q(told_at=None), name="bulk_steps_left")]
