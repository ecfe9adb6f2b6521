"""What a shop has on its shelves, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from svoi.catalog.models import Category
from svoi.catalog.queries.cards import ProductCard, cards
from svoi.db import statements

SHELF = Path(__file__).resolve().parents[1] / "sql" / "shelf.sql"
PAGE_CARDS = 24


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of cards; `after` asks for the next one and is None on the last."""

    cards: list[ProductCard]
    after: int | None


def shelf(*, community_id: int, category_id: int | None = None, after: int | None = None) -> Shelf:
    """Products on sale in the feed's order, in two queries however many; a category shows all below it too."""
    asked = {"community_id": community_id, "category_id": category_id, "after": after or 0, "most": PAGE_CARDS + 1}
    found = [int(str(row["id"])) for row in statements.rows(SHELF, asked)]
    shown = found[:PAGE_CARDS]
    return Shelf(list(cards(shown).values()), shown[-1] if len(found) > PAGE_CARDS else None)


def shelves_of(*, community_id: int, parent_id: int | None = None) -> list[Category]:
    """The categories right below one, or the topmost, in the feed's order."""
    return list(Category.objects.filter(community_id=community_id, parent_id=parent_id).order_by("id"))


class Aisle(NamedTuple):
    """Where the reader stands among the shelves: the shelf itself, the one above, and those beside or below."""

    here: Category | None
    above: Category | None
    beside: list[Category]


def aisle(*, community_id: int, category_id: int | None) -> Aisle:
    """Shelves to choose from. A shop whose one top shelf holds everything is entered through it."""
    top = shelves_of(community_id=community_id)
    root = top[0] if len(top) == 1 else None
    here = Category.objects.filter(community_id=community_id, pk=category_id).first() if category_id else None
    if here is None or here == root:
        return Aisle(None, None, shelves_of(community_id=community_id, parent_id=root.pk) if root else top)
    below = shelves_of(community_id=community_id, parent_id=here.pk)
    if below:
        return Aisle(here, None, below)
    above = here.parent if here.parent_id and (root is None or here.parent_id != root.pk) else None
    return Aisle(here, above, shelves_of(community_id=community_id, parent_id=here.parent_id))
