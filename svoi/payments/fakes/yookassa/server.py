"""A little server that speaks YooKassa's contract, with a page to pay on and troubles to order."""

from __future__ import annotations

import json
from base64 import b64encode
from collections import deque
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread
from typing import Any, Literal, Self

from svoi.payments.fakes.yookassa.book import Book
from svoi.payments.fakes.yookassa.checking import No
from svoi.payments.fakes.yookassa.desk import Desk
from svoi.payments.fakes.yookassa.door import Door, Server
from svoi.payments.fakes.yookassa.mailbox import Mailbox

# What befalls a request: `lost` is before it was carried out, `done` after, when only the answer is missing. A status
# with a body is answered in place of carrying it out.
Trouble = (
    Literal["500 lost", "500 done", "silence lost", "silence done", "202", "429", "garbage lost", "garbage done"]
    | tuple[int, bytes]
)
SILENCE_S_MAX = 30


class FakeYooKassa:
    """The server for one shop: `url` is the API's address, `book` what it knows, `mailbox` its notices.

    `troubles` befall the next requests to the API, one each. Use it as a context, or `start` and `stop` it.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        send: Callable[[dict[str, Any]], int],
        shop: str = "100500",
        secret: str = "test_secret",  # noqa: S107 - of nothing real
        port: int = 0,
    ) -> None:
        self.shop, self.secret = shop, secret
        self.troubles: deque[Trouble] = deque()
        self.asked: list[tuple[str, str]] = []
        self.patience = Event()
        self._server = Server(("127.0.0.1", port), Door)
        self._server.behind = self
        self.home = f"http://127.0.0.1:{self._server.server_port}"
        self.url = f"{self.home}/v3"
        self.mailbox = Mailbox(clock=clock, send=send)
        self.book = Book(clock=clock, page=lambda one: f"{self.home}/pay/{one}", announce=self.mailbox.write)
        self._desk = Desk(self)
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.patience.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, method: str, path: str, headers: Any, raw: bytes) -> tuple[int, bytes] | None:
        """Status and body for one request to the API, or None to keep silent."""
        trouble = self.troubles.popleft() if self.troubles else ""
        self.asked.append((method, path))
        if isinstance(trouble, tuple):
            return trouble
        if trouble == "429":
            return 429, b'{"type":"error","code":"too_many_requests"}'
        if trouble == "202":
            return 202, b'{"type":"processing","retry_after":10}'
        if not trouble.endswith("lost"):
            status, told = self._carry_out(method, path, headers, raw)
            if not trouble:
                return status, json.dumps(told).encode()
        if trouble.startswith("silence"):
            self.patience.wait(SILENCE_S_MAX)
            return None
        if trouble.startswith("garbage"):
            return 200, b"<html>maintenance</html>"
        return 500, b'{"type":"error","code":"internal_server_error"}'

    def shown(self, path: str) -> str | None:
        """The page at a path: where a buyer pays, or the desk where troubles are ordered."""
        return self._desk.shown(path)

    def sent(self, path: str, form: dict[str, str]) -> str:
        """Somebody sent a form of such a page; where she goes then."""
        return self._desk.sent(path, form)

    def _carry_out(self, method: str, path: str, headers: Any, raw: bytes) -> tuple[int, dict[str, Any]]:
        token = b64encode(f"{self.shop}:{self.secret}".encode()).decode()
        if headers.get("Authorization") != f"Basic {token}":
            return 401, No(401, "invalid_credentials", "Basic authentication failed").body
        try:
            body = json.loads(raw) if raw else None
            return 200, self.book.answer(method, path, body, headers.get("Idempotence-Key", ""))
        except No as no:
            return no.status, no.body
        except ValueError:
            return 400, {"type": "error", "code": "invalid_request", "description": "Not JSON"}
