"""The rules of a community's points as they followed each other, who changed the budget, and what orders earn."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.points.rules import (
    BUDGET_CHANGE_MAX,
    EARN_PERCENT_MAX,
    LIFE_DAYS_MAX,
    SPEND_PERCENT_MAX,
    Terms,
)


class PointsPolicy(models.Model):
    """The rules from one moment until the next row of the community; never changed, so that promises can be read."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+", db_index=False)
    earn_percent = models.PositiveSmallIntegerField()
    spend_percent = models.PositiveSmallIntegerField()
    life_days = models.PositiveSmallIntegerField()
    changed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    since_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_pointspolicy"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    earn_percent__lte=EARN_PERCENT_MAX,
                    spend_percent__lte=SPEND_PERCENT_MAX,
                    life_days__lte=LIFE_DAYS_MAX,
                ),
                name="points_policy_within_bounds",
            )
        ]
        indexes = [models.Index(fields=["community", "-since_at", "-id"], name="points_policies_of_shop")]

    @property
    def terms(self) -> Terms:
        return Terms(self.earn_percent, self.spend_percent, self.life_days, self.since_at)


class BudgetChange(models.Model):
    """Points put into a budget, or taken out of it (below zero): by whom and why. `key` comes from her page."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+", db_index=False)
    amount = models.IntegerField()
    reason = models.CharField(max_length=200)
    key = models.UUIDField()
    changed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_budgetchange"
        constraints = [
            models.UniqueConstraint(fields=["changed_by", "key"], name="one_budget_change_per_tap"),
            models.CheckConstraint(
                condition=~Q(amount=0) & Q(amount__range=(-BUDGET_CHANGE_MAX, BUDGET_CHANGE_MAX)) & ~Q(reason=""),
                name="budget_change_is_real",
            ),
        ]
        indexes = [models.Index(fields=["community", "-id"], name="budget_changes_of_shop")]


class Earning(models.Model):
    """Points earned by one subject (`order:12`), once: of `kept_minor` at `earn_percent`; owed until `paid_at`."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+", db_index=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=40, unique=True)
    kept_minor = models.BigIntegerField()
    earn_percent = models.PositiveSmallIntegerField()
    amount = models.IntegerField()
    earned_at = models.DateTimeField(db_default=Now())
    paid_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_earning"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, kept_minor__gt=0), name="earning_is_worth_something")
        ]
        indexes = [models.Index(fields=["community", "id"], condition=Q(paid_at=None), name="earnings_owed")]
