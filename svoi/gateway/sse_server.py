"""Server-sent events: the same room, read-only, for browsers whose WebSocket does not get through.

One request a connection, read strictly and answered until either side hangs up; so little of HTTP needs no more
than this, and a reader costs no task.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

from svoi.gateway import listening
from svoi.gateway.census import seen_address
from svoi.gateway.config import Config
from svoi.gateway.door import Admitted, Door, TurnedAway
from svoi.gateway.frames import Cursor, read_cursor, sse_event
from svoi.gateway.listening import BACKLOG, FULL, Turnstile, listening_socket, plain_answer
from svoi.gateway.socket_viewer import WRITE_BUFFER_BYTES, Rooms
from svoi.gateway.viewer import Viewer

REQUEST_BYTES_MAX = 8 * 1024
_COMMENT = b":\n\n"


class RequestUnreadable(Exception):
    """Not a request of a browser."""


class SseServer:
    """Listens for EventSource requests and for /healthz."""

    def __init__(
        self,
        config: Config,
        door: Door,
        rooms: Rooms,
        *,
        now: Callable[[], float],
        health: Callable[[], tuple[bool, dict[str, Any]]],
        turnstile: Turnstile,
    ) -> None:
        self.config = config
        self.door = door
        self.rooms = rooms
        self.now = now
        self.health = health
        self.turnstile = turnstile
        self._server: asyncio.Server | None = None

    async def listen(self, host: str, port: int) -> int:
        """Start, and return the port."""
        bound = listening_socket(host, port)
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: SseConnection(self), sock=bound, backlog=BACKLOG)
        return int(bound.getsockname()[1])

    def close(self) -> None:
        if self._server is not None:
            self._server.close()


class SseConnection(asyncio.Protocol):
    """One reader: her request, and then what her room is told."""

    __slots__ = ("_admitted", "_entered", "_request", "_server", "_timeout", "_transport", "viewer")

    def __init__(self, server: SseServer) -> None:
        self._server = server
        self._request = b""
        self._entered = False
        self._admitted: Admitted | None = None
        self.viewer: Viewer | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        stream = self._transport = cast("asyncio.Transport", transport)
        stream.set_write_buffer_limits(high=WRITE_BUFFER_BYTES, low=0)
        self._timeout = asyncio.get_running_loop().call_later(listening.HANDSHAKE_S_MAX, stream.abort)
        self._entered = self._server.turnstile.enter()
        if not self._entered:
            stream.write(FULL)
            stream.close()

    def data_received(self, data: bytes) -> None:
        if self.viewer is not None or self._transport.is_closing():
            return  # a reader has nothing to say
        self._request += data
        head, found, _ = self._request.partition(b"\r\n\r\n")
        if found and len(head) <= REQUEST_BYTES_MAX:
            self._timeout.cancel()
            self._answer(head)
        elif len(self._request) > REQUEST_BYTES_MAX:
            self._transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._timeout.cancel()
        if self._entered:
            self._server.turnstile.leave()
        if self.viewer is not None:
            self._server.rooms.leave(self.viewer)
        if self._admitted is not None:
            self._admitted.leave()

    def pause_writing(self) -> None:
        if self.viewer is not None:
            self.viewer.stall(self._server.now())

    def resume_writing(self) -> None:
        if self.viewer is not None:
            self.viewer.recover()

    def _answer(self, head: bytes) -> None:
        try:
            target, headers = read_request(head)
        except RequestUnreadable:
            self._refuse(HTTPStatus.BAD_REQUEST, {"code": "request_unreadable"}, {})
            return
        if target == "/healthz":
            is_well, told = self._server.health()
            self._refuse(HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE, told, {})
            return
        peer = self._transport.get_extra_info("peername")
        address = seen_address(peer[0] if isinstance(peer, tuple) else "", headers.get("X-Forwarded-For"))
        answer = self._server.door.knock(target, headers, address=address, at=self._server.now())
        if isinstance(answer, TurnedAway):
            self._refuse(answer.status, {"code": answer.code}, self._shared_with(headers))
        else:
            self._stream(answer, headers)

    def _stream(self, admitted: Admitted, headers: dict[str, str]) -> None:
        self._admitted = admitted
        self._request = b""
        told = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        self._transport.write(_head(HTTPStatus.OK, told | self._shared_with(headers)))
        self.viewer = Viewer(
            holder=admitted.holder,
            codec=sse_event,
            write=self._transport.write,
            close=lambda _code: self._transport.close(),
            abort=self._transport.abort,
            ping=self._comment,
            cursor=_resumed(headers) or admitted.cursor,
            heard_at=self._server.now(),
        )
        self._server.rooms.enter(self.viewer)

    def _comment(self) -> None:
        """What keeps proxies from hanging up; a reader says nothing, so this counts as having heard her."""
        assert self.viewer is not None
        self.viewer.heard_at = self._server.now()
        self._transport.write(_COMMENT)

    def _refuse(self, status: HTTPStatus, told: dict[str, Any], more: dict[str, str]) -> None:
        headers, body = plain_answer(status, told)
        self._transport.write(_head(status, headers | more | {"Content-Length": str(len(body))}) + body)
        self._transport.close()

    def _shared_with(self, headers: dict[str, str]) -> dict[str, str]:
        origin = headers.get("Origin", "")
        allowed = {"Access-Control-Allow-Origin": origin} if origin in self._server.config.origins else {}
        return {"Vary": "Origin", **allowed}


def read_request(head: bytes) -> tuple[str, dict[str, str]]:
    """The target and the headers of a GET, or `RequestUnreadable`."""
    first, *rest = head.decode("latin-1").split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or words[0] != "GET" or words[2] not in ("HTTP/1.1", "HTTP/1.0"):
        raise RequestUnreadable
    headers: dict[str, str] = {}
    for row in rest:
        name, found, value = row.partition(":")
        if not found or name != name.strip():
            raise RequestUnreadable
        headers["-".join(part.capitalize() for part in name.split("-"))] = value.strip()
    if headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in headers:
        raise RequestUnreadable
    headers["Last-Event-ID"] = headers.pop("Last-Event-Id", "")
    return words[1], headers


def _head(status: HTTPStatus, headers: dict[str, str]) -> bytes:
    rows = [f"HTTP/1.1 {status.value} {status.phrase}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*rows, "Connection: close", "", ""]).encode("latin-1")


def _resumed(headers: dict[str, str]) -> Cursor | None:
    """The cursor that an EventSource sends by itself when it connects again."""
    facts, _, chat = headers["Last-Event-ID"].partition("-")
    try:
        return read_cursor(facts, chat)
    except ValueError:
        return None
