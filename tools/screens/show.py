"""Pictures of a show on air and of what is bought in it: room, tray, sheet, order, bank; for `tools.screens`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Page

from tests.journeys import steps

if TYPE_CHECKING:
    from tools.screens.camera import Camera


def bag(page: Page) -> None:
    """On a desk the tray stands beside the picture all the time."""
    if page.locator(".room-bag").is_visible():
        page.click(".room-bag")


def sheet(page: Page) -> None:
    steps.open_sheet(page)


def points_map(page: Page) -> None:
    """The points of the sheet on paper, the first of the list chosen."""
    steps.open_sheet(page)
    page.locator("#buy-sheet .point input").first.check()
    page.click("#points-tab-map")
    page.wait_for_selector(".point-mark")
    page.locator(".point-map-ground").scroll_into_view_if_needed()


def refused_sheet(page: Page) -> None:
    """The price she was shown is not the price any more."""
    steps.open_sheet(page)
    page.locator("#buy-sheet .point input").first.check()
    page.evaluate("document.querySelectorAll('#buy-form [name^=shown_]').forEach((field) => (field.value = 100))")
    steps.order(page)
    page.wait_for_selector("[data-refused]")


def new_order(camera: Camera) -> str:
    """An order of Zoya's that waits for money; returns its address."""
    with camera.page("phone", "light", "ru", "zoya") as page:
        page.goto(steps.SHOW)
        steps.open_sheet(page)
        page.locator("#buy-sheet .point input").first.check()
        steps.order(page)
        page.wait_for_url("**/orders/*/")
        page.wait_for_selector(".order-pay[data-step=ready]")
        return page.url


def at_the_bank(camera: Camera, order: str, decision: str = "") -> str:
    """Opens the bank's page of an order, decides there, and returns the page's address."""
    with camera.page("phone", "light", "ru", "zoya") as page:
        page.goto(order)
        page.click(".order-pay[data-step=ready] a.button-primary")
        page.wait_for_url("**/fake-bank/**")
        address = page.url
        if decision:
            page.click(f"button[value={decision}]")
            page.wait_for_selector("[data-step=paid], [data-step=declined]")
        return address


TALK = (
    ("yegor", "Вера, а носик у чайника не капает?"),
    ("gleb", "Проверяли на той неделе: не капает"),
    ("zoya", "Кружку «Утро» можно в посудомойку?"),
    ("ildar", "Взял такую в мае, моется отлично"),
)


def talk(camera: Camera) -> None:
    """A few people of the demo say what people say."""
    for who, words in TALK:
        with camera.page("desk", "light", "ru", who) as page:
            page.goto(steps.SHOW)
            page.wait_for_timeout(1500)
            steps.say(page, words)


def around_the_show(camera: Camera) -> None:
    talk(camera)
    camera.take("room-live", steps.SHOW, who="darya", wait_ms=4000)
    camera.take("room-visitor", steps.SHOW, wait_ms=4000)
    camera.take("room-bag", steps.SHOW, who="darya", pose=bag, wait_ms=2500)
    camera.take("sheet", steps.SHOW, who="darya", pose=sheet, wait_ms=2500)
    camera.take("sheet-map", steps.SHOW, who="darya", pose=points_map, wait_ms=2500)
    camera.take("sheet-refused", steps.SHOW, who="darya", pose=refused_sheet, wait_ms=2500)
    waiting = new_order(camera)
    camera.take("order-waits", waiting, who="zoya", wait_ms=1500)
    camera.take("demo-bank", at_the_bank(camera, waiting), who="zoya")
    at_the_bank(camera, waiting, "decline")
    camera.take("order-declined", waiting, who="zoya", wait_ms=1500)
    paid = new_order(camera)
    at_the_bank(camera, paid, "succeed")
    camera.take("order-paid", paid, who="zoya", wait_ms=1500)
    camera.take("orders", "/orders/", who="zoya")
