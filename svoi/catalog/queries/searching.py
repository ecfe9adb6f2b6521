"""Products by words, in Russian and English, with typos forgiven; never from another community than the one asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from svoi.catalog.queries.cards import ProductCard, cards
from svoi.catalog.queries.shelves import PAGE_CARDS
from svoi.catalog.rules.searching import (
    ALIKE_MAX,
    PAGES_MAX,
    RANKED_MAX,
    SORTED_MAX,
    Wanted,
    closest,
    fold,
    other_layout,
    words_in,
)
from svoi.db import statements

SQL = Path(__file__).resolve().parents[1] / "sql" / "search"
FIND = SQL / "find.sql"
ALONE = SQL / "alone.sql"
ALIKE = SQL / "alike.sql"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of what was found.

    `text` is what was looked for in the end: where nothing has the words as written, those they were meant to be
    (`is_meant`), or any of them instead of all (`is_partly`). `meant` is what they were meant to be though filters
    leave nothing of it. `after` asks for the next page and is None on the
    last; `is_capped` says that there are more than `total`.
    """

    cards: list[ProductCard]
    total: int
    after: int | None
    is_capped: bool
    text: str
    is_meant: bool = False
    is_partly: bool = False
    meant: str = ""


def search_products(*, community_id: int, wanted: Wanted) -> Found:
    """The products of this community that match, by three queries; three more when the words are found nowhere.

    The caller has loaded the community as one its reader may see.
    """
    asked, place = replace(wanted, text=fold(wanted.text)), _mark_among_others(community_id)
    found = _find(community_id, place, asked, asked.text)
    if found.total or asked.after or not asked.text:
        return found
    meant = meant_by(community_id=community_id, text=asked.text)
    if meant and meant != asked.text:
        other = _find(community_id, place, asked, meant)
        if other.total:
            return replace(other, is_meant=True)
    words = words_in(meant or asked.text)
    if len(words) > 1:
        partly = _find(community_id, place, asked, " or ".join(words))
        found = replace(partly, text=asked.text, is_partly=bool(partly.total))
    return found if found.total or meant == asked.text else replace(found, meant=meant)


def meant_by(*, community_id: int, text: str) -> str:
    """The question with each unknown word replaced by the one it was meant to be; empty when that cannot be told."""
    said = text.split()[:8]
    if not said:
        return ""
    rows: list[dict[str, Any]] = statements.rows(
        ALIKE,
        {
            "community_id": community_id,
            "place": place_mark(community_id),
            "words": said,
            "others": [other_layout(word) for word in said],
            "most": ALIKE_MAX,
        },
    )
    meant = [_meant(row) for row in rows]
    return " ".join(meant) if all(meant) else ""


def place_mark(community_id: int) -> str:
    """The mark by which a community's products are told apart inside the index, as a tsquery."""
    return f"'place:{int(community_id)}'"


def _meant(row: dict[str, Any]) -> str:
    if row["is_known"]:
        return str(row["word"])
    if row["is_other_known"]:
        return str(row["other"])
    return closest(row["word"], row["alike"])


def _mark_among_others(community_id: int) -> str | None:
    """Its mark, or None for a community that sells alone."""
    is_alone = statements.rows(ALONE, {"community_id": community_id})[0]["is_alone"]
    return None if is_alone else place_mark(community_id)


def _find(community_id: int, place: str | None, wanted: Wanted, text: str) -> Found:
    if not text or "-" in text:  # no index knows what nobody asked for, or what somebody does not want
        place = place_mark(community_id)
    most = RANKED_MAX if wanted.sort == "best" and text else SORTED_MAX
    after = min(wanted.after, PAGE_CARDS * PAGES_MAX)
    rows: list[dict[str, Any]] = statements.rows(
        FIND,
        {
            "community_id": community_id,
            "place": place,
            "text": text,
            "category_id": wanted.category_id,
            "from_minor": wanted.from_minor,
            "to_minor": wanted.to_minor,
            "sort": wanted.sort,
            "most": most,
            "after": after,
            "page": PAGE_CARDS,
        },
    )
    total = rows[0]["total"] if rows else 0
    seen = after + len(rows)
    goes_on = seen < min(total, PAGE_CARDS * PAGES_MAX)
    return Found(
        cards=list(cards(row["product_id"] for row in rows).values()),
        total=total,
        after=seen if goes_on else None,
        is_capped=total == most,
        text=text,
    )
