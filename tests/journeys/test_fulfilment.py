"""From a paid order to the buyer's hands and partly back; and money that is only held until the shop has packed."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.conftest import Visitors
from tests.journeys.house import House, open_house, until

pytestmark = pytest.mark.journey
ORDERS = "/studio/kromka/orders/"


def buy(buyer: Page, who: str, *, pieces: int = 2) -> str:
    """She buys from the shelf and pays; returns the number of her order."""
    steps.sign_in(buyer, who, then="/c/kromka/products/")
    product = buyer.locator("a[href*='/products/']:visible").filter(has_text=re.compile("кружка|Кружка")).first
    address = product.get_attribute("href") or ""
    buyer.goto(address.rstrip("/") + "/orders")
    buyer.fill("#buy-form [name=quantity], [name=quantity][form=buy-form]", str(pieces))
    buyer.locator("[name=pickup_point]").first.check()
    buyer.click(".buy-foot button[type=submit]")
    buyer.wait_for_url("**/orders/*/")
    buyer.click(".order-pay[data-step=ready] a.button-primary")
    buyer.click("button[value=succeed]")
    buyer.wait_for_url("**/orders/**")
    return buyer.url.split("/orders/")[1].split("/")[0]


def comes_back_until(page: Page, number: str, sign: str) -> None:
    """She opens her order again and again, as one does who waits for something to happen to it."""

    def is_there() -> bool:
        page.goto(f"/orders/{number}/")
        return page.locator(sign).count() > 0

    until(is_there, within_s=60, what=f"{sign} on the page of order {number}", every_s=1)


def order_sheet(keeper: Page, number: str) -> None:
    """The keeper of the shop opens the order from her list."""
    keeper.goto(ORDERS)
    keeper.click(f"a:has-text('{number}')")
    expect(keeper.locator("h1")).to_have_text(number)


def to_the_point(keeper: Page, number: str) -> str:
    """Packed, sent, and received at the counter; returns the address of the parcel there."""
    order_sheet(keeper, number)
    keeper.click("form[action$='/packing'] button")
    expect(keeper.locator("form[action$='/sending'] button")).to_be_visible()
    keeper.click("form[action$='/sending'] button")
    keeper.click("a[href*='/studio/points/'][href*='/parcels/']")
    keeper.click("form[action$='/arrival'] button")
    expect(keeper.locator("#code")).to_be_visible()
    return keeper.url


def test_handed_over_by_its_code_and_given_back_in_part(visitors):
    """She collects with the code only she sees; one of two cups comes back, and its money too."""
    buyer, keeper = visitors.come(), visitors.come(desktop=True, language="en")
    number = buy(buyer, "zoya")
    expect(buyer.locator(".order-pay[data-step=paid]")).to_be_visible(timeout=30_000)
    steps.sign_in(keeper, "anna", then=ORDERS)
    parcel = to_the_point(keeper, number)

    buyer.goto(f"/orders/{number}/")
    digits = "".join(re.findall(r"\d", buyer.locator(".order-digits").inner_text()))
    assert len(digits) == 6
    keeper.fill("#code", f"{(int(digits) + 1) % 1_000_000:06}")
    keeper.click(".code-form button")
    expect(keeper.locator("[data-refused=code_wrong]")).to_be_visible()
    keeper.fill("#code", digits)
    keeper.click(".code-form button")
    expect(keeper.locator(".parcel-done")).to_be_visible()

    comes_back_until(buyer, number, f"a[href='/orders/{number}/returns']")
    buyer.click(f"a[href='/orders/{number}/returns']")
    buyer.locator("select[name^=pieces_]").first.select_option("1")
    buyer.check("[name=reason][value=changed_mind]")
    buyer.click("form.order-page button[type=submit]")
    expect(buyer.locator("[data-return=accepted]")).to_be_visible()

    keeper.goto(parcel)
    keeper.click(".parcel-return button")
    comes_back_until(buyer, number, "[data-return=received] [data-refund=succeeded]")
    for page in (buyer, keeper):
        assert page.problems == []


@pytest.fixture(scope="module")
def holding_house() -> Iterator[House]:
    """A shop that holds the money on the card and takes it when it packs."""
    with tempfile.TemporaryDirectory(prefix="svoi-journey-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        running = open_house(Path(folder) / "data", settings={"SVOI_HOLD_MONEY": "1"})
        running.wait_on_air()
        yield running
        running.stop()


def test_money_is_held_until_the_order_is_packed(browser, holding_house):
    """The bank holds, the shop packs, the bank takes; before that the order says what happens."""
    visitors = Visitors(browser, holding_house)
    buyer, keeper = visitors.come(language="en"), visitors.come(desktop=True)
    number = buy(buyer, "zoya")
    expect(buyer.locator(".order-pay[data-step=held]")).to_be_visible(timeout=30_000)
    steps.sign_in(keeper, "anna", then=ORDERS)
    order_sheet(keeper, number)
    keeper.click("form[action$='/packing'] button")
    comes_back_until(buyer, number, ".order-pay[data-step=paid]")
    for context in visitors.contexts:
        context.close()
