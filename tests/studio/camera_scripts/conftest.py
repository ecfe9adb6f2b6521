"""The camera's page and its pure modules in Chromium, with a camera and a microphone that are not real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from svoi.shows.models import Show
from tests.chromium import running_chromium
from tests.studio.site import SITE, Answer, Site
from tests.studio.stage import signed

DEVICES = ["--use-fake-device-for-media-stream"]
SECURE = f"--unsafely-treat-insecure-origin-as-secure={SITE}"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with running_chromium(*DEVICES, SECURE) as started:
        yield started


@pytest.fixture
def site(chromium: Browser, anna, show: Show) -> Site:
    browser, kept = signed(anna), Site(f"/studio/shows/{show.pk}/camera")
    for part in ("", "/air"):
        kept.learn(browser, part)
    return kept


@pytest.fixture
def opened(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens the page as a phone's browser in which some things are missing or forbidden."""
    contexts: list[BrowserContext] = []

    def open_page(*, granted: bool = True, script: str = "", size: tuple[int, int] = (390, 844)) -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="ru-RU", reduced_motion="reduce"
        )
        contexts.append(context)
        context.grant_permissions(["camera", "microphone"] if granted else [], origin=SITE)
        page = context.new_page()
        page.on("pageerror", lambda fault: site.faults.append(str(fault)))
        page.on("console", lambda line: site.faults.append(line.text) if "Content Security" in line.text else None)
        context.route("**/*", site.answer)
        if script:
            page.add_init_script(script)
        page.goto(SITE + site.home)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert site.faults == []


@pytest.fixture(scope="module")
def ask(chromium: Browser) -> Iterator[Callable[[str], Any]]:
    """Evaluates a function's body in which the pure modules are names: ladder, shape, retry, frames, clock."""
    page = chromium.new_page()
    page.route("**/*", Site("/nothing", {("GET", "/"): Answer(b"<!doctype html>")}).answer)
    page.goto(f"{SITE}/")
    names = {"ladder": "ladder", "shape": "shape", "retry": "retry", "frames": "frames", "clock": "track-clock"}
    loads = "; ".join(
        f"globalThis.{name} = await import('/static/studio/camera/{file}.js')" for name, file in names.items()
    )
    page.evaluate(f"async () => {{ {loads} }}")
    yield lambda told: page.evaluate(f"() => {{ {told} }}")
    page.close()
