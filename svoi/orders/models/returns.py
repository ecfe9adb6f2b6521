"""Goods on their way back after the hand-over, and the sum that follows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from svoi.communities.models import Community
from svoi.communities.rules import MAY_KEEP_SHOP
from svoi.kernel.money import Money
from svoi.members.models import Member
from svoi.orders.models.order import Order, OrderLine
from svoi.orders.rules import RETURN_REASONS, return_stage
from svoi.orders.rules.returning import ReturnStage

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

OPEN = Q(declined_at=None, dropped_at=None, received_at=None)


class ReturnQuerySet(models.QuerySet["Return"]):
    """Returns as seen by those who keep the shop."""

    def kept_by(self, member: Member | AnonymousUser) -> ReturnQuerySet:
        return self.filter(order__community__in=Community.objects.with_role(member, MAY_KEEP_SHOP).values("pk"))

    def open(self) -> ReturnQuerySet:
        """Asked for or accepted, and neither received nor over."""
        return self.filter(OPEN)


class Return(models.Model):
    """A member asks to give goods back. Its stages are moments; `is_right` says the law gives her that, so that
    nobody declines it. `amount_minor` is what goes back to her when the goods are received, `points_back` the points
    that do."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="returns")
    key = models.UUIDField()
    reason = models.CharField(max_length=16, choices=[(code, code) for code in RETURN_REASONS])
    words = models.CharField(max_length=500, blank=True)
    is_right = models.BooleanField()
    amount_minor = models.BigIntegerField()
    points_back = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(db_default=Now())
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    decided_words = models.CharField(max_length=500, blank=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_for = models.CharField(max_length=16, blank=True)
    received_at = models.DateTimeField(null=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        db_table = "svoi_return"
        constraints = [
            models.UniqueConstraint(fields=["order", "key"], name="one_return_per_tap"),
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="return_takes_nothing"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None), name="return_accepted_or_declined"
            ),
            models.CheckConstraint(
                condition=Q(received_at=None) | Q(accepted_at__isnull=False, dropped_at=None),
                name="return_received_after_acceptance",
            ),
            models.CheckConstraint(
                condition=Q(is_right=False) | Q(declined_at=None), name="return_by_right_is_never_declined"
            ),
        ]
        indexes = [
            models.Index(fields=["order", "-id"], name="returns_of_order"),
            models.Index(fields=["accepted_at"], condition=OPEN, name="returns_open"),
        ]

    @property
    def stage(self) -> ReturnStage:
        return return_stage(
            accepted=self.accepted_at is not None,
            declined=self.declined_at is not None,
            dropped=self.dropped_at is not None,
            received=self.received_at is not None,
        )

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.order.currency)

    @property
    def claim(self) -> str:
        """How the point names it when the goods are given in."""
        return f"return:{self.pk}"


class ReturnLine(models.Model):
    """So many pieces of a line come back. A trigger holds all returns of a line within what was bought."""

    returning = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="lines")
    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="return_lines")
    quantity = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "svoi_returnline"
        constraints = [
            models.UniqueConstraint(fields=["returning", "order_line"], name="return_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="return_line_is_real"),
        ]
