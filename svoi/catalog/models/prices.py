"""What a variant cost, and since when."""

from __future__ import annotations

from django.db import models

from svoi.catalog.models.goods import Variant


class PriceRecord(models.Model):
    """A price asked from one moment until the next record's. Never changed or removed (trigger).

    Written by a trigger of the variants' table, so that no way of changing a price goes around it; the moment is
    the action's own (`set_moment`), or the statement's where nobody named one.
    """

    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="price_records", db_index=False)
    price_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    began_at = models.DateTimeField()

    class Meta:
        db_table = "svoi_pricerecord"
        indexes = [models.Index(fields=["variant", "began_at", "id"], name="price_history")]
