"""How a task runs: on a live connection, and when the clock says so, never twice in the queue."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import close_old_connections
from procrastinate.contrib.django import app
from procrastinate.tasks import Task


def with_live_connection(task: Callable[..., None]) -> Callable[..., None]:
    """Drop a database connection that died since this thread's last task, before the task needs it."""

    @wraps(task)
    def run(*args: Any, **kwargs: Any) -> None:
        close_old_connections()
        try:
            task(*args, **kwargs)
        finally:
            close_old_connections()

    return run


def every(cron: str, name: str, *, lock: str | None = None) -> Callable[[Callable[[int], None]], Task[Any, Any, Any]]:
    """A task the clock brings round by a cron line (six fields: the last is seconds), called with a Unix timestamp.

    While one waits in the queue no second one is put there; those of one `lock` never run at the same time.
    """

    def made(task: Callable[[int], None]) -> Task[Any, Any, Any]:
        registered = app.task(name=name, queueing_lock=name, lock=lock)(with_live_connection(task))
        return app.periodic(cron=cron)(registered)

    return made
