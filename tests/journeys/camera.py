"""Steps of a host who films: her page opened with everything in order, and on air."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.conftest import Visitors


def opens_camera(studio: Visitors, show: str, *, script: str = "") -> Page:
    """Vera opens the page on her phone, and everything she needs is in order."""
    page = studio.come()
    if script:
        page.add_init_script(f"({script})()")
    steps.sign_in(page, "vera", then="/orders/")
    page.goto(f"/studio/shows/{show}/camera")
    expect(page.locator('svoi-camera[data-state="ready"]')).to_be_attached()
    for name in ("camera", "keys", "sound", "upload", "delay"):
        expect(page.locator(f'[data-check="{name}"][data-state="good"]')).to_be_attached(timeout=15_000)
    return page


def goes_on_air(page: Page) -> None:
    page.click("[data-does=send]")
    expect(page.locator('svoi-camera[data-state="sending"]')).to_be_attached(timeout=15_000)
    page.click("#air .button-primary")
    expect(page.locator('#air .air[data-stage="live"]')).to_be_attached()
