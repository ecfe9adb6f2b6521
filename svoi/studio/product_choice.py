"""Products of a shop for a list that shows some and finds the others by words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import get_language

from svoi.catalog.models import Product
from svoi.shows.queries.choice import named_by

OFFERED_MAX = 100
SOUGHT_LETTERS_MAX = 80


@dataclass(frozen=True, slots=True)
class ProductChoice:
    """Ids and names for a list. `is_cut`: there are more, so they are looked for; `found` so many beside the first."""

    products: list[tuple[int, str]]
    sought: str
    found: int
    is_cut: bool


def product_choice(*, community_id: int, first: Collection[int] = (), sought: str = "") -> ProductChoice:
    """The products `first` in their order, then what is sold and has all the words sought in its name, by name."""
    theirs = Product.objects.filter(community_id=community_id)
    words = sought.replace("\0", " ").strip()[:SOUGHT_LETTERS_MAX]
    matching = named_by(theirs.filter(withdrawn_at=None).exclude(pk__in=first), words).order_by("name", "pk")
    found, places = matching.count(), {pk: place for place, pk in enumerate(first)}
    shown = [*sorted(theirs.filter(pk__in=first), key=lambda one: places[one.pk]), *matching[:OFFERED_MAX]]
    return ProductChoice(
        products=[(one.pk, in_her_language(one.name, one.name_en)) for one in shown],
        sought=words,
        found=found,
        is_cut=found > OFFERED_MAX or bool(words),
    )


def in_her_language(ru: str, en: str) -> str:
    return en if get_language() == "en" and en else ru
