"""The system's Chromium for tests in which a page runs: what it is called, how it is started, and who goes without."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page answered from memory has no network of its own, and browsers keep such pages from the loopback.
    "--disable-features=LocalNetworkAccessChecks",
]
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")


@contextmanager
def running_chromium(*more: str) -> Iterator[Browser]:
    """One for the tests of a module, beside a database."""
    # Playwright turns a loop in this thread, and Django takes that for a program that awaits; nothing here does.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=[*SWITCHES, *more])
        yield started
        started.close()
        connections.close_all()  # those of the loop's own context, which nobody else can reach
