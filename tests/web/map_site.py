"""The shop as a browser finds it, answered from memory by Django itself, and a stub of a tile server on loopback."""

from __future__ import annotations

import io
import threading
from contextvars import copy_context
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image
from playwright.sync_api import ConsoleMessage, Request, Route

# A name that browsers hold for secure, so that they may be asked where they are; nothing listens there.
SITE = "http://localhost"
TYPES = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml", "woff2": "font/woff2", "png": "image/png"}


class Site:
    """Answers as `client`; keeps what was asked for and what went wrong. `broken` paths answer 500.

    Playwright calls back in a context of its own, where Django would open another connection and see nothing of the
    test's transaction; so what Django does is run in the context of the test.
    """

    def __init__(self, client: Client) -> None:
        self.client = client
        self.context = copy_context()
        self.asked: list[str] = []
        self.faults: list[str] = []
        self.policies: dict[str, str] = {}
        self.broken: set[str] = set()

    def answer(self, route: Route) -> None:
        parts = urlsplit(route.request.url)
        if f"{parts.scheme}://{parts.netloc}" != SITE:
            route.continue_()
        elif parts.path in self.broken:
            route.fulfill(status=500, body="")
        elif parts.path.startswith("/static/"):
            found = finders.find(parts.path.removeprefix("/static/"))
            route.fulfill(status=200, content_type=TYPES.get(parts.path.rpartition(".")[2], "text/plain"), path=found)
        else:
            self._answer_by_django(route, parts.path, parts.query)

    def _answer_by_django(self, route: Route, path: str, query: str) -> None:
        said = route.request.headers
        headers = {name: said[name] for name in ("hx-request", "accept-language") if name in said}
        address = f"{path}?{query}" if query else path
        if route.request.method == "POST":
            kind = said.get("content-type", "text/plain")
            body = route.request.post_data_buffer or b""
            got = self.context.run(self.client.post, address, body, content_type=kind, headers=headers)
        else:
            got = self.context.run(self.client.get, address, headers=headers)
        told = {name: value for name, value in got.headers.items() if name not in ("Content-Length", "Vary")}
        self.policies[path] = got.headers["Content-Security-Policy"]
        route.fulfill(status=got.status_code, headers=told, body=got.content)

    def requested(self, request: Request) -> None:
        if not request.url.startswith("data:"):
            self.asked.append(request.url)

    def heard(self, line: ConsoleMessage) -> None:
        if line.type in ("error", "warning"):
            self.faults.append(line.text)

    def asked_for(self, part: str) -> list[str]:
        """What was asked for with this in its address, without the site's name."""
        return [address.removeprefix(SITE) for address in self.asked if part in address]

    def strangers(self) -> list[str]:
        """Requests to anybody but the shop."""
        return [address for address in self.asked if not address.startswith(f"{SITE}/")]


class Tiles:
    """A tile server of paper with a street across; with `missing` it knows no tile."""

    def __init__(self, *, missing: bool = False) -> None:
        self.asked: list[str] = []
        self.told: list[dict[str, str]] = []
        tile, stub = _street(), self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                stub.asked.append(self.path)
                stub.told.append(dict(self.headers.items()))
                self.send_response(404 if missing else 200)
                self.send_header("Content-Type", "image/png")
                self.end_headers()
                self.wfile.write(b"" if missing else tile)

            def log_message(self, *words: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def _street() -> bytes:
    picture = Image.new("RGB", (256, 256), (236, 231, 222))
    picture.paste((255, 255, 255), (0, 116, 256, 140))
    picture.paste((255, 255, 255), (60, 0, 76, 256))
    picture.paste((205, 219, 203), (150, 160, 240, 240))
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()
