"""Which rows a show cannot be played without: its own, those laid on it, and all that these refer to."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.backends.utils import CursorWrapper

# Rows that lie on a row which is taken along: (table, column that refers, table referred to). Facts of people, orders,
# money and talk are on no list, so they stay where they are.
LAID_ON = (
    ("svoi_trayitem", "show_id", "svoi_show"),
    ("svoi_rundown", "show_id", "svoi_show"),
    ("svoi_segment", "rundown_id", "svoi_rundown"),
    ("svoi_segmentclaim", "segment_id", "svoi_segment"),
    ("svoi_segmentauthor", "segment_id", "svoi_segment"),
    ("svoi_evidence", "claim_id", "svoi_claim"),
    ("svoi_storystep", "segment_id", "svoi_segment"),
    ("svoi_rolegrant", "community_id", "svoi_community"),
    ("svoi_pickuppoint", "community_id", "svoi_community"),
    ("svoi_variant", "product_id", "svoi_product"),
    ("svoi_stock", "variant_id", "svoi_variant"),
    ("svoi_picture", "variant_id", "svoi_variant"),
    ("svoi_producttext", "product_id", "svoi_product"),
    ("svoi_pricerecord", "variant_id", "svoi_variant"),
)
REFERENCES = """
select c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, f.attname
from pg_constraint c
join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
join pg_attribute f on f.attrelid = c.confrelid and f.attnum = c.confkey[1]
where c.contype = 'f' and cardinality(c.conkey) = 1 and c.connamespace = 'public'::regnamespace
"""


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key of one column."""

    table: str
    column: str
    to_table: str
    to_column: str


@dataclass(slots=True)
class Reach:
    """Rows by table and primary key, gathered until nothing they refer to is missing."""

    cursor: CursorWrapper
    taken: dict[str, dict[Any, dict[str, Any]]] = field(default_factory=dict)
    _references: list[Reference] = field(init=False)
    _keys: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.cursor.execute(REFERENCES)
        self._references = [Reference(*row) for row in self.cursor.fetchall()]
        self.cursor.execute(
            "select conrelid::regclass::text, attname from pg_constraint join pg_attribute"
            " on attrelid = conrelid and attnum = conkey[1]"
            " where contype = 'p' and cardinality(conkey) = 1 and connamespace = 'public'::regnamespace"
        )
        self._keys = dict(self.cursor.fetchall())

    def gather(self, table: str, column: str, values: Iterable[Any]) -> None:
        """The rows of a table where the column has one of the values, and what follows from them."""
        wanted = list(set(values))
        if not wanted or table not in self._keys:
            return
        key, of_table = self._keys[table], self.taken.setdefault(table, {})
        # Names of tables and columns are the database's own, never anybody's words.
        self.cursor.execute(
            f'select to_jsonb(one)::text from "{table}" one where "{column}"::text = any(%s) order by "{key}"',  # noqa: S608
            [[str(value) for value in wanted]],
        )
        rows = [json.loads(told) for (told,) in self.cursor.fetchall()]
        fresh = [row for row in rows if row[key] not in of_table]
        for row in fresh:
            of_table[row[key]] = row
        if fresh:
            self._follow(table, fresh)

    def _follow(self, table: str, fresh: list[dict[str, Any]]) -> None:
        for one in self._references:
            if one.table == table:
                self.gather(
                    one.to_table, one.to_column, (row[one.column] for row in fresh if row[one.column] is not None)
                )
        for laid, column, on in LAID_ON:
            if on == table:
                self.gather(laid, column, (row[self._keys[table]] for row in fresh))

    def rows(self) -> Iterable[tuple[str, dict[str, Any]]]:
        """All that was gathered; the order of tables is no order of references."""
        for table, rows in self.taken.items():
            for row in rows.values():
                yield table, row
