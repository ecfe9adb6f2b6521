"""Goods are described by hand: words alone, never a price or a count. A feed that comes later writes its own again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from svoi.catalog.actions.searching import index_products
from svoi.catalog.events import CategoryDescribed, ProductDescribed, VariantDescribed
from svoi.catalog.models import Category, Product, Variant
from svoi.catalog.rules.wording import CATEGORY_WORDS, PRODUCT_WORDS, VARIANT_WORDS, read_words
from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member

Typed = Mapping[str, str]


@atomic
def describe_category(*, category_id: int, words: Typed, by: Member, at: datetime) -> frozenset[str]:
    """Name a shelf anew; return which words changed. Its products are found by the new name a moment later.

    Raises `GoodsNameMissing`, `WordsTooLong`.
    """
    told = read_words(words, CATEGORY_WORDS)
    shelf = Category.objects.select_for_update(no_key=True).get(pk=category_id)
    before = _put(shelf, told)
    if before:
        record(CategoryDescribed(category_id=category_id, community_id=shelf.community_id, by_id=by.pk, before=before))
    return frozenset(before)


@atomic
def describe_product(*, product_id: int, words: Typed, by: Member, at: datetime) -> frozenset[str]:
    """Describe a product anew; return which words changed. It is found by them at once.

    Raises `GoodsNameMissing`, `WordsTooLong`.
    """
    told = read_words(words, PRODUCT_WORDS)
    product = Product.objects.select_for_update(no_key=True).get(pk=product_id)
    before = _put(product, told)
    if before:
        index_products(product_ids=[product_id])
        record(ProductDescribed(product_id=product_id, community_id=product.community_id, by_id=by.pk, before=before))
    return frozenset(before)


@atomic
def describe_variant(*, variant_id: int, words: Typed, by: Member, at: datetime) -> frozenset[str]:
    """Title a variant anew; return which words changed. Raises `WordsTooLong`."""
    told = read_words(words, VARIANT_WORDS)
    variant = Variant.objects.select_for_update(no_key=True).get(pk=variant_id)
    before = _put(variant, told)
    if before:
        index_products(product_ids=[variant.product_id])
        record(VariantDescribed(variant_id=variant_id, product_id=variant.product_id, by_id=by.pk, before=before))
    return frozenset(before)


def _put(row: Any, told: dict[str, str]) -> dict[str, str]:
    """Write what differs, and only that; what it said before comes back."""
    before = {name: getattr(row, name) for name in told if getattr(row, name) != told[name]}
    for name in before:
        setattr(row, name, told[name])
    if before:
        row.save(update_fields=list(before))
    return before
