"""A deal, the moment it was set off, who took how much, what became of it, and its end: facts that never change."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from svoi.catalog.models import Variant
from svoi.communities.models import Community
from svoi.flash.rules import BOUNDS, armed_until
from svoi.kernel.money import Money
from svoi.members.models import Member
from svoi.orders.models import Order

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

CLOSED_FOR = ("sold_out", "ended", "called_off")


class FlashDealQuerySet(models.QuerySet["FlashDeal"]):
    """Deals as seen by somebody: those of a closed community are not found by strangers, armed ones by nobody."""

    def visible_to(self, member: Member | AnonymousUser) -> FlashDealQuerySet:
        return self.filter(community__in=Community.objects.visible_to(member).values("pk"), firing__isnull=False)

    def unsettled(self) -> FlashDealQuerySet:
        """Fired, and not every piece has found its place yet."""
        return self.filter(firing__isnull=False, settling__isnull=True)


class FlashDeal(models.Model):
    """Pieces of a variant promised to a show's room, with all that holds for them, as it was stated when armed.

    `lowest_minor` is the lowest price of the last 30 days the price was checked against.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="flash_deals")
    show_id = models.BigIntegerField()
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="flash_deals")
    price_minor = models.BigIntegerField()
    lowest_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    quantity = models.PositiveIntegerField()
    per_person = models.PositiveSmallIntegerField()
    countdown_s = models.PositiveSmallIntegerField()
    runs_s = models.PositiveSmallIntegerField()
    reserve_s = models.PositiveSmallIntegerField()
    age_days = models.PositiveSmallIntegerField()
    armed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    armed_at = models.DateTimeField()
    key = models.UUIDField()

    objects = FlashDealQuerySet.as_manager()

    class Meta:
        db_table = "svoi_flashdeal"
        constraints = [
            models.CheckConstraint(
                condition=Q(price_minor__gt=0, price_minor__lt=F("lowest_minor")), name="flash_is_below_the_lowest"
            ),
            *(
                models.CheckConstraint(
                    condition=Q((f"{name}__gte", least), (f"{name}__lte", most)), name=f"flash_{name}_fits"
                )
                for name, (least, most) in BOUNDS.items()
            ),
            models.UniqueConstraint(fields=["id", "quantity"], name="flash_promises_once"),
            models.UniqueConstraint(fields=["armed_by", "key"], name="flash_armed_once"),
        ]
        indexes = [
            models.Index(fields=["show_id", "-armed_at"], name="flash_of_show"),
            models.Index(fields=["variant", "-armed_at"], name="flash_of_variant"),
        ]

    @property
    def price(self) -> Money:
        return Money(self.price_minor, self.currency)

    @property
    def lowest(self) -> Money:
        return Money(self.lowest_minor, self.currency)

    @property
    def armed_until(self) -> datetime:
        return armed_until(self.armed_at)


class FlashFiring(models.Model):
    """The second press: from here on the pieces are out of free stock, and the room counts down."""

    deal = models.OneToOneField(FlashDeal, on_delete=models.PROTECT, primary_key=True, related_name="firing")
    fired_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    fired_at = models.DateTimeField()
    opens_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "svoi_flashfiring"
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__gt=F("fired_at"), ends_at__gt=F("opens_at")), name="flash_ends_after_it_opened"
            )
        ]


class FlashClaimQuerySet(models.QuerySet["FlashClaim"]):
    """Claims by what became of them."""

    def late(self, *, at: datetime) -> FlashClaimQuerySet:
        """Open, and the time is over, extensions counted."""
        return self.open().filter(until__lte=at).exclude(extensions__until__gt=at)

    def open(self) -> FlashClaimQuerySet:
        """Neither an order nor given back."""
        return self.filter(ending__isnull=True)


class FlashClaim(models.Model):
    """Pieces somebody took: from the one after `after` up to `position`, kept for her until she pays or time is over.

    Written by one SQL function only. The keys are the guarantee: one claim a member, each beginning where exactly one
    other ends, none beyond what the deal has (`of`). No piece can be claimed twice, whoever writes beside it.
    """

    deal = models.ForeignKey(
        FlashDeal, on_delete=models.PROTECT, related_name="claims", db_index=False, db_constraint=False
    )
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="flash_claims", db_index=False, db_constraint=False
    )
    after = models.PositiveIntegerField(null=True)  # the position of the claim before; nothing for the first
    position = models.PositiveIntegerField()
    quantity = models.PositiveSmallIntegerField()
    of = models.PositiveIntegerField()
    key = models.UUIDField()
    taken_at = models.DateTimeField()
    until = models.DateTimeField()

    objects = FlashClaimQuerySet.as_manager()

    class Meta:
        db_table = "svoi_flashclaim"
        constraints = [
            models.UniqueConstraint(fields=["deal", "member"], name="flash_claim_once"),
            models.UniqueConstraint(fields=["deal", "position"], name="flash_position_once"),
            models.UniqueConstraint(fields=["deal", "after"], name="flash_follows_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, position__lte=F("of"))
                & Q(position=Coalesce(F("after"), Value(0)) + F("quantity")),
                name="flash_claim_is_within",
            ),
        ]

    @property
    def kept_until(self) -> datetime:
        """The end of her time, extensions counted."""
        return max([self.until, *(one.until for one in self.extensions.all())])


class FlashExtension(models.Model):
    """More time for pieces that are kept, the `nth` time."""

    claim = models.ForeignKey(FlashClaim, on_delete=models.PROTECT, related_name="extensions", db_index=False)
    nth = models.PositiveSmallIntegerField()
    until = models.DateTimeField()
    extended_at = models.DateTimeField()

    class Meta:
        db_table = "svoi_flashextension"
        constraints = [models.UniqueConstraint(fields=["claim", "nth"], name="flash_extension_once")]


class FlashEnding(models.Model):
    """What became of claimed pieces, once: an order, or back to free stock when there is none."""

    claim = models.OneToOneField(FlashClaim, on_delete=models.PROTECT, primary_key=True, related_name="ending")
    order = models.OneToOneField(Order, on_delete=models.PROTECT, null=True, related_name="flash")
    ended_at = models.DateTimeField()

    class Meta:
        db_table = "svoi_flashending"


class FlashClosing(models.Model):
    """The end of taking: all gone, time over, or called off. What nobody took went back to free stock."""

    deal = models.OneToOneField(FlashDeal, on_delete=models.PROTECT, primary_key=True, related_name="closing")
    closed_for = models.CharField(max_length=10, choices=[(code, code) for code in CLOSED_FOR])
    returned = models.PositiveIntegerField(default=0)
    closed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField()

    class Meta:
        db_table = "svoi_flashclosing"
        constraints = [
            models.CheckConstraint(condition=Q(closed_for__in=CLOSED_FOR), name="flash_closing_reason_is_known")
        ]


class FlashSettling(models.Model):
    """From here on nothing of a deal is open: each piece is in an order or back in free stock."""

    deal = models.OneToOneField(FlashDeal, on_delete=models.PROTECT, primary_key=True, related_name="settling")
    settled_at = models.DateTimeField()

    class Meta:
        db_table = "svoi_flashsettling"
