"""An order of one person, and its lines at the price she saw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from svoi.catalog.models import Variant
from svoi.communities.models import Community
from svoi.communities.rules import MAY_KEEP_SHOP
from svoi.kernel.money import Money
from svoi.members.models import Member
from svoi.orders.rules import ORIGINS, WITHDRAWAL_REASONS, Origin, Stage, order_named, stage_of
from svoi.pickup.models import PickupPoint
from svoi.points.rules import LEFT_TO_PAY_MINOR, POINT_MINOR, worth

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class OrderQuerySet(models.QuerySet["Order"]):
    """Orders as seen by those who keep the shop, and by how far they have come."""

    def kept_by(self, member: Member | AnonymousUser) -> OrderQuerySet:
        """Orders of the communities whose shop this person keeps; none for anybody else."""
        return self.filter(community__in=Community.objects.with_role(member, MAY_KEEP_SHOP).values("pk"))

    def unpaid(self) -> OrderQuerySet:
        """Waiting for money; their stock goes back when their time is over."""
        return self.filter(paid_at=None, held_at=None, cancelled_at=None)


class Order(models.Model):
    """A purchase. Its stages are moments; money decides between paid and cancelled, never both.

    `key` comes from the buyer's page: the same tap sent twice finds the order it made. `origin_kind` and
    `origin_id` say where the order began, and never change; each line keeps an origin of its own. A paid order is
    `withdrawn` when all its money goes back before the goods were collected, `kept` once the days of the right to
    return are over. `points_spent` take their worth off `total_minor`; the rest is paid in money.
    """

    number = models.CharField(max_length=16, unique=True)
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="orders")
    buyer = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="orders")
    pickup_point = models.ForeignKey(PickupPoint, on_delete=models.PROTECT, related_name="orders")
    origin_kind = models.CharField(max_length=12, choices=[(code, code) for code in ORIGINS])
    origin_id = models.BigIntegerField(null=True)
    total_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="RUB")
    points_spent = models.PositiveIntegerField(default=0)
    announced = models.BooleanField(default=False)
    key = models.UUIDField()
    method = models.CharField(max_length=8, blank=True)
    receipt_to = models.CharField(max_length=254, blank=True)
    placed_at = models.DateTimeField(db_default=Now())
    reserved_until = models.DateTimeField()
    extended = models.PositiveSmallIntegerField(default=0)
    held_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_for = models.CharField(max_length=24, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_for = models.CharField(max_length=16, blank=True, choices=[(code, code) for code in WITHDRAWAL_REASONS])
    collected_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    restocked_at = models.DateTimeField(null=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        db_table = "svoi_order"
        constraints = [
            models.UniqueConstraint(fields=["buyer", "key"], name="one_order_per_tap"),
            models.CheckConstraint(condition=Q(total_minor__gt=0), name="order_costs_something"),
            models.CheckConstraint(
                condition=Q(points_spent=0)
                | Q(total_minor__gte=F("points_spent") * POINT_MINOR + LEFT_TO_PAY_MINOR, currency="RUB"),
                name="order_leaves_something_to_pay",
            ),
            models.CheckConstraint(
                condition=Q(paid_at__isnull=True) | Q(cancelled_at__isnull=True), name="order_paid_or_cancelled"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, collected_at=None)
                | Q(paid_at__isnull=False) & (Q(withdrawn_at=None) | Q(collected_at=None)),
                name="order_withdrawn_or_collected_after_payment",
            ),
            models.CheckConstraint(
                condition=Q(kept_at=None, returned_at=None)
                | Q(collected_at__isnull=False) & (Q(kept_at=None) | Q(returned_at=None)),
                name="order_kept_or_returned_after_collection",
            ),
        ]
        indexes = [
            models.Index(fields=["buyer", "-placed_at"], name="orders_of_buyer"),
            models.Index(fields=["community", "-placed_at", "-id"], name="orders_of_shop"),
            models.Index(
                fields=["community", "-placed_at", "-id"],
                condition=Q(collected_at=None, cancelled_at=None, withdrawn_at=None),
                name="orders_under_way",
            ),
            models.Index(fields=["origin_kind", "origin_id"], name="orders_of_origin"),
            models.Index(
                fields=["reserved_until"],
                condition=Q(paid_at__isnull=True, held_at__isnull=True, cancelled_at__isnull=True),
                name="orders_to_expire",
            ),
            models.Index(
                fields=["collected_at"],
                condition=Q(collected_at__isnull=False, kept_at__isnull=True, returned_at__isnull=True),
                name="orders_to_keep",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def total(self) -> Money:
        return Money(self.total_minor, self.currency)

    @property
    def discount(self) -> Money:
        """What her points take off."""
        return worth(self.points_spent)

    @property
    def payable(self) -> Money:
        """What is paid in money."""
        return self.total - self.discount if self.points_spent else self.total

    @property
    def subject(self) -> str:
        """How rooms below name it."""
        return order_named(self.pk)

    def told(self) -> dict[str, Any]:
        """The fields of an `OrderEvent`."""
        return {**self.told_later(), "origin_kind": self.origin_kind, "origin_id": self.origin_id}

    def told_later(self) -> dict[str, Any]:
        """The fields of an `OrderLater`."""
        return {"order_id": self.pk, "buyer_id": self.buyer_id}

    @property
    def stage(self) -> Stage:
        return stage_of(
            held=self.held_at is not None,
            paid=self.paid_at is not None,
            collected=self.collected_at is not None,
            kept=self.kept_at is not None,
            returned=self.returned_at is not None,
            cancelled=self.cancelled_at is not None,
            withdrawn=self.withdrawn_at is not None,
        )


class OrderLine(models.Model):
    """So many pieces of a variant, under the name and at the price the buyer saw, and where she met it."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="order_lines")
    name = models.CharField(max_length=380)
    name_en = models.CharField(max_length=380, blank=True)
    quantity = models.PositiveSmallIntegerField()
    price_minor = models.BigIntegerField()
    origin_kind = models.CharField(max_length=12, choices=[(code, code) for code in ORIGINS], default="product")
    origin_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "svoi_orderline"
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1) & Q(price_minor__gt=0), name="order_line_is_real"),
            models.UniqueConstraint(fields=["order", "variant"], name="order_line_once"),
        ]
        indexes = [models.Index(fields=["origin_kind", "origin_id"], name="order_lines_of_origin")]

    @property
    def origin(self) -> Origin:
        return Origin(self.origin_kind, self.origin_id)

    @property
    def sum(self) -> Money:
        return Money(self.price_minor * self.quantity, self.order.currency)


LINE_SUM = F("price_minor") * F("quantity")
# What of a line is paid in money: points are a discount over the whole order. Exact without them, else to a kopeck.
LINE_PAID = LINE_SUM - LINE_SUM * F("order__points_spent") * POINT_MINOR / F("order__total_minor")
