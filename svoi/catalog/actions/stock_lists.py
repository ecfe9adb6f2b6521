"""The shop's own books say how much there is: row by row, repeatable, never giving back what was sold meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from svoi.catalog.events import StockCounted, StockRanOut, StockReturned
from svoi.catalog.models import Stock
from svoi.catalog.rules.feeds import REFUSALS_KEPT_MAX
from svoi.catalog.rules.stock_lists import LIST_ROWS_MAX, Counted, RowBroken, StockListRefused
from svoi.communities.models import Community
from svoi.db import statements
from svoi.db.outbox import record, record_many
from svoi.db.transaction import atomic
from svoi.kernel.events import Event

SQL = Path(__file__).resolve().parents[1] / "sql" / "stock"
# Few enough that nobody waits for their locks, many enough that a million rows are a matter of minutes.
BATCH_ROWS = 2_000


@dataclass(slots=True)
class Taken:
    """What became of a list: rows seen, rows that changed a stock, and rows refused, kept up to a limit."""

    rows: int = 0
    changed: int = 0
    refused: int = 0
    kept: list[RowBroken] = field(default_factory=list)

    def refuse(self, broken: RowBroken) -> None:
        self.refused += 1
        if len(self.kept) < REFUSALS_KEPT_MAX:
            self.kept.append(broken)


def set_counts(
    *, community: Community, rows: Iterable[Counted | RowBroken], source: str, rows_max: int = LIST_ROWS_MAX
) -> Taken:
    """Take every sound row, in short transactions of a batch each; tell the others by their place.

    The same list twice changes nothing the second time: a count is compared with the one said before, by a
    feed or by a list, and moves what is left by the difference. Raises `StockListRefused` for an empty list, and
    for one that is too long; of the latter the rows up to there stay taken, and the shorter list may follow.
    """
    taken = Taken()
    seen: set[str] = set()
    stream = _admitted(rows, taken, seen, rows_max)
    while batch := list(islice(stream, BATCH_ROWS)):
        _take_batch(community, batch, taken)
    if not taken.rows:
        raise StockListRefused(reason="empty")
    _tell(community, taken, source)
    return taken


def _admitted(rows: Iterable[Counted | RowBroken], taken: Taken, seen: set[str], rows_max: int) -> Iterator[Counted]:
    for row in rows:
        taken.rows += 1
        if taken.rows > rows_max:
            raise StockListRefused(reason="too_many", most=rows_max)
        if isinstance(row, RowBroken):
            taken.refuse(row)
        elif row.code in seen:
            # Two counts of one thing: the second would undo the first each time the list is repeated.
            taken.refuse(RowBroken(row.place, "repeated_code", row.code))
        else:
            seen.add(row.code)
            yield row


@atomic
def _take_batch(community: Community, batch: list[Counted], taken: Taken) -> None:
    meant: dict[str, list[int]] = {}
    found: list[dict[str, Any]] = statements.rows(
        SQL / "coded.sql", {"community_id": community.pk, "codes": [row.code for row in batch]}
    )
    for each in found:
        meant.setdefault(each["code"], []).append(each["variant_id"])
    counts: dict[int, int] = {}
    for row in batch:
        variants = meant.get(row.code, [])
        if len(variants) != 1:
            taken.refuse(RowBroken(row.place, "ambiguous_code" if variants else "unknown_code", row.code))
        elif variants[0] in counts:
            taken.refuse(RowBroken(row.place, "repeated_code", row.code))
        else:
            counts[variants[0]] = row.count
    if counts:
        taken.changed += _set(counts)


def _set(counts: dict[int, int]) -> int:
    ids = sorted(counts)
    Stock.objects.bulk_create([Stock(variant_id=each) for each in ids], ignore_conflicts=True)
    changed: list[dict[str, Any]] = statements.rows(
        SQL / "set_counts.sql", {"variant_ids": ids, "counts": [counts[each] for each in ids]}
    )
    record_many(_news(changed))
    return len(changed)


def _news(changed: list[dict[str, Any]]) -> Iterator[Event]:
    for row in changed:
        named = {"variant_id": row["variant_id"], "product_id": row["product_id"]}
        if row["is_sold"] and row["was"] and not row["left_now"]:
            yield StockRanOut(**named)
        if row["is_sold"] and row["left_now"] and not row["was"]:
            yield StockReturned(**named)


@atomic
def _tell(community: Community, taken: Taken, source: str) -> None:
    record(
        StockCounted(
            community_id=community.pk,
            source=source[:120],
            rows=taken.rows,
            changed=taken.changed,
            refused=taken.refused,
        )
    )
