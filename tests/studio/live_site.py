"""A browser whose requests are answered by the real views, in the test's own process and database."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib.staticfiles import finders
from django.db import connections
from django.test import Client
from playwright.sync_api import Route

from tests.studio.site import SITE, TYPES


@dataclass
class LiveSite:
    """Every request goes through somebody's signed-in client; what was asked is noted as (method, path, body)."""

    browser: Client
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        request = route.request
        if not request.url.startswith(SITE):
            route.abort()
            return
        path = request.url.removeprefix(SITE)
        if path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/").partition("?")[0])
            kind = TYPES.get(path.rpartition(".")[2], "text/plain")
            route.fulfill(status=200 if found else 404, content_type=kind, path=found or None)
            return
        body = request.post_data_buffer or b""
        self.asked.append((request.method, path, body.decode()))
        kind = request.headers.get("content-type", "application/octet-stream")
        told = {name: value for name, value in request.headers.items() if name.startswith("hx-")}
        answer = self.browser.generic(request.method, path, body, content_type=kind, headers=told)
        connections.close_all()  # a route is answered in a context of its own, and nobody else can reach its connection
        route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.content)

    def posted(self, part: str) -> list[str]:
        """Bodies of what was sent to addresses that end so."""
        return [body for method, path, body in self.asked if method == "POST" and path.endswith(part)]
