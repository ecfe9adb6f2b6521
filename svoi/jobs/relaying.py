"""Keeps the relay going beside the worker, through every restart of the database."""

from __future__ import annotations

import logging
import threading

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection

from svoi.db.outbox import RELAY_WAKE_CHANNEL
from svoi.db.relay import number_events
from svoi.jobs.tasks.consequences import hand_over

log = logging.getLogger(__name__)
POLL_S = 0.1
BACK_OFF_S = 0.5


def relay_until(stopped: threading.Event) -> None:
    """Number events as they come: at once when woken, otherwise within `POLL_S`."""
    while not stopped.is_set():
        try:
            _relay(stopped)
        except (DatabaseError, psycopg.Error) as problem:
            log.warning("the relay lost the database, trying again: %s", type(problem).__name__)
            connection.close()
            stopped.wait(BACK_OFF_S)


def _relay(stopped: threading.Event) -> None:
    with psycopg.connect(settings.DATABASE_ADDRESS, autocommit=True) as listening:
        listening.execute(f"LISTEN {RELAY_WAKE_CHANNEL}")
        while not stopped.is_set():
            while number_events(hand_over):
                pass
            for _ in listening.notifies(timeout=POLL_S, stop_after=1):
                break
