"""What people do, in the words of the pages; each step waits for what a person would wait for."""

from __future__ import annotations

import tomllib
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.journeys.house import ROOT

DEMO = ROOT / "svoi" / "jobs" / "demo"
PASSWORD = tomllib.loads((DEMO / "people.toml").read_text(encoding="utf-8"))["password"]
SHOW = "/shows/1/"
CONSOLE = "/studio/shows/1/"
# Has the picture a new frame? A hash of a few dozen pixels of the frame that is on the screen.
FRAME = """() => {
  const video = document.querySelector("svoi-player video");
  if (!video || !video.videoWidth) return null;
  const canvas = new OffscreenCanvas(24, 42), pen = canvas.getContext("2d");
  pen.drawImage(video, 0, 0, 24, 42);
  return Array.from(pen.getImageData(0, 0, 24, 42).data).reduce((sum, value) => (sum * 31 + value) % 1000000007, 7);
}"""


def sign_up(page: Page, name: str, *, then: str = SHOW) -> None:
    """A new account; the newcomer goes where she was going."""
    page.goto(f"/sign-up?next={then}")
    page.fill("[name=name]", name)
    page.fill("[name=identity]", f"{uuid4().hex[:12]}@example.com")
    page.fill("[name=password]", "three cups and honey")
    page.check("[name=processing]")
    page.click("main button[type=submit]")
    page.wait_for_url(f"**{then}")


def sign_in(page: Page, who: str, *, then: str = SHOW) -> None:
    """One of the demo's people."""
    page.goto(f"/sign-in?next={then}")
    page.fill("[name=identity]", f"{who}@example.com")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"**{then}")


def join(page: Page) -> None:
    """By the door in the composer; she returns to the room."""
    page.click(".composer-join button")
    page.wait_for_url(f"**{SHOW}")
    expect(page.locator(".composer-form input[name=text]")).to_be_visible()


def picture_moves(page: Page) -> None:
    """Three different frames come one after another."""
    seen: set[int] = set()
    for _ in range(100):
        frame = page.evaluate(FRAME)
        if frame is not None:
            seen.add(frame)
        if len(seen) >= 3:
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"the picture stands still: {len(seen)} different frames in 20 s")


def say(page: Page, text: str) -> None:
    """Write and send; the line stands in the log as sent."""
    page.fill(".composer-form input[name=text]", text)
    page.press(".composer-form input[name=text]", "Enter")
    expect(line(page, text)).to_be_visible()


def line(page: Page, text: str):
    """The line of the chat with these words, told by the room (a pending one has no number yet)."""
    return page.locator("svoi-chat .line[data-n]", has_text=text).last


def pins(console: Page, place: int) -> str:
    """The producer pins the nth product of the tray; returns its name."""
    row = console.locator("#tray .tray-row").nth(place)
    name = row.get_attribute("data-name") or ""
    row.locator(".tray-pin button").click()
    expect(console.locator(f'#tray .tray-row[data-pinned][data-name="{name}"]')).to_be_visible()
    return name


def sees_pinned(page: Page, name: str) -> None:
    """The card of the room shows the product."""
    expect(page.locator("svoi-pin [data-title]")).to_have_text(name)


def open_sheet(page: Page) -> None:
    """From the pinned card."""
    page.click("svoi-pin .pin-buy")
    expect(page.locator("#buy-sheet #buy-form")).to_be_visible()


def choose_point(page: Page, text: str = "Шаболовка") -> None:
    """Find a pickup point by its street and take the first."""
    page.fill("#buy-sheet input[type=search]", text)
    expect(page.locator("#buy-sheet .point")).to_have_count(1)
    page.locator("#buy-sheet .point input").first.check()


def order(page: Page) -> None:
    """Press the one button of the sheet."""
    page.click("#buy-sheet .buy-foot button[type=submit]")


def pay(page: Page) -> None:
    """From the order to the bank and back, until the order is paid."""
    page.click(".order-pay[data-step=ready] a.button-primary")
    page.click("button[value=succeed]")
    page.wait_for_url("**/orders/**")
    expect(page.locator(".order-pay[data-step=paid]")).to_be_visible(timeout=20_000)
