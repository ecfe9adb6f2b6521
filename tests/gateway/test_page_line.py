"""The page's line to its room in a real browser: resumed after a restart, read-only where no WebSocket gets through."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from playwright.async_api import Page as BrowserPage
from playwright.async_api import async_playwright

import svoi.web
from tests.chromium import CHROMIUM, SWITCHES, needs_chromium
from tests.gateway.conftest import Evening
from tests.gateway.stage import Stage, ticket

MODULES = Path(svoi.web.__file__).parent / "static"
PATIENCE_MS = 30_000
pytestmark = needs_chromium

PAGE = """<!doctype html><script type="importmap">{"imports": {
  "web/shows/room-line.js": "/static/web/shows/room-line.js",
  "web/shows/room-socket.js": "/static/web/shows/room-socket.js"
}}</script><script type="module">
import { RoomSocket } from "web/shows/room-socket.js";
const ask = (path, how) => fetch(path, how).then((answer) => answer.ok ? answer.json() : Promise.reject(answer.status));
globalThis.told = []; globalThis.states = []; globalThis.fresh = [];
globalThis.line = new RoomSocket({
  ticket: () => ask("/ticket", { method: "POST" }), fresh: () => ask("/room.json"),
  cursor: JSON.parse(new URLSearchParams(location.search).get("cursor")), watching: () => ({ media: 5, playing: true }),
});
line.addEventListener("frame", ({ detail }) => told.push(detail));
line.addEventListener("fresh", ({ detail }) => fresh.push(detail));
line.addEventListener("state", ({ detail }) => states.push(detail));
line.start();
</script>"""


@dataclass
class Site:
    """A small web with one page, its modules and its tickets; `is_blocked` keeps WebSockets from getting through."""

    stage: Stage
    evening: Evening
    is_blocked: bool = False
    tickets: list[str] = field(default_factory=list)
    address: str = ""

    async def page(self, request: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html")

    async def room(self, request: web.Request) -> web.Response:
        return web.json_response({"facts": 0, "chat": 0, "messages": []})

    async def ticket(self, request: web.Request) -> web.Response:
        self.tickets.append(ticket(self.evening.vera))
        port = 9 if self.is_blocked else self.stage.serving.port
        show = self.evening.show.pk
        return web.json_response(
            {
                "ticket": self.tickets[-1],
                "gateway": f"ws://127.0.0.1:{port}/rooms/{show}",
                "sse": f"http://127.0.0.1:{self.stage.serving.sse_port}/rooms/{show}",
            }
        )


@pytest.fixture
async def site(stage: Stage, evening: Evening) -> AsyncIterator[Site]:
    site = Site(stage, evening)
    application = web.Application()
    application.add_routes(
        [web.get("/", site.page), web.get("/room.json", site.room), web.post("/ticket", site.ticket)]
    )
    application.router.add_static("/static", MODULES)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    stage.allow(site.address)
    yield site
    await runner.cleanup()


@pytest.fixture
async def browser_page() -> AsyncIterator[BrowserPage]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield await browser.new_page()
        await browser.close()


async def opened(page: BrowserPage, site: Site, cursor: str = '{"facts":0,"chat":0}') -> None:
    await page.goto(f"{site.address}/?cursor={cursor}")


async def heard(page: BrowserPage, count: int) -> list[tuple[int, str]]:
    """The messages heard so far, once there are so many."""
    await page.wait_for_function(
        "count => told.filter(frame => frame.t === 'chat').length >= count", arg=count, timeout=PATIENCE_MS
    )
    frames: list[dict[str, Any]] = await page.evaluate("told.filter(frame => frame.t === 'chat')")
    return [(frame["n"], frame["text"]) for frame in frames]


async def live(page: BrowserPage) -> dict[str, Any]:
    await page.wait_for_function("states.at(-1)?.state === 'live'", timeout=PATIENCE_MS)
    state: dict[str, Any] = await page.evaluate("states.at(-1)")
    return state


async def test_the_line_comes_back_after_a_restart_and_hears_what_it_missed(
    site: Site, stage: Stage, evening: Evening, browser_page: BrowserPage
) -> None:
    await opened(browser_page, site)
    assert await live(browser_page) == {"state": "live", "readOnly": False}
    said = "line.say({ k: crypto.randomUUID(), text: 'from the page', media: null })"
    assert await browser_page.evaluate(said) is True
    assert await heard(browser_page, 1) == [(1, "from the page")]
    await stage.restart()
    async with stage.page(evening.gleb) as gleb:
        await gleb.say("meanwhile")
        assert await heard(browser_page, 2) == [(1, "from the page"), (2, "meanwhile")]
    states = await browser_page.evaluate("states.map(({ state }) => state)")
    assert states == ["connecting", "live", "reconnecting", "live"]
    assert len(set(site.tickets)) == len(site.tickets) >= 2
    await browser_page.evaluate("line.stop()")
    assert await browser_page.evaluate("[states.at(-1).state, line.say({ k: '', text: '' })]") == ["offline", False]


async def test_without_websockets_the_room_is_read_over_events(
    site: Site, stage: Stage, evening: Evening, browser_page: BrowserPage
) -> None:
    site.is_blocked = True
    await opened(browser_page, site)
    assert await live(browser_page) == {"state": "live", "readOnly": True}
    async with stage.page(evening.gleb) as gleb:
        await gleb.say("one")
        await gleb.say("two")
        assert await heard(browser_page, 2) == [(1, "one"), (2, "two")]
    assert await browser_page.evaluate("line.say({ k: '', text: 'x' })") is False


async def test_who_missed_too_much_reads_the_room_afresh(site: Site, browser_page: BrowserPage) -> None:
    await opened(browser_page, site, '{"facts":9999,"chat":0}')
    await live(browser_page)
    assert await browser_page.evaluate("fresh") == [{"facts": 0, "chat": 0, "messages": []}]
    assert await browser_page.evaluate("line.cursor") == {"facts": 0, "chat": 0}
