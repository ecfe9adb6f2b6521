"""One open house and one browser for all journeys."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.journeys import steps
from tests.journeys.house import House, open_house

# A camera that encodes, a house and five pages share two cores: what comes, comes later than on anybody's own machine.
expect.set_options(timeout=15_000)

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    "--autoplay-policy=no-user-gesture-required",
]
# Two made-up cameras and a microphone, and nobody who has to be asked for them.
FAKE_DEVICES = ["--use-fake-device-for-media-stream=device-count=2", "--use-fake-ui-for-media-stream"]


def chromium_path() -> str | None:
    return os.environ.get("SVOI_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    """A demo shop with its show on air. SVOI_TEST_HOUSE="port:folder" names one that already runs."""
    if standing := os.environ.get("SVOI_TEST_HOUSE"):
        port, _, folder = standing.partition(":")
        yield House(int(port), Path(folder), None)
        return
    with tempfile.TemporaryDirectory(prefix="svoi-journey-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        running = open_house(Path(folder) / "data")
        running.wait_on_air()
        yield running
        running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        pytest.skip("Chromium is not installed: the browser journeys need it")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


class Visitors:
    """Opens browsers of different people against one house."""

    def __init__(self, browser: Browser, house: House) -> None:
        self.browser, self.house = browser, house
        self.contexts: list[BrowserContext] = []

    def come(self, *, language: str = "ru", theme: str = "light", desktop: bool = False) -> Page:
        """A new person with a browser of her own."""
        context = self.browser.new_context(
            base_url=self.house.address,
            viewport=DESKTOP if desktop else PHONE,
            locale="ru-RU" if language == "ru" else "en-US",
            color_scheme=theme,
            has_touch=not desktop,
            is_mobile=not desktop,
            device_scale_factor=1,
        )
        context.set_default_timeout(20_000)
        self.contexts.append(context)
        page = context.new_page()
        page.problems = []
        page.on("pageerror", lambda problem: page.problems.append(str(problem)))
        return page


@pytest.fixture
def visitors(browser: Browser, house: House) -> Iterator[Visitors]:
    people = Visitors(browser, house)
    yield people
    for context in people.contexts:
        context.close()


@pytest.fixture(scope="module")
def filming(browser: Browser) -> Iterator[Browser]:
    """A browser with a made-up camera and microphone."""
    running = browser.browser_type.launch(executable_path=chromium_path(), args=[*FLAGS, *FAKE_DEVICES])
    yield running
    running.close()


@pytest.fixture
def studio(filming: Browser, house: House) -> Iterator[Visitors]:
    people = Visitors(filming, house)
    yield people
    for context in people.contexts:
        context.close()


@pytest.fixture
def planned(visitors: Visitors) -> str:
    """A show that Boris plans and Vera hosts; its number."""
    return plans_show(visitors)


def plans_show(visitors: Visitors) -> str:
    """Boris plans a show that Vera hosts; its number."""
    producer = visitors.come(desktop=True)
    steps.sign_in(producer, "boris", then="/studio/kromka/shows")
    producer.fill("[name=title_ru]", f"С телефона {uuid4().hex[:6]}")
    soon = datetime.now(tz=UTC) + timedelta(days=3)
    producer.fill("[name=starts_at]", soon.strftime("%Y-%m-%dT19:00"))
    producer.select_option("[name=host]", label="Вера Осипова")
    producer.click("main form button[type=submit]")
    producer.wait_for_url("**/studio/shows/*/")
    return producer.url.rstrip("/").rsplit("/", 1)[1]
