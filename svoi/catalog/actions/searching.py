"""What products are found by is read anew: after an import what changed, every night all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from svoi.catalog.models import ProductText
from svoi.db import statements
from svoi.db.transaction import atomic

SQL = Path(__file__).resolve().parents[1] / "sql" / "search"
BATCH_PRODUCTS = 1_000


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many products were read anew, and how many words the shop knows now."""

    products: int
    words: int


def refresh_search(*, community_id: int, whole: bool = False) -> Refreshed:
    """Make products findable by what they say now, then learn their words. Safe to repeat and to break off.

    In short transactions, since an open one holds the relay back; the words are read outside of any.
    """
    read, after = 0, 0
    while batch := _behind(community_id, whole, after):
        index_products(product_ids=batch)
        read, after = read + len(batch), batch[-1]
    return Refreshed(read, _learn_words(community_id))


def refresh_category(*, category_id: int, community_id: int, at: datetime) -> Refreshed:
    """Make the products of a shelf findable by its new name; for the worker, since a shelf may hold very many."""
    ProductText.objects.filter(category_id=category_id).update(stale_since=at)
    return refresh_search(community_id=community_id)


def _behind(community_id: int, whole: bool, after: int) -> list[int]:  # noqa: FBT001 - private, and named by its caller
    asked = {"community_id": community_id, "whole": whole, "after": after, "most": BATCH_PRODUCTS}
    rows: list[dict[str, Any]] = statements.rows(SQL / "behind.sql", asked)
    return [row["id"] for row in rows]


@atomic
def index_products(*, product_ids: list[int]) -> None:
    """Write what these products are found by, where it differs."""
    with connection.cursor() as cursor:
        cursor.execute(statements.load(SQL / "index.sql"), {"product_ids": product_ids})


def _learn_words(community_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("set statement_timeout = '900s'")  # reading a million products takes longer than a page may
    try:
        known: list[dict[str, Any]] = statements.rows(SQL / "words.sql", {"community_id": community_id})
        _keep_words(community_id, known)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("reset statement_timeout")
    return len(known)


@atomic
def _keep_words(community_id: int, known: list[dict[str, Any]]) -> None:
    told: dict[str, Any] = {
        "community_id": community_id,
        "words": [row["word"] for row in known],
        "spreads": [row["spread"] for row in known],
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.load(SQL / "keep_words.sql"), told)
