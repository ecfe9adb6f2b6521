"""Pictures of what a show leaves behind: chapters, debrief, clips, a draft, claims, cards; for `tools.screens`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Page

from tests.journeys import steps
from tests.journeys.house import until

if TYPE_CHECKING:
    from tools.screens.camera import Camera

STUDIO = steps.CONSOLE.rstrip("/")
EXPLAINED_MS = 14_000


def explain_products(producer: Page) -> None:
    """On air: three products one after another, each for long enough to be a chapter."""
    producer.goto(steps.CONSOLE)
    tray = producer.locator("[data-product]").evaluate_all("(rows) => rows.map((row) => row.dataset.product)")
    for product in list(dict.fromkeys(tray))[:3]:
        _send(producer, "PUT", f"{STUDIO}/pin", {"product": product})
        producer.wait_for_timeout(EXPLAINED_MS)


def after_the_show(camera: Camera, producer: Page) -> None:
    """The show is over: it is looked through, looked back at, cut and written about."""
    camera.take("room-chapters", steps.SHOW, who="darya", pose=in_a_chapter, wait_ms=1500)
    _write_notes(producer)
    _mark_claims(producer)
    camera.take("debrief", f"{STUDIO}/debrief", who="boris")
    camera.take("debrief-notes", f"{STUDIO}/debrief", who="boris", pose=to_the_notes)
    draft = _cut_clips(producer)
    camera.take("clips", f"{STUDIO}/clips", who="boris", wait_ms=2500)
    camera.take("clips-chapters", f"{STUDIO}/clips", who="boris", pose=to_the_chapters)
    camera.take("announcement-ended", f"{STUDIO}/announcement", who="boris", wait_ms=2500)
    camera.take("story-draft", draft, who="boris", wait_ms=2500)
    camera.take("claims", f"{STUDIO}/claims", who="boris")
    camera.take("claims-log", "/studio/kromka/claims", who="boris")
    camera.take("hosts", "/studio/kromka/hosts", who="boris")


def in_a_chapter(page: Page) -> None:
    """On a phone the list lies over the recording, on a desk it stands beside it."""
    if not page.locator(".room-rail").is_visible():
        page.locator(".notice-chapters").click()
        page.locator("#chapters a[data-chapter]").nth(1).click()
        page.wait_for_timeout(2500)
        page.locator(".room-chapters").click()  # beside the timeline
    else:
        page.locator(".room-rail a[data-chapter]").nth(1).click()
        page.wait_for_timeout(2500)


def to_the_notes(page: Page) -> None:
    page.locator("#notes").evaluate("(title) => title.scrollIntoView({block: 'start'})")


def to_the_chapters(page: Page) -> None:
    page.locator("#chapters").evaluate("(title) => title.scrollIntoView({block: 'start'})")


def _write_notes(producer: Page) -> None:
    for kind, text in (
        ("keep", "Первые пять минут без товара: познакомились и сразу пошли вопросы"),
        ("change", "Свет слева: на тёмной глазури блик закрывал рисунок"),
    ):
        producer.goto(f"{STUDIO}/debrief")
        producer.check(f"input[name=kind][value={kind}]")
        producer.fill("#note-text", text)
        producer.click(".after-pair form.card button[type=submit]")


def _mark_claims(producer: Page) -> None:
    for text, evidence in (
        ("Можно мыть в посудомоечной машине", "Протокол испытаний 12/26"),
        ("Держит тепло полтора часа", ""),
    ):
        producer.goto(f"{STUDIO}/claims")
        producer.fill("#claim-text", text)
        producer.fill("#evidence", evidence)
        producer.fill("input[name=place]", "0:20")
        producer.click("form.card button[type=submit]")


def _cut_clips(producer: Page) -> str:
    """Two clips of what was explained last, long enough for them; returns the address of the first one's draft."""
    for back in (3, 2):
        producer.goto(f"{STUDIO}/clips")
        forms = producer.locator(".after-cut:is(form)")
        form = forms.nth(forms.count() - back)
        form.locator("input[name=length]").fill("8")
        form.locator("button").click()
    producer.goto(f"{STUDIO}/clips")
    until(lambda: producer.locator(".after-video[src]").count() == 2, within_s=60, what="the clips")
    return str(producer.locator(".after-clips a.button").first.get_attribute("href"))


def _send(producer: Page, method: str, path: str, fields: dict[str, str]) -> None:
    status = producer.evaluate(
        """([method, path, fields]) => fetch(path, {method, body: new URLSearchParams(fields), headers: {"X-CSRFToken":
        document.querySelector("[name=csrfmiddlewaretoken], meta[name=csrf]")?.value
        ?? document.querySelector("meta[name^=csrf]").content}}).then((answer) => answer.status)""",
        [method, path, fields],
    )
    assert status == 200, f"{method} {path}: {status}"
