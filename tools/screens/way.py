"""Pictures of an order's way: at the point with its code, collected, and asked back; for `tools.screens`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import Page

from tests.journeys import steps
from tests.journeys.test_fulfilment import ORDERS, buy, comes_back_until, to_the_point

if TYPE_CHECKING:
    from tools.screens.camera import Camera


def around_the_way(camera: Camera) -> None:
    """Zoya buys two cups, collects them with the code, and gives one back."""
    with camera.page("phone", "light", "ru") as buyer, camera.page("desk", "light", "ru") as keeper:
        number = buy(buyer, "zoya")
        buyer.wait_for_selector(".order-pay[data-step=paid]", timeout=30_000)
        steps.sign_in(keeper, "anna", then=ORDERS)
        parcel, order = to_the_point(keeper, number), f"/orders/{number}/"
        camera.take("order-at-point", order, who="zoya")
        camera.take("point-parcel", parcel, who="anna")
        buyer.goto(order)
        keeper.fill("#code", "".join(re.findall(r"\d", buyer.locator(".order-digits").inner_text())))
        keeper.click(".code-form button")
        keeper.wait_for_selector(".parcel-done")
        comes_back_until(buyer, number, f"a[href='/orders/{number}/returns']")
        camera.take("order-collected", order, who="zoya")
        camera.take("return-form", f"{order}returns", who="zoya", pose=half_of_it)
        buyer.goto(f"{order}returns")
        half_of_it(buyer)
        buyer.click("form.order-page button[type=submit]")
        buyer.wait_for_selector("[data-return=accepted]")
        camera.take("order-returning", order, who="zoya")


def half_of_it(page: Page) -> None:
    page.locator("select[name^=pieces_]").first.select_option("1")
    page.check("[name=reason][value=changed_mind]")
