"""From the shop's budget to an opened share: funded, armed and fired by the owner, opened on a phone, proven."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps

pytestmark = pytest.mark.journey
STUDIO = "/studio/kromka"


def opens_to_newcomers(owner: Page) -> None:
    """In the demo everybody has just joined: the owner lets them take part at once."""
    owner.goto(f"{STUDIO}/envelopes")
    owner.fill("[name=age_days]", "0")
    owner.click("main form button[type=submit]")
    owner.wait_for_load_state()


def funds(owner: Page, points: int) -> None:
    owner.goto(f"{STUDIO}/budget/")
    owner.fill("#amount", str(points))
    owner.fill("#reason", "К чаю")
    button = owner.locator("button[value=fund]")
    button.click()
    button.click()
    expect(owner.locator("#changes + ul")).to_contain_text("К чаю")


def fires(owner: Page, *, total: int, shares: int) -> None:
    """Arms it, reads what would be sent, and sends it."""
    owner.goto(steps.CONSOLE)
    owner.click("#gift summary")
    owner.select_option("#gift select[name=mode]", "equal")
    owner.fill("#gift [name=total]", str(total))
    owner.fill("#gift [name=shares]", str(shares))
    owner.click("#gift button[value=arm]")
    expect(owner.locator(".gift-armed")).to_contain_text(str(total))
    owner.click("#gift button[value=fire]")
    expect(owner.locator("#gift .banner-gift")).to_be_visible()


def test_from_the_budget_to_an_opened_share(visitors):
    owner, she, he = visitors.come(desktop=True), visitors.come(), visitors.come(language="en", theme="dark")
    steps.sign_in(owner, "anna", then=f"{STUDIO}/orders/")
    opens_to_newcomers(owner)
    funds(owner, 500)
    steps.sign_in(she, "darya")
    steps.sign_in(he, "ksenia")
    fires(owner, total=20, shares=1)

    gift = she.locator(".room-gift[data-envelope]").last
    expect(gift).to_be_visible()
    expect(he.locator(".room-gift[data-envelope]").last).to_be_visible()
    address = gift.get_attribute("href") or ""
    gift.click()
    she.click("#envelope-sheet form[data-claim] button")
    expect(she.locator("#envelope-sheet [data-amount]")).to_contain_text("20")

    he.goto(address)
    expect(he.locator(".gift-face")).to_have_attribute("data-state", "empty")
    expect(he.locator(".gift-hashes code")).to_have_count(2)
    he.goto(f"{address}proof/")
    expect(he.locator("main")).to_contain_text("20")

    she.goto("/c/kromka/points/")
    expect(she.locator("main")).to_contain_text("Из\u00a0гостинца")
    expect(she.locator("[data-points=free]")).to_have_text("20")
    for page in (owner, she, he):
        assert page.problems == []
