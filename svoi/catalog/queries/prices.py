"""What things cost before, from the record of every price."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from svoi.catalog.models import Variant
from svoi.catalog.rules import LOWEST_PRICE_DAYS
from svoi.db import statements
from svoi.kernel.money import Money

SQL = Path(__file__).resolve().parents[1] / "sql"
PRICES_BEFORE = SQL / "prices_before.sql"
LOWEST_PRICE = SQL / "lowest_price.sql"
LOWEST_PRICES = SQL / "lowest_prices.sql"


@dataclass(frozen=True, slots=True)
class PriceBefore:
    """Since when the present price stands, and the lowest of the 30 days before; None where nothing was asked then."""

    since: datetime
    lowest_minor: int | None


def lowest_price(*, variant_id: int, at: datetime, days: int = LOWEST_PRICE_DAYS) -> Money | None:
    """The lowest price asked within these days up to `at`, today's included; None before the first price.

    What calls itself a special price has to be below it.
    """
    found = statements.rows(LOWEST_PRICE, {"variant_id": variant_id, "at": at, "days": days})
    lowest: Any = found[0]["lowest_minor"]
    if lowest is None:
        return None
    return Money(lowest, Variant.objects.values_list("currency", flat=True).get(pk=variant_id))


def lowest_prices(variant_ids: Iterable[int], *, at: datetime, days: int = LOWEST_PRICE_DAYS) -> dict[int, int]:
    """The same for many variants in one query, in minor units; a variant without a price is left out."""
    wanted = list(variant_ids)
    if not wanted:
        return {}
    found: list[dict[str, Any]] = statements.rows(LOWEST_PRICES, {"variant_ids": wanted, "at": at, "days": days})
    return {row["variant_id"]: row["lowest_minor"] for row in found}


def prices_before(variant_ids: Iterable[int]) -> dict[int, PriceBefore]:
    """What stands beside a crossed-out price, by variant, in one query."""
    wanted = list(variant_ids)
    if not wanted:
        return {}
    found: list[dict[str, Any]] = statements.rows(PRICES_BEFORE, {"variant_ids": wanted, "days": LOWEST_PRICE_DAYS})
    return {row.pop("variant_id"): PriceBefore(**row) for row in found}
