"""Takes docs/pictures: every screen and state of a demo shop, on a phone and a desk, by day and night, ru and en.

Usage: `.venv/bin/python -m tools.take_pictures [--house PORT:FOLDER] [name-prefix …]`; Chromium must be installed.
"""

from __future__ import annotations

import argparse
import io
import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys import steps
from tests.journeys.conftest import DESKTOP, FAKE_DEVICES, FLAGS, PHONE, chromium_path
from tests.journeys.house import House, open_house, until
from tools.pictures_after_show import after_the_show, explain_products
from tools.pictures_of_counting import around_the_counting
from tools.pictures_of_gifts import around_the_deals, around_the_envelopes
from tools.pictures_of_planning import around_the_calendar
from tools.pictures_of_rundowns import around_the_rundown
from tools.pictures_of_the_camera import around_the_camera
from tools.pictures_of_the_way import around_the_way

TARGET = Path(__file__).resolve().parents[1] / "docs" / "pictures"
# Every screen in four ways that together show each size, theme and language twice.
WAYS = [
    ("phone", "light", "ru"),
    ("phone", "dark", "en"),
    ("desk", "light", "en"),
    ("desk", "dark", "ru"),
]
Pose = Callable[[Page], None]


class Camera:
    """Opens a page as somebody in each way, lets it take its pose, and keeps the picture."""

    def __init__(self, browser: Browser, house: House, wanted: list[str]) -> None:
        self.browser, self.house, self.wanted = browser, house, wanted

    def take(
        self, name: str, path: str, *, who: str = "", pose: Pose | None = None, wait_ms: int = 700, script: str = ""
    ) -> None:
        if self.wanted and not name.startswith(tuple(self.wanted)):
            return
        for size, theme, language in WAYS:
            with self.page(size, theme, language, who, script=script) as page:
                page.goto(path)
                page.wait_for_timeout(wait_ms)
                if pose:
                    pose(page)
                    page.wait_for_timeout(500)
                self._keep(page, f"{name}-{size}-{theme}-{language}.webp")
        print(name, flush=True)

    @contextmanager
    def page(self, size: str, theme: str, language: str, who: str = "", *, script: str = "") -> Iterator[Page]:
        """A browser of somebody's own, with her language and theme chosen by cookie and on her account.

        `script` runs before each page's own, in place of devices that this machine has not got.
        """
        phone = size == "phone"
        context = self.browser.new_context(
            base_url=self.house.address,
            viewport=PHONE if phone else DESKTOP,
            locale="ru-RU" if language == "ru" else "en-US",
            color_scheme=theme,
            is_mobile=phone,
            has_touch=phone,
        )
        page = context.new_page()
        if script:
            page.add_init_script(script)
        if who:
            steps.sign_in(page, who, then="/orders/")
        page.goto("/orders/" if who else "/")
        for field, value in (("language", language), ("theme", theme)):
            page.evaluate(
                """([field, value]) => fetch("/preferences", {method: "POST",
                body: new URLSearchParams({[field]: value}),
                headers: {"X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value}})""",
                [field, value],
            )
        yield page
        context.close()

    def _keep(self, page: Page, name: str) -> None:
        wide, seen = page.evaluate("document.documentElement.scrollWidth"), (page.viewport_size or {})["width"]
        assert wide <= seen, f"{name}: the page is {wide} px wide on a screen of {seen}"
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        picture.save(TARGET / name, "WEBP", quality=82, method=6)


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


def wrong_password(page: Page) -> None:
    page.fill("[name=identity]", "nobody@example.com")
    page.fill("[name=password]", "not the right one")
    page.click("main button[type=submit]")


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


def around_the_studio(camera: Camera) -> None:
    camera.take("studio", "/studio/", who="boris")
    camera.take("studio-plan", "/studio/kromka/shows", who="boris")
    camera.take("console-live", steps.CONSOLE, who="boris", wait_ms=4000)
    camera.take("console-moderator", steps.CONSOLE, who="gleb", wait_ms=4000)


def around_the_shop(camera: Camera) -> None:
    """What the keeper of the shop sees: Boris, after Zoya has bought."""
    shop = "/studio/kromka"
    camera.take("shop-orders", f"{shop}/orders/", who="boris")
    with camera.page("desk", "light", "ru", "boris") as keeper:
        keeper.goto(f"{shop}/orders/?stage=to_pack")
        first = keeper.locator(".shop-table tbody a").first.get_attribute("href")
        camera.take("shop-order", str(first), who="boris")
        keeper.locator(".shop-choose input").first.check()
        keeper.click("button[value=pack]")
        keeper.wait_for_url("**/orders/runs/*/")
        camera.take("shop-run", keeper.url, who="boris", wait_ms=2500)
    for name in ("payments", "refunds", "returns", "products", "points"):
        camera.take(f"shop-{name}", f"{shop}/{name}/", who="boris")
    camera.take("shop-product", f"{shop}/products/2/", who="boris")
    camera.take("shop-counts", f"{shop}/products/counts", who="boris")


def other_stages(camera: Camera) -> None:
    """A planned show, a break, a lost picture, and the end."""
    with camera.page("desk", "light", "ru", "boris") as producer:
        producer.goto("/studio/kromka/shows")
        producer.fill("[name=title_ru]", "Новый обжиг: открываем печь")
        producer.fill("[name=title_en]", "A new firing: we open the kiln")
        soon = datetime.now(tz=UTC) + timedelta(days=20)
        producer.fill("[name=starts_at]", soon.strftime("%Y-%m-%dT19:00"))
        producer.click("main form button[type=submit]")
        producer.wait_for_url("**/studio/shows/*/")
        planned = producer.url.rstrip("/").rsplit("/", 1)[1]
        camera.take("room-scheduled", f"/shows/{planned}/", who="darya")
        camera.take("console-scheduled", f"/studio/shows/{planned}/", who="boris", wait_ms=1500)
        step(producer, "POST", "break")
        camera.take("room-break", steps.SHOW, who="darya", wait_ms=3000)
        camera.take("console-break", steps.CONSOLE, who="boris", wait_ms=2500)
        step(producer, "DELETE", "break")
        pid = camera.house.pid_of("camera")
        os.kill(pid, signal.SIGSTOP)
        try:
            until(lambda: stage_of(producer) == "reconnecting", within_s=60, what="a lost picture")
            camera.take("room-reconnecting", steps.SHOW, who="darya", wait_ms=3000)
        finally:
            os.kill(pid, signal.SIGCONT)
        until(lambda: stage_of(producer) == "live", within_s=60, what="the picture back")
        explain_products(producer)
        step(producer, "POST", "end")
        camera.take("room-ended", steps.SHOW, who="darya", wait_ms=2500)
        camera.take("console-ended", steps.CONSOLE, who="boris", wait_ms=2500)
        after_the_show(camera, producer)


def step(producer: Page, method: str, resource: str) -> None:
    """What the console's buttons send."""
    status = producer.evaluate(
        """([method, path]) => fetch(path, {method, headers: {"X-CSRFToken":
        document.querySelector("[name=csrfmiddlewaretoken], meta[name=csrf]")?.value
        ?? document.querySelector("meta[name^=csrf]").content}}).then((answer) => answer.status)""",
        [method, f"{steps.CONSOLE}{resource}"],
    )
    assert status == 200, f"{method} {resource}: {status}"


def stage_of(page: Page) -> str:
    return page.request.get(f"{steps.SHOW}room.json").json()["state"]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--house", help="PORT:FOLDER of a demo that already runs")
    asked.add_argument("names", nargs="*")
    options = asked.parse_args()
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="svoi-pictures-") as folder, sync_playwright() as playwright:
        Path(folder).chmod(0o755)
        port, _, data = (options.house or "").partition(":")
        house = House(int(port), Path(data), None) if options.house else open_house(Path(folder) / "data")
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=[*FLAGS, *FAKE_DEVICES])
        house.wait_on_air()
        camera = Camera(browser, house, options.names)
        try:
            around_the_house(camera)
            around_the_show(camera)
            around_the_till(camera)
            around_the_way(camera)
            around_the_envelopes(camera)
            around_the_deals(camera)
            around_the_studio(camera)
            around_the_shop(camera)
            around_the_calendar(camera)
            around_the_rundown(camera)
            around_the_camera(camera)
            other_stages(camera)
            around_the_counting(camera)
        finally:
            browser.close()
            house.stop()


if __name__ == "__main__":
    main()
