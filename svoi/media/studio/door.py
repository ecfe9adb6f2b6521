"""The door for pages: GET /studio/<show> becomes a WebSocket, from our own origins alone."""

from __future__ import annotations

import asyncio
import logging

from aiohttp import web

from svoi.media.refusals import Stopping
from svoi.media.studio.framing import FRAME_BYTES_MAX
from svoi.media.studio.session import Admit, PageSession
from svoi.media.studio.tickets import TicketBook

PAGES_MAX = 256
PAGES_PER_PEER_MAX = 64
HEARTBEAT_S = 5.0
STOP_S = 3.0

log = logging.getLogger(__name__)


class StudioDoor:
    """Accepts pages and ends them together."""

    def __init__(self, book: TicketBook, admit: Admit, *, origins: frozenset[str], converts: bool) -> None:
        self._book = book
        self._admit = admit
        self._origins = origins
        self._converts = converts
        self._sessions: dict[PageSession, asyncio.Task[None] | None] = {}

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/studio/{show:[0-9]{1,18}}", self._serve)]

    async def stop(self) -> None:
        """Dismiss everybody, with a word and within a few seconds."""
        for session in self._sessions:
            session.dismiss(Stopping())
        tasks = [task for task in self._sessions.values() if task is not None]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=STOP_S)
            for task in late:
                task.cancel()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Origin", "") not in self._origins:
            raise web.HTTPForbidden(text="pages of this address may not publish here")
        peer = request.remote or "?"
        near = sum(session.peer == peer for session in self._sessions)
        if len(self._sessions) >= PAGES_MAX or near >= PAGES_PER_PEER_MAX:
            raise web.HTTPServiceUnavailable(headers={"Retry-After": "5"})
        socket = web.WebSocketResponse(
            heartbeat=HEARTBEAT_S, max_msg_size=FRAME_BYTES_MAX, compress=False, timeout=STOP_S
        )
        if not socket.can_prepare(request).ok:
            raise web.HTTPUpgradeRequired(text="this address speaks WebSocket")
        await socket.prepare(request)
        session = PageSession(socket, int(request.match_info["show"]), peer=peer, converts=self._converts)
        self._sessions[session] = asyncio.current_task()
        try:
            await session.run(self._book, self._admit)
        except Exception:
            log.exception("a page's session failed")
        finally:
            del self._sessions[session]
            await socket.close()
        return socket
