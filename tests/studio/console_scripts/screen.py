"""A console on a screen: the frames handed to it, what it asks for, and what is read back."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.studio.site import Site, hear

NOON_MS = 1_795_348_800_000


def asked(page: Page, site: Site, part: str, times: int = 1) -> list[tuple[str, str]]:
    """Wait until a part was asked for so many times."""
    for _ in range(100):
        if len(site.asked_for(part)) >= times:
            break
        page.wait_for_timeout(50)
    return site.asked_for(part)


def fact(page: Page, kind: str, **fields: object) -> None:
    hear(page, t="fact", n=1, kind=kind, at=NOON_MS, **fields)


def message(text: str, *, number: int = 9, **more: object) -> dict[str, object]:
    by = {"id": 77, "name": "Нина", "role": "viewer"}
    return {"t": "chat", "n": number, "id": 1000 + number, "by": by, "text": text, "at": NOON_MS, **more}


def lines(page: Page) -> list[str]:
    return page.eval_on_selector_all(
        "#talk > li", "(all) => all.map((one) => one.innerText.replace(/\\s+/g, ' ').trim())"
    )


def products(page: Page) -> list[str]:
    return page.eval_on_selector_all("#tray .tray-row", "(rows) => rows.map((row) => row.dataset.product)")
