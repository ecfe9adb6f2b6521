"""A flash deal in the room: prepared and started from the console, the last piece taken by one, paid at its price."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps

pytestmark = pytest.mark.journey
OPENS_MS = 40_000


def starts(console: Page, *, price: int, pieces: int, countdown_s: int = 10, minutes: int = 1) -> None:
    """The first press shows what will happen, the second one starts it."""
    console.goto(steps.CONSOLE)
    console.click("#flash-prepare")
    console.fill("#flash-form [name=price]", str(price))
    console.fill("#flash-form [name=quantity]", str(pieces))
    console.select_option("#flash-form [name=countdown_s]", str(countdown_s))
    console.select_option("#flash-form [name=runs_s]", str(60 * minutes))
    console.click("#flash-form button[type=submit]")
    expect(console.locator("#flash[data-deal=armed]")).to_contain_text(str(price))
    console.click("#flash-fire")
    expect(console.locator("#flash[data-deal=countdown], #flash[data-deal=running]")).to_be_visible()


def test_the_last_piece_is_taken_by_one_and_paid_at_its_price(visitors):
    producer, she, he = visitors.come(desktop=True), visitors.come(), visitors.come(language="en", theme="dark")
    steps.sign_in(producer, "boris", then=steps.CONSOLE)
    steps.sign_in(she, "zoya")
    steps.sign_in(he, "yegor")
    starts(producer, price=600, pieces=1)

    for page in (she, he):
        expect(page.locator("svoi-flash[data-phase=countdown]")).to_be_visible()
    expect(she.locator("svoi-flash[data-phase=running]")).to_be_visible(timeout=OPENS_MS)
    she.click(".flash-take button")
    expect(she.locator("svoi-flash[data-phase=mine]")).to_be_visible()
    expect(he.locator("svoi-flash[data-phase=sold_out]")).to_be_visible(timeout=OPENS_MS)

    she.locator("#buy-sheet .point input").first.check()
    she.click("#buy-sheet .buy-foot button[type=submit]")
    she.wait_for_url("**/orders/*/")
    expect(she.locator(".order-total b")).to_have_text("600\u00a0₽")
    she.click(".order-pay[data-step=ready] a.button-primary")
    she.click("button[value=succeed]")
    she.wait_for_url("**/orders/**")
    expect(she.locator(".order-pay[data-step=paid]")).to_be_visible(timeout=OPENS_MS)
    for page in (producer, she, he):
        assert page.problems == []
