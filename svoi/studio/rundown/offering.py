"""What a segment can be about: the tray first, then the shop by name, and what is looked for by words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from svoi.catalog.models import Variant
from svoi.shows.models import Show
from svoi.studio.product_choice import ProductChoice, in_her_language, product_choice


@dataclass(frozen=True, slots=True)
class Offer:
    """Products, and variants of theirs that a deal can be planned for, with their names."""

    choice: ProductChoice
    variants: list[tuple[int, str]]


def offer_of(show: Show, *, also: Iterable[int] = (), sought: str = "") -> Offer:
    """The tray in its order and the products `also`, then others of the shop whose names have all the words sought."""
    first = dict.fromkeys([*show.tray.values_list("product_id", flat=True), *also])
    choice = product_choice(community_id=show.community_id, first=first, sought=sought)
    names = dict(choice.products)
    sold = Variant.objects.filter(product__in=list(names), withdrawn_at=None).order_by("product", "position", "pk")
    return Offer(
        choice=choice,
        variants=[
            (one.pk, ", ".join(filter(None, (names[one.product_id], in_her_language(one.title, one.title_en)))))
            for one in sold
        ],
    )


def named_in(show: Show, *, product: int | None, variant: int | None) -> list[int]:
    """Products of the show's shop that a form names, itself or by a variant, wherever in the catalogue they stand."""
    variants = Variant.objects.filter(pk__in=[variant or 0], product__community_id=show.community_id)
    return [*([product] if product else []), *variants.values_list("product_id", flat=True)]
