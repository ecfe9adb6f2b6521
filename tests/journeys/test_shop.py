"""Buying with a cart: from the shelf and from a show, declined and paid after all, called off and refunded."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps

pytestmark = pytest.mark.journey
CART = "/c/kromka/cart"


def lays_in_from_the_shelf(page: Page, product: int) -> None:
    page.goto(f"/c/kromka/products/{product}/")
    page.click(".offer-ways form button[type=submit]")
    expect(page.locator("#laid-in a")).to_be_visible()


def lays_in_from_the_show(page: Page) -> None:
    page.goto(steps.SHOW)
    steps.open_sheet(page)
    page.click("#buy-sheet .buy-foot button[formaction]")
    expect(page.locator("#buy-sheet #laid-in a")).to_be_visible()


def checks_out(page: Page, *, clicks: int = 1) -> str:
    """Through the one page of checkout; returns the address of the order."""
    page.goto("/c/kromka/checkout")
    page.locator(".checkout-point input[name=pickup_point]").first.check()
    page.locator(".checkout-form button[type=submit]").click(click_count=clicks, delay=0)
    page.wait_for_url("**/orders/*/")
    return page.url


def orders_of(page: Page) -> int:
    page.goto("/orders/")
    return page.locator(".order-card").count()


def test_a_cart_from_shelf_and_show_is_declined_and_then_paid(visitors):
    she, producer = visitors.come(), visitors.come(desktop=True)
    steps.sign_in(producer, "boris", then=steps.CONSOLE)
    if producer.locator("#tray .tray-row").nth(2).get_attribute("data-pinned") is None:
        steps.pins(producer, 2)
    steps.sign_up(she, "Рита")
    steps.join(she)
    lays_in_from_the_show(she)
    lays_in_from_the_shelf(she, 2)
    she.goto(CART)
    expect(she.locator(".cart-line")).to_have_count(2)
    expect(she.locator("#cart-way .pill")).to_have_text("2")
    she.locator(".cart-line [data-step='1']").first.click()
    expect(she.locator("#cart-way .pill")).to_have_text("3")

    checks_out(she)
    expect(she.locator(".order-line")).to_have_count(2)
    she.click(".order-pay[data-step=ready] a.button-primary")
    she.click("button[value=decline]")
    she.wait_for_url("**/orders/**")
    she.check(".order-pay[data-step=declined] input[value=sbp]")
    she.click(".order-again button[type=submit]")
    steps.pay(she)
    she.goto(CART)
    expect(she.locator(".cart-line")).to_have_count(0)
    for page in (she, producer):
        assert page.problems == []


def test_two_fast_clicks_are_one_order(visitors):
    she = visitors.come(language="en")
    steps.sign_up(she, "Tess")
    steps.join(she)
    lays_in_from_the_shelf(she, 3)
    checks_out(she, clicks=2)
    assert orders_of(she) == 1
    assert she.problems == []


def test_a_paid_order_is_called_off_and_the_money_goes_back(visitors):
    she = visitors.come()
    steps.sign_up(she, "Ульяна")
    steps.join(she)
    lays_in_from_the_shelf(she, 2)
    checks_out(she)
    steps.pay(she)
    she.click("a[href$='/withdrawal']")
    she.click("main form button[type=submit]")
    she.wait_for_url("**/orders/*/")
    expect(she.locator(".order-pay[data-step=refunded]")).to_be_visible(timeout=30_000)
    assert she.problems == []
