"""Pictures of the studio: plan, console, the shop's books, and the stages of a show to its end; for `tools.screens`."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import Page

from tests.journeys import steps
from tests.journeys.house import until
from tools.screens.after_show import after_the_show, explain_products

if TYPE_CHECKING:
    from tools.screens.camera import Camera


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


def before_a_show(camera: Camera) -> None:
    """A show somebody has just planned: its room, its console, and how it is announced."""
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
        camera.take("announcement", f"/studio/shows/{planned}/announcement", who="boris")
        camera.take("announcement-refused", f"/studio/shows/{planned}/announcement", who="boris", pose=gives_no_picture)
        camera.take("console-scheduled", f"/studio/shows/{planned}/", who="boris", wait_ms=1500)


def other_stages(camera: Camera) -> None:
    """A break, a lost picture, and the end."""
    with camera.page("desk", "light", "ru", "boris") as producer:
        producer.goto(steps.CONSOLE)
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


def gives_no_picture(page: Page) -> None:
    page.set_input_files("#file", {"name": "dinner.jpg", "mimeType": "image/jpeg", "buffer": b"no picture at all"})
    page.click("#poster-form button[type=submit]")
    page.wait_for_selector("[data-refused]")


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
