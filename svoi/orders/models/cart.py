"""What a member laid aside to buy: kept between visits, reserving nothing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from svoi.catalog.models import Variant
from svoi.catalog.rules import QUANTITY_MAX
from svoi.communities.models import Community
from svoi.kernel.money import Money
from svoi.members.models import Member
from svoi.orders.rules import ORIGINS, Origin


class CartLine(models.Model):
    """So many pieces of a variant in somebody's cart, with the price she saw then and where she met it."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="cart_lines")
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField()
    shown_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="RUB")
    origin_kind = models.CharField(max_length=12, choices=[(code, code) for code in ORIGINS])
    origin_id = models.BigIntegerField(null=True)
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_cartline"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["member", "variant"], name="cart_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__range=(1, QUANTITY_MAX)) & Q(shown_minor__gt=0), name="cart_line_is_real"
            ),
        ]

    @property
    def shown_price(self) -> Money:
        return Money(self.shown_minor, self.currency)

    @property
    def origin(self) -> Origin:
        return Origin(self.origin_kind, self.origin_id)
