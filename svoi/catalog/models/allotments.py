"""How much of a product one show may sell, and every change of that, by whom, when and why."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from svoi.catalog.models.goods import Product
from svoi.catalog.rules.allotments import DEEDS, REASONS
from svoi.members.models import Member


class Allotment(models.Model):
    """How many pieces of a product, of any variant, a show may sell, and how many of them are `taken`.

    Taken are pieces of orders that began in the show and those its flash deals set aside; what falls away comes back.
    `pieces` follows from `AllotmentChange` by a trigger. It is a limit: the pieces themselves stay in free stock until
    somebody takes them. Once it is `closed_at` the end of its show it limits nothing, and stays as it was then.
    """

    show_id = models.BigIntegerField()
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    pieces = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_allotment"
        constraints = [
            models.UniqueConstraint(fields=["show_id", "product"], name="allotment_once"),
            models.CheckConstraint(condition=Q(taken__lte=F("pieces")), name="allotment_is_never_oversold"),
        ]

    @property
    def left(self) -> int:
        return self.pieces - self.taken

    @property
    def is_sold_out(self) -> bool:
        return self.closed_at is None and self.left == 0


class AllotmentChange(models.Model):
    """That somebody allotted `pieces` where `before` stood (nothing the first time), `taken` of them gone by then.

    Never changed. A trigger refuses what does not follow from the allotment as it stands, so that two hands never write
    over each other; one that is `tightened` is lower than before.
    """

    show_id = models.BigIntegerField()
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", db_index=False)
    deed = models.CharField(max_length=9, choices=[(code, code) for code in DEEDS])
    before = models.PositiveIntegerField(null=True)
    pieces = models.PositiveIntegerField()
    taken = models.PositiveIntegerField()
    reason = models.CharField(max_length=8, choices=[(code, code) for code in REASONS])
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "svoi_allotmentchange"
        indexes = [models.Index(fields=["show_id", "product", "-id"], name="allotment_changes_of_show")]
        constraints = [
            models.CheckConstraint(
                condition=Q(deed="set") | Q(deed="tightened", before__gt=F("pieces")), name="allotment_only_tightens"
            ),
            models.CheckConstraint(condition=Q(reason__in=REASONS), name="allotment_reason_is_known"),
        ]
