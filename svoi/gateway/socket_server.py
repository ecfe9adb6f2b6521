"""The listening WebSocket: seats are counted from the first packet, and nobody is upgraded before the door agreed."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from picows import WSAutoPingStrategy, WSUpgradeRequest, WSUpgradeResponse, WSUpgradeResponseWithListener
from picows.picows import WSProtocol  # type: ignore[attr-defined]

from svoi.gateway import listening
from svoi.gateway.census import seen_address
from svoi.gateway.door import Admitted, Door, TurnedAway
from svoi.gateway.inbound import FRAME_BYTES_MAX
from svoi.gateway.listening import BACKLOG, FULL, Turnstile, listening_socket, plain_answer
from svoi.gateway.socket_viewer import Rooms, SocketViewer

READ_BUFFER_BYTES = 2_048


class QuietLog(logging.LoggerAdapter):  # type: ignore[type-arg]
    """Counts what picows complains about; a hostile peer must not fill the log, nor cost a logger of its own."""

    def __init__(self, tally: Counter[str]) -> None:
        super().__init__(logging.getLogger("picows.gateway"), {})
        self.logger.setLevel(logging.WARNING)
        self._tally = tally

    def error(self, msg: object, *args: object, **kwargs: Any) -> None:
        self._tally["protocol_errors"] += 1
        self.debug(msg, *args, **kwargs)


class SocketServer:
    """Listens for browsers; `health` answers GET /healthz with a status and words."""

    def __init__(
        self,
        door: Door,
        rooms: Rooms,
        *,
        now: Callable[[], float],
        health: Callable[[], tuple[bool, dict[str, Any]]],
        turnstile: Turnstile,
    ) -> None:
        self.door = door
        self.rooms = rooms
        self.now = now
        self.tally: Counter[str] = Counter()
        self.log = QuietLog(self.tally)
        self.turnstile = turnstile
        self._health = health
        self._server: asyncio.Server | None = None

    async def listen(self, host: str, port: int) -> int:
        """Start, and return the port."""
        bound = listening_socket(host, port)
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: Connection(self), sock=bound, backlog=BACKLOG)
        return int(bound.getsockname()[1])

    def close(self) -> None:
        if self._server is not None:
            self._server.close()

    def answer(self, request: WSUpgradeRequest, peer: str) -> Admitted | WSUpgradeResponseWithListener:
        """Whom the door let in, or the HTTP answer."""
        target = request.path.decode("latin-1")
        if target == "/healthz":
            is_well, told = self._health()
            return _plain(HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE, told)
        address = seen_address(peer, request.headers.get("X-Forwarded-For"))
        answer = self.door.knock(target, request.headers, address=address, at=self.now())
        if isinstance(answer, TurnedAway):
            return _plain(answer.status, {"code": answer.code})
        return answer


class Connection(WSProtocol):  # type: ignore[misc]
    """One accepted socket. picows offers no hook before the upgrade that knows the peer, so this is its protocol."""

    __slots__ = ("_counted", "_give_back_seat", "_peer", "_server")

    def __init__(self, server: SocketServer) -> None:
        super().__init__(
            host_port=None,
            ws_path=None,
            is_client_side=False,
            ws_listener_factory=self._answer,
            logger=server.log,
            disconnect_on_exception=True,
            websocket_handshake_timeout=listening.HANDSHAKE_S_MAX,
            # Pings are sent by the sweep, which costs no task for each viewer; pongs are answered by the viewer,
            # within her allowance.
            enable_auto_ping=False,
            enable_auto_pong=False,
            auto_ping_idle_timeout=1,
            auto_ping_reply_timeout=1,
            auto_ping_strategy=WSAutoPingStrategy.PING_WHEN_IDLE,
            max_frame_size=FRAME_BYTES_MAX,
            extra_headers=None,
            read_buffer_init_size=READ_BUFFER_BYTES,
        )
        self._server = server
        self._peer = ""
        self._counted = False
        self._give_back_seat: Callable[[], None] | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        peer = transport.get_extra_info("peername")
        self._peer = peer[0] if isinstance(peer, tuple) else ""
        self._counted = self._server.turnstile.enter()
        if self._counted:
            super().connection_made(transport)
        else:
            transport.write(FULL)
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._counted:
            self._server.turnstile.leave()
            super().connection_lost(exc)
        # Not the viewer's task: a request may be let in at the door and still fail to become a WebSocket.
        if self._give_back_seat is not None:
            self._give_back_seat()

    def _answer(self, request: WSUpgradeRequest) -> SocketViewer | WSUpgradeResponseWithListener:
        answer = self._server.answer(request, self._peer)
        if isinstance(answer, Admitted):
            self._give_back_seat = answer.leave
            return SocketViewer(answer, self._server.rooms, self._server.tally, self._server.now)
        return answer


def _plain(status: HTTPStatus, told: dict[str, Any]) -> WSUpgradeResponseWithListener:
    headers, body = plain_answer(status, told)
    if status is HTTPStatus.OK:
        return WSUpgradeResponseWithListener(WSUpgradeResponse.create_ok_response(body, headers), None)
    return WSUpgradeResponseWithListener(WSUpgradeResponse.create_error_response(status, body, headers), None)
