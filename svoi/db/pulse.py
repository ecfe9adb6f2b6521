"""Whether the worker is alive, by the heartbeat its task queue keeps."""

from __future__ import annotations

from django.db import connection


def worker_seen_s() -> float | None:
    """Seconds since the latest heartbeat of any worker; None when none was ever seen."""
    with connection.cursor() as cursor:
        cursor.execute("select extract(epoch from now() - max(last_heartbeat)) from procrastinate_workers")
        seen = cursor.fetchone()[0]
    return None if seen is None else float(seen)
