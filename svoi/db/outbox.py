"""The outbox: facts are recorded in the same transaction as the change they tell of."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from uuid import UUID, uuid4

from django.db import connection

from svoi.db.models import OutboxEvent
from svoi.db.transaction import after_commit, required
from svoi.kernel.events import Event

BATCH_ROWS_MAX = 1_000
RELAY_WAKE_CHANNEL = "svoi_outbox"


def record(event: Event) -> UUID:
    """Write one event for the readers of its stream and for its consequences; return its id.

    The row carries the writer's transaction id; no lock on the stream is taken here, so that orders of a
    hot room do not wait for each other. The relay numbers the rows after commit.
    """
    required()
    event_id = uuid4()
    OutboxEvent.objects.create(event_id=event_id, kind=event.kind, stream=event.stream(), payload=event.payload())
    return event_id


def record_many(events: Iterable[Event]) -> int:
    """Write many events of one change, such as the prices of a feed, in few statements; return how many."""
    required()
    rows = (
        OutboxEvent(event_id=uuid4(), kind=event.kind, stream=event.stream(), payload=event.payload())
        for event in events
    )
    written = 0
    while batch := list(islice(rows, BATCH_ROWS_MAX)):
        written += len(OutboxEvent.objects.bulk_create(batch))
    return written


def take_name_out(*, kind: str, who: str, member_id: int) -> int:
    """Empty the `name` in events of a kind about a member: the one change a fact allows. Returns in how many."""
    required()
    with connection.cursor() as cursor:
        cursor.execute(
            "update svoi_event set payload = jsonb_set(payload, '{name}', 'null') "
            "where kind = %s and (payload ->> %s)::bigint = %s and payload ->> 'name' is not null",
            [kind, who, member_id],
        )
        return int(cursor.rowcount)


def wake_relay() -> None:
    """Ask the relay to look at once, after commit, outside the transaction.

    For what a producer does by hand (a pin, a price). Never on an order or payment path: NOTIFY inside a
    transaction serialises commits.
    """
    after_commit(_notify)


def _notify() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {RELAY_WAKE_CHANNEL}")
