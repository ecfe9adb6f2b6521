"""The same tables for PostgreSQL: staging tables, and rows in COPY's text format."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.csv

if TYPE_CHECKING:
    import psycopg

    from svoi.town.writing.tables import Part

TYPES = {
    pa.int64(): "bigint",
    pa.int16(): "smallint",
    pa.int8(): "smallint",
    pa.float64(): "double precision",
    pa.float32(): "real",
    pa.bool_(): "boolean",
    pa.string(): "text",
}
# No word of ours has a tab, a line end or a backslash in it, so nothing has to be escaped.
_FORMAT = pyarrow.csv.WriteOptions(include_header=False, delimiter="\t", quoting_style="none")


def staging(name: str) -> str:
    """The staging table of a table."""
    return f"town_{name}"


def create_tables(part: Part) -> str:
    """The statement that makes the staging table of a part."""
    columns = [f'  "{field.name}" {TYPES[_plain(field.type)]}' for field in part.table.schema]
    return f"create unlogged table if not exists {staging(part.name)} (\n" + ",\n".join(columns) + "\n);\n"


def copy_statement(part: Part) -> str:
    """The statement that takes the rows of a part from standard input."""
    columns = ", ".join(f'"{name}"' for name in part.table.column_names)
    return f"copy {staging(part.name)} ({columns}) from stdin with (format text, null '')"


def encoded(table: pa.Table) -> bytes:
    """The rows of a table as COPY reads them: tabs between, an empty field for nothing."""
    plain = pa.table({name: column.cast(_plain(column.type)) for name, column in _named(table)})
    sink = io.BytesIO()
    pyarrow.csv.write_csv(plain, sink, _FORMAT)
    return sink.getvalue()


def copy_into(connection: psycopg.Connection, told: Iterable[Part]) -> dict[str, int]:
    """Make the staging tables and fill them, a part a statement; returns rows by table. The caller commits."""
    counts: dict[str, int] = {}
    with connection.cursor() as cursor:
        for part in told:
            if part.name not in counts:
                cursor.execute(create_tables(part).encode())
            with cursor.copy(copy_statement(part).encode()) as copy:
                copy.write(encoded(part.table))
            counts[part.name] = counts.get(part.name, 0) + part.table.num_rows
    return counts


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _named(table: pa.Table) -> Iterable[tuple[str, pa.ChunkedArray]]:
    return zip(table.column_names, table.columns, strict=True)
