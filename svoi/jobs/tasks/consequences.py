"""What follows from events: each consequence is a task, put into the queue with its event."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from svoi.consequences import carry_out, following
from svoi.db.relay import Numbered
from svoi.jobs.tasks.running import with_live_connection
from svoi.kernel.refused import Refused

log = logging.getLogger(__name__)
# Each try a second later than the last: together two days, so that a mistake mended by an update loses nothing.
DELIVERIES_MAX = 600
AGAIN = RetryStrategy(max_attempts=DELIVERIES_MAX, wait=1, linear_wait=1)


@app.task(name="consequence", retry=AGAIN)
@with_live_connection
def deliver(event_id: int, kind: str, name: str, payload: dict[str, Any], at: str) -> None:
    """Carry out one consequence; a failure is tried again a little later, and told of unless it was foreseen."""
    try:
        carry_out(event_id=event_id, kind=kind, name=name, payload=payload, at=timezone.now())
    except Refused:
        raise
    except Exception:
        log.exception("«%s» after %s %s failed", name, kind, event_id)
        raise


def hand_over(batch: list[Numbered]) -> None:
    """Put the consequences of a numbered batch into the queue, in the relay's transaction."""
    jobs: list[dict[str, Any]] = [
        {"event_id": event.id, "kind": event.kind, "name": one.name, "payload": event.payload, "at": _text(event.at)}
        for event in batch
        for one in following(event.kind)
    ]
    if jobs:
        deliver.batch_defer(*jobs)


def _text(moment: datetime) -> str:
    return moment.isoformat()
