"""What happened in the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from svoi.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class PriceChanged(Event):
    """A variant costs something else now (minor units)."""

    variant_id: int
    product_id: int
    price_minor: int
    old_price_minor: int | None


@dataclass(frozen=True, kw_only=True)
class StockRanOut(Event):
    """The last piece of a variant was taken."""

    variant_id: int
    product_id: int


@dataclass(frozen=True, kw_only=True)
class StockReturned(Event):
    """A variant that was sold out can be bought again."""

    variant_id: int
    product_id: int


@dataclass(frozen=True, kw_only=True)
class AllotmentChanged(Event):
    """Somebody stated how many pieces a show may sell of a product: set, or tightened by its host.

    `stood` is what was allotted before, nothing the first time; `taken` of them were gone at that moment.
    """

    show_id: int
    product_id: int
    by_id: int
    deed: str
    stood: int | None
    pieces: int
    taken: int
    reason: str

    def stream(self) -> str:
        return f"show:{self.show_id}"


@dataclass(frozen=True, kw_only=True)
class AllotmentRanOut(Event):
    """A show has sold all it may of a product, or set it aside; the shop may have more."""

    show_id: int
    product_id: int


@dataclass(frozen=True, kw_only=True)
class AllotmentReturned(Event):
    """A show may sell a product again: pieces came back, or more were allotted."""

    show_id: int
    product_id: int


@dataclass(frozen=True, kw_only=True)
class FeedImported(Event):
    """A product feed was taken in."""

    import_id: int
    community_id: int
    offers: int
    created: int
    changed: int
    withdrawn: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class StockCounted(Event):
    """A list of counts was taken in, from a file or from a program of the shop (`source`)."""

    community_id: int
    source: str
    rows: int
    changed: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class ApiTokenIssued(Event):
    """A program may speak for a shop from now on."""

    token_id: int
    community_id: int
    issued_by_id: int | None


@dataclass(frozen=True, kw_only=True)
class ApiTokenRevoked(Event):
    """A program may no longer speak for a shop."""

    token_id: int
    community_id: int


@dataclass(frozen=True, kw_only=True)
class CategoryDescribed(Event):
    """A shelf has another name, given by hand; `before` keeps what its words were."""

    category_id: int
    community_id: int
    by_id: int
    before: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class ProductDescribed(Event):
    """A product was described by hand; `before` keeps what the changed words were."""

    product_id: int
    community_id: int
    by_id: int
    before: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class VariantDescribed(Event):
    """A variant has another title, given by hand; `before` keeps what it was."""

    variant_id: int
    product_id: int
    by_id: int
    before: dict[str, str]
