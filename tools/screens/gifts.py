"""Pictures of points, envelopes and flash deals: console, room and each state of what is taken; for `tools.screens`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Page

from tests.journeys import steps
from tests.journeys.house import until
from tests.journeys.test_envelopes import STUDIO, fires, funds, opens_to_newcomers
from tests.journeys.test_flash_deal import starts

if TYPE_CHECKING:
    from tools.screens.camera import Camera


def around_the_envelopes(camera: Camera) -> None:
    """Anna fills the budget and sends two envelopes; Zoya opens the one with a single share."""
    with camera.page("desk", "light", "ru", "anna") as owner:
        opens_to_newcomers(owner)
        funds(owner, 500)
        fires(owner, total=100, shares=5)
        waits = _address(owner)
        fires(owner, total=20, shares=1)
        taken = _address(owner)
    camera.take("points-budget", f"{STUDIO}/budget/", who="anna")
    camera.take("envelope-limits", f"{STUDIO}/envelopes", who="anna")
    camera.take("console-armed", steps.CONSOLE, who="anna", pose=armed, wait_ms=2500)
    camera.take("room-envelope", steps.SHOW, who="darya", wait_ms=4000)
    camera.take("envelope-closed", waits, who="darya")
    camera.take("envelope-sheet", steps.SHOW, who="darya", pose=sheet, wait_ms=2500)
    with camera.page("phone", "light", "ru", "zoya") as she:
        she.goto(taken)
        she.click("form[data-claim] button")
        she.wait_for_selector("[data-amount]")
    camera.take("envelope-hers", taken, who="zoya")
    camera.take("envelope-empty", taken, who="darya")
    camera.take("envelope-proof", f"{taken}proof/", who="darya")
    camera.take("envelope-rules", "/c/kromka/envelopes/rules/")
    camera.take("envelopes", "/c/kromka/envelopes/", who="darya")
    camera.take("envelope-new", "/c/kromka/envelopes/new/", who="anna")
    camera.take("points-statement", "/c/kromka/points/", who="zoya")
    camera.take("points-rules", "/c/kromka/points/rules")


def armed(console: Page) -> None:
    console.click("#gift summary")
    console.fill("#gift [name=total]", "100")
    console.fill("#gift [name=shares]", "10")
    console.click("#gift button[value=arm]")
    console.wait_for_selector(".gift-armed")
    console.locator(".gift-armed").scroll_into_view_if_needed()


def sheet(page: Page) -> None:
    page.locator(".room-gift[data-envelope]").first.click()
    page.wait_for_selector("#envelope-sheet form[data-claim]")


def _address(owner: Page) -> str:
    return str(owner.locator("#gift .banner-gift a").get_attribute("href"))


def around_the_deals(camera: Camera) -> None:
    """Boris starts a deal; Zoya holds a piece of it."""
    with camera.page("desk", "light", "ru", "boris") as producer:
        _takes_control(producer)
        starts(producer, price=600, pieces=5, countdown_s=300)
        camera.take("room-deal-soon", steps.SHOW, who="darya", wait_ms=4000)
        camera.take("console-deal", steps.CONSOLE, who="boris", wait_ms=3000)
        off = producer.locator("#flash-off")
        off.click()
        off.click()
        producer.wait_for_selector("#flash[data-deal=over], #flash-prepare")
        starts(producer, price=590, pieces=5, minutes=20)
        with camera.page("phone", "light", "ru", "zoya") as she:
            she.goto(steps.SHOW)
            she.locator("svoi-flash[data-phase=running] .flash-take button").click(timeout=40_000)
            she.wait_for_selector("svoi-flash[data-phase=mine]")
        camera.take("room-deal", steps.SHOW, who="darya", wait_ms=4000)
        camera.take("room-deal-mine", steps.SHOW, who="zoya", wait_ms=4000)


def _takes_control(producer: Page) -> None:
    """Anna sent her envelope from the console and left it; it is free a minute after it last heard of her."""

    def is_free() -> bool:
        producer.goto(steps.CONSOLE)
        return producer.locator("#hold-take").is_visible()

    until(is_free, within_s=90, what="a console nobody holds")
    producer.click("#hold-take")
    producer.wait_for_selector("#hold-release")
