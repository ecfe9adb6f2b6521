"""Pictures of the house as a visitor and a member see it; for `tools.screens`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Page

if TYPE_CHECKING:
    from tools.screens.camera import Camera


def wrong_password(page: Page) -> None:
    page.fill("[name=identity]", "nobody@example.com")
    page.fill("[name=password]", "not the right one")
    page.click("main button[type=submit]")


def around_the_house(camera: Camera) -> None:
    camera.take("home-visitor", "/")
    camera.take("home-member", "/", who="darya")
    camera.take("sign-up", "/sign-up")
    camera.take("sign-in-refused", "/sign-in", pose=wrong_password)
    camera.take("me", "/me", who="darya")
    camera.take("community-visitor", "/c/kromka/")
    camera.take("community-member", "/c/kromka/", who="darya")
    camera.take("product", "/c/kromka/products/2/", who="darya")
    camera.take("not-found", "/c/nothing-here/")
    camera.take("orders-empty", "/orders/", who="ksenia")
