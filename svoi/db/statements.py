"""Named SQL statements kept in files beside the Python that runs them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection


@cache
def load(path: Path) -> str:
    """The text of one statement file."""
    return path.read_text(encoding="utf-8")


def rows(path: Path, parameters: dict[str, Any]) -> list[dict[str, object]]:
    """Run a statement with named parameters and return its rows as dictionaries."""
    with connection.cursor() as cursor:
        cursor.execute(load(path), parameters)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
