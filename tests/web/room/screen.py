"""A room on a screen: the browser it is opened in, the frames handed to it, and what is read back."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

SITE = "http://testserver"
TYPES = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml", "woff2": "font/woff2", "png": "image/png"}
NOON_MS = 1_795_348_800_000


def hear(page: Page, **frame: object) -> None:
    page.evaluate("(frame) => hear(frame)", frame)


def message(n: int, text: str, **more: object) -> dict[str, object]:
    by = {"id": 77, "name": "Борис", "role": "viewer"}
    return {"t": "chat", "n": n, "id": 1000 + n, "by": by, "text": text, "at": NOON_MS, "media": None, **more}


def lines(page: Page) -> list[str]:
    return page.eval_on_selector_all(".chat-log > li", "(lines) => lines.map((line) => line.textContent.trim())")


def write(page: Page, text: str) -> str:
    """Say something; returns the key it was said under."""
    page.fill(".composer-form input", text)
    page.press(".composer-form input", "Enter")
    return page.evaluate("sent.at(-1).k")


def from_module(page: Page, module: str, use: str) -> Any:
    """What an expression over a module's names gives."""
    return page.evaluate(f"async () => {{ const m = await import('web/shows/{module}.js'); return {use}; }}")
