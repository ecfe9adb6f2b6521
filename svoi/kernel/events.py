"""Events: facts in the past tense, recorded in the transaction that made them true."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from svoi.kernel.money import Money

_WORD_START = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass(frozen=True, kw_only=True)
class Event:
    """What happened. Subclasses add fields of plain values and name the stream they belong to.

    `kind` is the class name in snake case; `stream()` names the room or community whose readers follow it
    (for example `show:12`), or is empty when nobody follows it live.
    """

    kind: ClassVar[str] = "event"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.kind = _WORD_START.sub("_", cls.__name__).lower()

    def stream(self) -> str:
        return ""

    def payload(self) -> dict[str, Any]:
        """The fields as JSON values: money as minor units, times as ISO 8601, ids as text."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return value.minor
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value
