"""A list of points as people keep it: a JSON list, or a table saved as CSV."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from svoi.pickup.rules.points import POINTS_MAX, PointsRefused

NUMBERS = {"lat": float, "lon": float, "storage_days": int}


def read_points_file(content: bytes, *, is_table: bool) -> Any:
    """Rows for `import_points`; raise `PointsRefused` for what is neither a list nor a table."""
    return _table(content) if is_table else _list(content)


def looks_like_a_table(name: str, content: bytes) -> bool:
    """By the file's name, or, from standard input, by how it begins."""
    return name.lower().endswith((".csv", ".tsv")) or (name == "-" and content.lstrip()[:1] not in (b"[", b"{", b'"'))


def _list(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise PointsRefused(reason="not_a_list") from None


def _table(content: bytes) -> list[dict[str, Any]]:
    """A head line names the columns as the JSON keys are named; features stand in one cell, with spaces between."""
    text = _decoded(content)
    head = text.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    try:
        rows = list(csv.DictReader(io.StringIO(text), delimiter=mark, restkey="", restval=""))[: POINTS_MAX + 1]
    except csv.Error:
        raise PointsRefused(reason="not_a_table") from None
    if "code" not in head.split(mark) and not any("code" in row for row in rows[:1]):
        raise PointsRefused(reason="not_a_table")
    return [_row(row) for row in rows]


def _row(cells: dict[str, Any]) -> dict[str, Any]:
    """Empty cells say nothing; a number that cannot be read stays text, and is refused by its field's name."""
    told = {name.strip(): value.strip() for name, value in cells.items() if name and isinstance(value, str)}
    row: dict[str, Any] = {name: value for name, value in told.items() if value}
    for name, kind in NUMBERS.items():
        if name in row:
            try:
                row[name] = kind(row[name].replace(",", "."))
            except ValueError:
                continue
    if "features" in row:
        row["features"] = row["features"].replace(",", " ").split()
    return row


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, else the encoding of older Russian spreadsheets."""
    for encoding in ("utf-8-sig", "windows-1251"):
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise PointsRefused(reason="not_a_table")
