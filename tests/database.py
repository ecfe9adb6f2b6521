"""Gives a test run, or each worker of one, a PostgreSQL and a folder of its own, before Django reads its settings."""

from __future__ import annotations

import atexit
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

_running = ExitStack()

os.environ.setdefault("SVOI_SECRET", "5" * 64)
os.environ.setdefault("SVOI_POOL", "0")
os.environ.setdefault("SVOI_STATIC_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")
if "PYTEST_XDIST_WORKER" in os.environ:
    for name in os.environ.pop("SVOI_TEST_MADE", "").split():
        del os.environ[name]  # what the run made for itself; what somebody gave it stays
made = []
if "SVOI_DATA" not in os.environ:
    os.environ["SVOI_DATA"] = _running.enter_context(tempfile.TemporaryDirectory(prefix="svoi-test-"))
    made.append("SVOI_DATA")
Path(os.environ["SVOI_DATA"], "static").mkdir(parents=True, exist_ok=True)
if "DATABASE_URL" not in os.environ:
    from svoi.doors.postgres.temporary import temporary_postgres

    os.environ["DATABASE_URL"] = _running.enter_context(temporary_postgres())
    made.append("DATABASE_URL")
os.environ["SVOI_TEST_MADE"] = " ".join(made)
atexit.register(_running.close)


def pytest_unconfigure() -> None:
    """A worker may leave without its exit handlers."""
    _running.close()
