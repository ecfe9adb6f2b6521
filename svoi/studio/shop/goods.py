"""Products of a shop for its keeper: also those that are sold out or withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum

from svoi.catalog.models import Product, Stock, Variant
from svoi.catalog.queries import ProductCard, cards, lowest_prices, picture_address, search_products
from svoi.catalog.rules.searching import Wanted
from svoi.communities.models import Community
from svoi.studio.shop.asking import PAGE_ROWS


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product in one line: its face, how many variants and pieces, and the lowest price of 30 days of its face."""

    card: ProductCard
    variants: int
    left: int
    lowest_minor: int | None


@dataclass(frozen=True, slots=True)
class ProductList:
    """A page of products; `meant` is what misspelt words were taken for."""

    rows: list[ProductRow]
    after: int | None
    meant: str = ""


@dataclass(frozen=True, slots=True)
class VariantRow:
    """A variant as its keeper changes it: `said` is the count told last, `left` what can still be sold of it."""

    variant: Variant
    left: int
    said: int | None
    lowest_minor: int | None
    picture: str


def product_list(*, place: Community, section: str, text: str, after: int | None, at: datetime) -> ProductList:
    """By words through the shop's own search, which knows what is on sale; otherwise the newest first."""
    if text and section != "withdrawn":
        found = search_products(community_id=place.pk, wanted=Wanted(text=text, after=after or 0))
        return ProductList(_rows([card.product_id for card in found.cards], at), found.after, _meant(found.text, text))
    products = Product.objects.filter(community=place)
    if section == "withdrawn":
        products = products.filter(withdrawn_at__isnull=False)
        for word in text.split():
            products = products.filter(Q(name__icontains=word) | Q(name_en__icontains=word))
    if after:
        products = products.filter(pk__lt=after)
    page = list(products.order_by("-pk").values_list("pk", flat=True)[: PAGE_ROWS + 1])
    shown = page[:PAGE_ROWS]
    return ProductList(_rows(shown, at), shown[-1] if len(page) > PAGE_ROWS else None)


def variant_rows(product: Product, *, at: datetime) -> list[VariantRow]:
    """Every variant of a product, withdrawn ones last; three queries."""
    variants = list(product.variants.select_related("stock").prefetch_related("pictures"))
    variants.sort(key=lambda one: one.withdrawn_at is not None)
    lowest = lowest_prices((one.pk for one in variants), at=at)
    return [_row(one, lowest.get(one.pk)) for one in variants]


def _row(variant: Variant, lowest_minor: int | None) -> VariantRow:
    stock: Stock | None = getattr(variant, "stock", None)
    picture = picture_address(next(iter(variant.pictures.all()), None))
    left, said = (stock.on_hand, stock.feed_count) if stock else (0, None)
    return VariantRow(variant, left, said, lowest_minor, picture)


def _rows(product_ids: list[int], at: datetime) -> list[ProductRow]:
    """Three queries however many."""
    faces = list(cards(product_ids).values())
    lowest = lowest_prices((face.variant_id for face in faces), at=at)
    counted = (
        Variant.objects.filter(product__in=product_ids, withdrawn_at=None)
        .order_by()
        .values("product_id")
        .annotate(variants=Count("pk"), left=Sum("stock__on_hand"))
    )
    known = {row["product_id"]: (row["variants"], row["left"] or 0) for row in counted}
    return [
        ProductRow(
            face,
            *known.get(face.product_id, (0, 0)),
            lowest_minor=lowest.get(face.variant_id),
        )
        for face in faces
    ]


def _meant(found: str, asked: str) -> str:
    return found if found.casefold() != asked.casefold().replace("ё", "е") else ""
