"""The relay: numbers recorded events after commit, hands consequences to the worker, wakes the gateways."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

BATCH_EVENTS_MAX = 500
STREAM_CHANNEL = "svoi_stream"
# Scalar subqueries, not a join: only so does PostgreSQL start the index scan where the relay stands.
LAG_SQL = """
select coalesce(extract(epoch from now() - min(e.at)), 0) from svoi_event e
where (e.xid, e.id) > (coalesce((select p.xid from svoi_relayposition p where p.id = 1), '0'::xid8),
                       coalesce((select p.event_id from svoi_relayposition p where p.id = 1), 0))
"""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A recorded event with its place in its stream (`seq` is None when nobody follows the stream)."""

    id: int
    event_id: UUID
    kind: str
    stream: str
    seq: int | None
    payload: dict[str, Any]
    at: datetime


def number_events(hand_over: Callable[[list[Numbered]], None], *, most: int = BATCH_EVENTS_MAX) -> int:
    """Number one batch and hand it over in the same transaction, so that neither happens without the other.

    Returns how many events were numbered; 0 when there were none or another relay is at work.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select * from svoi_number_events_v1(%s)", [most])
        batch = [_numbered(row) for row in cursor.fetchall()]
        if not batch:
            return 0
        hand_over(batch)
        if any(event.stream for event in batch):
            # Safe here: this transaction is the relay's own, no order or payment waits for its commit.
            cursor.execute(f"NOTIFY {STREAM_CHANNEL}")
    return len(batch)


def lag_s() -> float:
    """Seconds since the oldest event that still waits for its number; 0 when none waits."""
    with connection.cursor() as cursor:
        cursor.execute(LAG_SQL)
        return float(cursor.fetchone()[0])


def _numbered(row: tuple[Any, ...]) -> Numbered:
    id_, event_id, kind, stream, seq, payload, at = row
    return Numbered(id_, event_id, kind, stream, seq, json.loads(payload), at)
