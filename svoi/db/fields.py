"""Columns that Django has no word for."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.expressions import RawSQL


class TransactionIdField(models.Field):  # type: ignore[type-arg]
    """PostgreSQL's 64-bit transaction id (`xid8`), filled by the database with the writer's own."""

    def __init__(self, *args: Any, written_by_hand: bool = False, **kwargs: Any) -> None:
        self.written_by_hand = written_by_hand
        if not written_by_hand:
            kwargs["db_default"] = RawSQL("pg_current_xact_id()", ())
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_default", None)
        if self.written_by_hand:
            kwargs["written_by_hand"] = True
        return name, path, args, kwargs

    def db_type(self, connection: Any) -> str:
        return "xid8"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> int | None:
        return None if value is None else int(value)

    def get_prep_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, int) else value
