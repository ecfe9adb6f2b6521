"""SIGKILL of any process in the middle of the journey: it comes back, the journey goes on, nothing said is lost."""

from __future__ import annotations

import os
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.house import until

pytestmark = pytest.mark.journey
LONG_MS = 45_000


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def reborn(house, process: str, pid: int) -> None:
    """Until the process lives under another pid and everything is well."""
    until(lambda: house.pid_of(process) not in (0, pid) and is_gone(pid), within_s=30, what=f"a new {process}")
    house.wait_well()


@pytest.mark.parametrize("process", ["gateway", "media", "desk", "web", "worker", "postgres"])
def test_the_journey_goes_on(visitors, house, process: str):
    she, he = visitors.come(), visitors.come(desktop=True)
    steps.sign_in(she, "darya")
    steps.sign_in(he, "ksenia")
    steps.picture_moves(she)
    before = f"До {process} {uuid4().hex[:6]}"
    steps.say(she, before)
    expect(steps.line(he, before)).to_be_visible()

    pid = house.kill(process)
    reborn(house, process, pid)

    after = f"После {process} {uuid4().hex[:6]}"
    she.fill(".composer-form input[name=text]", after)
    she.press(".composer-form input[name=text]", "Enter")
    expect(steps.line(she, after)).to_be_visible(timeout=LONG_MS)
    expect(steps.line(he, after)).to_be_visible(timeout=LONG_MS)
    for words in (before, after):
        assert he.locator("svoi-chat .line", has_text=words).count() == 1
    steps.picture_moves(she)
    steps.picture_moves(he)

    fresh = visitors.come()
    steps.sign_in(fresh, "darya")
    for words in (before, after):
        expect(steps.line(fresh, words)).to_be_visible()


def test_an_order_survives_every_process(visitors, house):
    """Placed, then web, worker and postgres die one after another, then paid."""
    page, producer = visitors.come(), visitors.come(desktop=True)
    steps.sign_in(producer, "boris", then=steps.CONSOLE)
    steps.pins(producer, 6)
    product = producer.locator("#tray .tray-row").nth(6).get_attribute("data-product")
    steps.sign_up(page, "Майя")
    steps.join(page)
    expect(page.locator(f'svoi-pin[data-product="{product}"]')).to_be_visible()
    steps.open_sheet(page)
    steps.choose_point(page)
    steps.order(page)
    page.wait_for_url("**/orders/**")
    number = page.url.rstrip("/").rsplit("/", 1)[1]
    for process in ("worker", "web", "postgres"):
        pid = house.kill(process)
        reborn(house, process, pid)
    page.goto(f"/orders/{number}/")
    expect(page.locator(".order-pay[data-step=ready]")).to_be_visible(timeout=LONG_MS)
    steps.pay(page)
