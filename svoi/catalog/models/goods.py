"""What the brand sells: categories, products, their variants and pictures, and the stock of each variant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from svoi.communities.models import Community
from svoi.kernel.money import Money

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from svoi.members.models import Member


class Category(models.Model):
    """A shelf of the catalogue, as the feed names it."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="categories")
    external_id = models.CharField(max_length=64)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    name = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)

    class Meta:
        db_table = "svoi_category"
        constraints = [models.UniqueConstraint(fields=["community", "external_id"], name="category_once")]


class ProductQuerySet(models.QuerySet["Product"]):
    """Products as seen by somebody: those of a closed community are not found by strangers."""

    def visible_to(self, member: Member | AnonymousUser) -> ProductQuerySet:
        return self.filter(community__in=Community.objects.visible_to(member).values("pk"))


class Product(models.Model):
    """A thing with one story and one or more variants. `withdrawn_at` keeps what old orders point to."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="products")
    external_id = models.CharField(max_length=64)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, related_name="products")
    name = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)
    vendor = models.CharField(max_length=120, blank=True)
    description = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        db_table = "svoi_product"
        constraints = [models.UniqueConstraint(fields=["community", "external_id"], name="product_once")]
        indexes = [models.Index(fields=["community", "category"], name="product_shelf")]

    def __str__(self) -> str:
        return self.name


class Variant(models.Model):
    """What can be put into an order: one offer of the feed, with its own price, params and code."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="variants")
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=64)
    title = models.CharField(max_length=120, blank=True)
    title_en = models.CharField(max_length=120, blank=True)
    price_minor = models.BigIntegerField()
    old_price_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="RUB")
    vendor_code = models.CharField(max_length=64, blank=True)
    barcode = models.CharField(max_length=32, blank=True)
    params = models.JSONField(default=list)
    position = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_variant"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["community", "external_id"], name="variant_once"),
            models.CheckConstraint(condition=Q(price_minor__gt=0), name="variant_has_a_price"),
            models.CheckConstraint(
                condition=Q(old_price_minor__isnull=True) | Q(old_price_minor__gt=F("price_minor")),
                name="variant_old_price_is_higher",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "vendor_code"], name="variant_article", condition=~Q(vendor_code="")),
        ]

    @property
    def price(self) -> Money:
        return Money(self.price_minor, self.currency)

    @property
    def old_price(self) -> Money | None:
        return None if self.old_price_minor is None else Money(self.old_price_minor, self.currency)


class Stock(models.Model):
    """How many pieces of a variant can still be sold. Orders take from it and give back to it.

    `on_hand` may not go below zero, whatever happens. `feed_count` is what the feed said last, so that
    importing the same feed again does not put back what was sold meanwhile.
    """

    variant = models.OneToOneField(Variant, on_delete=models.PROTECT, primary_key=True, related_name="stock")
    on_hand = models.IntegerField(default=0)
    feed_count = models.IntegerField(null=True)

    class Meta:
        db_table = "svoi_stock"
        constraints = [models.CheckConstraint(condition=Q(on_hand__gte=0), name="stock_is_never_oversold")]


class Picture(models.Model):
    """A picture of a variant, in the feed's order: an address, or a file under the media folder."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="pictures")
    position = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=512)
    file = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "svoi_picture"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["variant", "position"], name="picture_place_once")]


class FeedImport(models.Model):
    """One import of a feed: what came in, what changed, what was refused and why."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="feed_imports")
    source = models.CharField(max_length=300)
    feed_date = models.CharField(max_length=40, blank=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(db_default=Now())
    offers = models.PositiveIntegerField()
    created = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    withdrawn = models.PositiveIntegerField()
    refused = models.JSONField(default=list)

    class Meta:
        db_table = "svoi_feedimport"
