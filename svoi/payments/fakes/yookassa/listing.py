"""YooKassa's lists: newest first, a piece at a time, by what the query asks for."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from svoi.payments.fakes.yookassa.checking import invalid

LIMIT, LIMIT_MAX = 10, 100


def listed(kept: dict[str, dict[str, Any]], query: str) -> dict[str, Any]:
    """The objects of one payment, or all; `next_cursor` leads to the next piece while there is one."""
    asked = {name: values[0] for name, values in parse_qs(query).items()}
    limit, first = _number(asked, "limit", LIMIT), _number(asked, "cursor", 0)
    if not 1 <= limit <= LIMIT_MAX:
        raise invalid("limit")
    newest = list(reversed(kept.values()))
    found = [one for one in newest if "payment_id" not in asked or one.get("payment_id") == asked["payment_id"]]
    told: dict[str, Any] = {"type": "list", "items": found[first : first + limit]}
    if len(found) > first + limit:
        told["next_cursor"] = str(first + limit)
    return told


def _number(asked: dict[str, str], name: str, default: int) -> int:
    value = asked.get(name, str(default))
    if not value.isdecimal():
        raise invalid(name)
    return int(value)
