"""What a show took of a product, and of which products it may sell no more."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from svoi.catalog.models import Allotment
from svoi.db import statements

GONE = Path(__file__).resolve().parents[1] / "sql" / "gone.sql"


def gone_in_show(*, show_id: int, product_id: int) -> int:
    """Pieces the show has taken so far, counted from its orders and deals; one query, one moment."""
    (row,) = statements.rows(GONE, {"show_id": show_id, "product_id": product_id})
    return int(str(row["pieces"]))


def sold_out_of(allotted: Mapping[int, Allotment]) -> set[int]:
    """Products of which a show has sold all it may, whatever the shop still has."""
    return {product_id for product_id, one in allotted.items() if one.is_sold_out}
