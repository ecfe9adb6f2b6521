"""Runs the worker: the relay in a thread, and the task queue."""

from __future__ import annotations

import asyncio
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from svoi.jobs.relaying import relay_until

TASKS_AT_ONCE = 8


class Command(BaseCommand):
    """Numbers events, carries out consequences, and does what the clock brings round."""

    help = "Run the relay and the task queue until told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = threading.Event()
        relay = threading.Thread(target=relay_until, args=(stopped,), name="relay", daemon=True)
        relay.start()
        try:
            asyncio.run(_work())
        finally:
            stopped.set()
            relay.join(timeout=3)


async def _work() -> None:
    working = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with working.open_async():
        task = asyncio.ensure_future(
            working.run_worker_async(
                concurrency=TASKS_AT_ONCE,
                delete_jobs="successful",
                listen_notify=True,
                fetch_job_polling_interval=1.0,
                shutdown_graceful_timeout=3,
                install_signal_handlers=False,
            )
        )
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, task.cancel)
        await asyncio.gather(task, return_exceptions=True)
