"""Glass to glass from the browser studio: a page films a burnt clock, another one watches, a house between them."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.journeys import steps
from tests.journeys.burnt import CLOCK, looks
from tests.journeys.camera import goes_on_air, opens_camera
from tests.journeys.conftest import FAKE_DEVICES, FLAGS, Visitors, chromium_path, plans_show
from tests.journeys.house import House, open_house

ROUNDS, SETTLE_MS = 3, 6_000


def run() -> list[dict[str, Any]]:
    with TemporaryDirectory(prefix="svoi-bench-", ignore_cleanup_errors=True) as name, sync_playwright() as player:
        Path(name).chmod(0o755)
        house = open_house(Path(name) / "data")
        browser = player.chromium.launch(executable_path=chromium_path(), args=[*FLAGS, *FAKE_DEVICES])
        try:
            ages = watched(browser, house)
        finally:
            browser.close()
            house.stop()
    ordered = sorted(ages)
    told = f"{statistics.median(ordered) / 1000:.2f} s (p95 {ordered[int(len(ordered) * 0.95)] / 1000:.2f} s)"
    return [{"path": "Browser studio, glass to glass, Chromium to Chromium, loopback", "figure": told, "peer": "",
             "ratio": "", "demanded": "<= 1.6 s"}]  # fmt: skip


def watched(browser: Browser, house: House) -> list[float]:
    """The age of what stood on the viewer's screen at many looks, in milliseconds."""
    with people(browser, house) as visitors:
        show = plans_show(visitors)
        page, viewer = opens_camera(visitors, show, script=CLOCK), visitors.come()
        goes_on_air(page)
        steps.sign_in(viewer, "darya", then=f"/shows/{show}/")
        steps.picture_moves(viewer)
        ages = []
        for _ in range(ROUNDS):
            viewer.wait_for_timeout(SETTLE_MS)
            ages += looks(viewer)
    return ages


@contextmanager
def people(browser: Browser, house: House) -> Iterator[Visitors]:
    visitors = Visitors(browser, house)
    try:
        yield visitors
    finally:
        for context in visitors.contexts:
            context.close()
