"""How the gateway is: what /healthz answers."""

from __future__ import annotations

from collections import Counter
from typing import Any

from svoi.gateway.facts import FactReader
from svoi.gateway.gateway import Gateway

TOLD_MESSAGES_WAITING_MAX = 500  # more than a busy second: the database does not keep up


def health_of(gateway: Gateway, facts: FactReader, tally: Counter[str]) -> tuple[bool, dict[str, Any]]:
    """Whether all is well, and the figures behind it."""
    waiting = sum(len(room.room.conversation.waiting) for room in gateway.rooms.values())
    is_well = facts.is_well and waiting <= TOLD_MESSAGES_WAITING_MAX
    return is_well, {
        "ok": is_well,
        "process": "gateway",
        "database": facts.is_well,
        "rooms": len(gateway.rooms),
        "connections": sum(len(room.viewers) for room in gateway.rooms.values()),
        "messages_waiting": waiting,
        "weighing_bytes_max": sum(room.room.weighing_bytes for room in gateway.rooms.values()),
        "refused": dict(sorted(tally.items())),
    }
