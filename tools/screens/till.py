"""Pictures of the cart and the checkout, full and refused; for `tools.screens`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Page

from tests.journeys import steps
from tools.screens.show import at_the_bank, new_order

if TYPE_CHECKING:
    from tools.screens.camera import Camera


def full_cart(camera: Camera) -> None:
    """Ildar lays in something of the show and two things of the shelf, once."""
    with camera.page("phone", "light", "ru", "ildar") as page:
        page.goto("/c/kromka/cart")
        if page.locator(".cart-line").count():
            return
        page.goto(steps.SHOW)
        steps.open_sheet(page)
        page.click("#buy-sheet .buy-foot button[formaction]")
        page.wait_for_selector("#buy-sheet #laid-in a")
        for product in (2, 3):
            page.goto(f"/c/kromka/products/{product}/")
            page.click(".offer-ways form button[type=submit]")
            page.wait_for_selector("#laid-in a")


def refused_checkout(page: Page) -> None:
    """The price of the first thing is not what the page showed any more."""
    page.locator(".checkout-point input[name=pickup_point]").first.check()
    page.evaluate("document.querySelector('#buy-form [name^=shown_]').value = 100")
    page.click(".checkout-foot button")
    page.wait_for_selector("[data-refused]")


def around_the_till(camera: Camera) -> None:
    """The cart, the checkout, and orders on their way to a member and back."""
    camera.take("cart-empty", "/c/kromka/cart", who="ksenia")
    full_cart(camera)
    camera.take("cart", "/c/kromka/cart", who="ildar")
    camera.take("checkout", "/c/kromka/checkout", who="ildar")
    camera.take("checkout-refused", "/c/kromka/checkout", who="ildar", pose=refused_checkout)
    paid = new_order(camera)
    at_the_bank(camera, paid, "succeed")
    camera.take("order-call-off", f"{paid}withdrawal", who="zoya")
