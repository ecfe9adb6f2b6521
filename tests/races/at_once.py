"""Starts many threads at one moment, each with a database connection of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from svoi.kernel.refused import Refused

THREADS = 8


def at_once(verb, threads: int = THREADS) -> list[str]:  # type: ignore[no-untyped-def]
    """Run it from many threads at one moment; the codes of refusals, "done" for the others, sorted."""
    start = Barrier(threads)

    def run(place: int) -> str:
        start.wait()
        try:
            verb(place)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(threads) as pool:
        return sorted(pool.map(run, range(threads)))
