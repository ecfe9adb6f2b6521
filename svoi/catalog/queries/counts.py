"""What a list of counts would change, looked over before anything is touched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from svoi.catalog.models import Variant
from svoi.catalog.rules.stock_lists import Counted, RowBroken, StockListRefused
from svoi.db import statements

CODED = Path(__file__).resolve().parents[1] / "sql" / "stock" / "coded.sql"


@dataclass(frozen=True, slots=True)
class CountChange:
    """A row that would change a stock: how much is left for sale now, and how much would be."""

    place: int
    code: str
    count: int
    variant: Variant
    left: int
    would_be: int


@dataclass(slots=True)
class CountsSeen:
    """Rows of a list: those that change something, how many say what is known, and those that cannot be taken."""

    rows: int = 0
    same: int = 0
    changes: list[CountChange] = field(default_factory=list)
    broken: list[RowBroken] = field(default_factory=list)


def look_over_counts(*, community_id: int, rows: Iterable[Counted | RowBroken], rows_max: int) -> CountsSeen:
    """What `set_counts` would do with these rows, by two queries. Raises `StockListRefused` like it."""
    seen, sound = CountsSeen(), list[Counted]()
    for row in rows:
        seen.rows += 1
        if seen.rows > rows_max:
            raise StockListRefused(reason="too_many", most=rows_max)
        if isinstance(row, RowBroken):
            seen.broken.append(row)
        else:
            sound.append(row)
    if not seen.rows:
        raise StockListRefused(reason="empty")
    _compare(community_id, sound, seen)
    seen.broken.sort(key=lambda broken: broken.place)
    return seen


def _compare(community_id: int, sound: list[Counted], seen: CountsSeen) -> None:
    meant: dict[str, list[int]] = {}
    asked = {"community_id": community_id, "codes": [row.code for row in sound]}
    found: list[dict[str, Any]] = statements.rows(CODED, asked)
    for each in found:
        meant.setdefault(each["code"], []).append(each["variant_id"])
    ids = {variant for variants in meant.values() for variant in variants}
    variants = Variant.objects.select_related("product", "stock").in_bulk(ids)
    codes: set[str] = set()
    taken: set[int] = set()
    for row in sound:
        ways = meant.get(row.code, [])
        if row.code in codes or (len(ways) == 1 and ways[0] in taken):
            seen.broken.append(RowBroken(row.place, "repeated_code", row.code))
        elif len(ways) != 1:
            seen.broken.append(RowBroken(row.place, "ambiguous_code" if ways else "unknown_code", row.code))
        else:
            taken.add(ways[0])
            _weigh(row, variants[ways[0]], seen)
        codes.add(row.code)


def _weigh(row: Counted, variant: Variant, seen: CountsSeen) -> None:
    """As the statement that sets counts does: the difference to the count said before moves what is left."""
    stock = getattr(variant, "stock", None)
    left, said = (stock.on_hand, stock.feed_count) if stock else (0, None)
    if said == row.count:
        seen.same += 1
        return
    would_be = row.count if said is None else max(0, left + row.count - said)
    seen.changes.append(CountChange(row.place, row.code, row.count, variant, left, would_be))
