"""A camera of the pictures: a page as somebody sees it, in each way, with the pose it takes; for `tools.screens`."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, StorageState

from tests.journeys import steps
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.house import House

TARGET = Path(__file__).resolve().parents[2] / "docs" / "pictures"
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
        self._signed: dict[tuple[str, str], StorageState] = {}

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
        signed = self._signed.get((who, size))  # one password typed is enough for all her pictures
        context = self.browser.new_context(
            storage_state=signed,
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
        if who and not signed:
            steps.sign_in(page, who, then="/orders/")
            self._signed[who, size] = context.storage_state()
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
