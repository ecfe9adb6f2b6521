"""The HTTP of the stand-in: requests to the API, and its pages."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol, cast
from urllib.parse import parse_qs

from svoi.payments.fakes.yookassa.checking import No

API = "/v3"
FORM_BYTES_MAX = 64 * 1024


class Behind(Protocol):
    """Who answers at the door."""

    def answer(self, method: str, path: str, headers: Any, raw: bytes) -> tuple[int, bytes] | None: ...

    def shown(self, path: str) -> str | None: ...

    def sent(self, path: str, form: dict[str, str]) -> str: ...


class Server(ThreadingHTTPServer):
    """One door, many at once; none of them keeps the process alive."""

    daemon_threads = True
    behind: Behind


class Door(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path.startswith(API):
            self._api(b"")
            return
        page = self._behind.shown(self.path)
        self._answer(200 if page else 404, (page or "").encode(), "text/html; charset=utf-8")

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(length)
        if self.path.startswith(API):
            self._api(raw)
            return
        form = {name: values[-1] for name, values in parse_qs(raw[:FORM_BYTES_MAX].decode()).items()}
        try:
            where = self._behind.sent(self.path, form)
        except No as no:
            self._answer(no.status, b"")
            return
        self._answer(303, b"", where=where)

    @property
    def _behind(self) -> Behind:
        return cast(Server, self.server).behind

    def _api(self, raw: bytes) -> None:
        answer = self._behind.answer(self.command, self.path.removeprefix(API), self.headers, raw)
        if answer is None:
            self.close_connection = True
            return
        self._answer(*answer, "application/json")

    def _answer(self, status: int, body: bytes, kind: str = "text/plain", where: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if where:
            self.send_header("Location", where)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Keeps still."""
