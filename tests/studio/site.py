"""A console answered from memory: pages rendered beforehand, files from the tree, and every request noted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Request, Route

SITE = "http://testserver"
TYPES = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml", "woff2": "font/woff2", "png": "image/png"}
ROOM = """() => {
  const root = document.querySelector("svoi-console");
  globalThis.sent = [];
  root.socket.say = (message) => { sent.push(message); return true; };
  globalThis.hear = (frame) => root.socket.dispatchEvent(new CustomEvent("frame", { detail: frame }));
}"""


@dataclass
class Answer:
    """What the server would say."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """Answers by method and path; what nobody wrote an answer for is 503."""

    home: str
    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def learn(self, browser: Client, part: str, *, method: str = "GET", of: str | None = None) -> None:
        """Keep what the real server says now to GET `of` (the part itself when not named) as the answer."""
        asked = part if of is None else of
        told = browser.get(self.home + asked, headers={"HX-Request": "true"} if asked else {})
        headers = {
            name: value for name, value in told.headers.items() if name.startswith(("Content-Sec", "Content-Ty"))
        }
        self.answers[method, self.home + part] = Answer(told.content, told.status_code, headers)

    def mark(self, part: str, **marks: str) -> None:
        """From now on the part comes with other values of its data attributes."""
        told = self.answers["GET", self.home + part]
        for name, value in marks.items():
            told.body = re.sub(rb'(data-%b=")[^"]*' % name.encode(), rb"\g<1>" + value.encode(), told.body, count=1)

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE).partition("?")[0]
        if path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/"))
            kind = TYPES.get(path.rpartition(".")[2], "text/plain")
            route.fulfill(status=200 if found else 404, content_type=kind, path=found or None)
            return
        if path.startswith(self.home):
            self.note(route.request, path)
        told = self.answers.get((route.request.method, path), Answer(b"", 503))
        route.fulfill(status=told.status, headers=told.headers, body=told.body)

    def note(self, request: Request, path: str) -> None:
        query = request.url.partition("?")[2]
        self.asked.append((request.method, path.removeprefix(self.home), request.post_data or query))

    def asked_for(self, part: str) -> list[tuple[str, str]]:
        """Methods and fields of the requests for a part, the polling of it left in."""
        return [(method, fields) for method, path, fields in self.asked if path == part]

    def forget(self) -> None:
        self.asked.clear()


def hear(page: Page, **frame: object) -> None:
    """Hand a frame of the room to the console."""
    page.evaluate("(frame) => hear(frame)", frame)


def opened(chromium: Browser, site: Site, size: dict[str, int]) -> Iterator[Page]:
    context = chromium.new_context(viewport=size, locale="ru-RU", timezone_id="Europe/Moscow", reduced_motion="reduce")
    shown = context.new_page()
    shown.on("pageerror", lambda fault: site.faults.append(str(fault)))
    shown.on("console", lambda line: site.faults.append(line.text) if "Content Security" in line.text else None)
    context.route("**/*", site.answer)
    shown.goto(SITE + site.home)
    shown.evaluate(ROOM)
    shown.wait_for_selector("#signal[data-state]", state="attached")
    site.forget()
    yield shown
    assert site.faults == []
    context.close()
