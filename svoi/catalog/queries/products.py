"""One product with everything its page tells."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from svoi.catalog.models import Product, Variant
from svoi.catalog.queries.cards import picture_address
from svoi.catalog.queries.prices import PriceBefore, prices_before
from svoi.db import statements

TRAIL = Path(__file__).resolve().parents[1] / "sql" / "trail.sql"
TRAIL_MAX = 10
FEW_LEFT = 5


class Step(NamedTuple):
    """A category on the way to a product."""

    id: int
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A variant as it is offered now: how many are left, and its pictures' addresses in order."""

    variant: Variant
    on_hand: int
    pictures: list[str]
    before: PriceBefore | None = None


@dataclass(frozen=True, slots=True)
class ProductPage:
    """A product, its variants in the seller's order, and the way to it through the categories, topmost first."""

    product: Product
    offered: list[Offered]
    trail: list[Step]

    @property
    def cheapest(self) -> Offered | None:
        """What is chosen at first: the cheapest that can be bought, else the cheapest."""
        return min(self.offered, key=lambda each: (each.on_hand == 0, each.variant.price_minor), default=None)

    def choose(self, variant_id: int | None) -> Offer:
        """The page with the wanted variant chosen, else the cheapest that can be bought; every picture once."""
        chosen = next((each for each in self.offered if each.variant.pk == variant_id), self.cheapest)
        first = [chosen] if chosen else []
        addresses = [address for each in (*first, *self.offered) for address in each.pictures]
        return Offer(self, chosen, [*dict.fromkeys(filter(None, addresses))])


@dataclass(frozen=True, slots=True)
class Offer:
    """A product's page with one variant chosen; its pictures come first."""

    page: ProductPage
    chosen: Offered | None
    pictures: list[str]

    @property
    def is_plenty(self) -> bool:
        return self.chosen is not None and self.chosen.on_hand > FEW_LEFT


def product_page(*, product_id: int) -> ProductPage:
    """The page of a product, also of one no longer sold, then without variants; raises `Product.DoesNotExist`."""
    product = Product.objects.get(pk=product_id)
    return ProductPage(product, offered_of(product), _trail(product.category_id))


def offered_of(product: Product) -> list[Offered]:
    """The variants that are sold, in the seller's order, with stock, pictures and earlier prices; three queries."""
    sold = list(product.variants.filter(withdrawn_at=None).select_related("stock").prefetch_related("pictures"))
    before = prices_before(each.pk for each in sold)
    return [_offered(each, before.get(each.pk)) for each in sold]


def _offered(variant: Variant, before: PriceBefore | None) -> Offered:
    stock = getattr(variant, "stock", None)
    pictures = [picture_address(each) for each in variant.pictures.all()]
    return Offered(variant, stock.on_hand if stock else 0, pictures, before)


def _trail(category_id: int | None) -> list[Step]:
    rows: list[dict[str, Any]] = statements.rows(TRAIL, {"category_id": category_id, "most": TRAIL_MAX})
    return [Step(**row) for row in rows]
