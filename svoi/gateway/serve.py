"""Puts the parts of the gateway together, and takes them apart in order when asked to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from contextlib import suppress
from typing import Any

from svoi.gateway.chat_store import PostgresChat
from svoi.gateway.config import Config
from svoi.gateway.database import DatabaseAway, Lane
from svoi.gateway.desk_line import DeskLine
from svoi.gateway.door import Door
from svoi.gateway.facts import FactReader
from svoi.gateway.gateway import Gateway
from svoi.gateway.health import health_of
from svoi.gateway.history import History
from svoi.gateway.listening import Turnstile
from svoi.gateway.socket_server import SocketServer
from svoi.gateway.sse_server import SseServer
from svoi.gateway.sweep import sweep
from svoi.gateway.tickets import TicketBook
from svoi.gateway.viewer import CLOSE_GOING_AWAY
from svoi.gateway.watch_log import WatchLog
from svoi.gateway.web_rooms import WebRooms

CHAT_LANES = 4
TICK_S = 1.0
FINISH_S_MAX = 3.0

# An earlier life of this process had ended by now, whatever the clock did since.
_BEGAN_AT = time.time()

logger = logging.getLogger(__name__)


class Serving:
    """Everything that runs in a gateway process."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.tickets = TicketBook(config.secret, opened_at=_BEGAN_AT)
        self.web = WebRooms(config.web_url, config.secret)
        self.lanes: list[Lane] = []
        self.watch_log = WatchLog(self._lane("watch"))
        self.desk = DeskLine(config.desk_urls, config.secret)
        self.gateway = Gateway(
            secret=config.secret,
            web=self.web,
            store=PostgresChat([self._lane(f"chat {number}") for number in range(CHAT_LANES)]),
            history=History(self._lane("history")),
            watch_log=self.watch_log,
            desk=self.desk,
        )
        following, heard = self.gateway.following, self.gateway.hear
        self.facts = FactReader(self._lane("facts"), following=following, heard=heard)
        self.door = Door(config, self.tickets)
        self.turnstile = Turnstile(config.connections_max)
        shared: dict[str, Any] = {"now": time.time, "health": self.health, "turnstile": self.turnstile}
        self.sockets = SocketServer(self.door, self.gateway, **shared)
        self.sse = SseServer(config, self.door, self.gateway, **shared)
        self._tasks: list[asyncio.Task[None]] = []
        self.port = self.sse_port = 0

    def health(self) -> tuple[bool, dict[str, Any]]:
        return health_of(self.gateway, self.facts, self.sockets.tally + self.door.turned_away)

    async def start(self) -> None:
        self.port = await self.sockets.listen(self.config.host, self.config.port)
        self.sse_port = await self.sse.listen(self.config.host, self.config.sse_port)
        for work in (self.facts.run(), self.watch_log.run(), self._tick()):
            self._tasks.append(asyncio.create_task(work))
        logger.info("gateway listens on %s:%s, its events on %s", self.config.host, self.port, self.sse_port)

    async def run_until(self, stopped: asyncio.Event) -> None:
        """Wait for the signal; raise what a background task died of."""
        signalled = asyncio.create_task(stopped.wait())
        await asyncio.wait([signalled, *self._tasks], return_when=asyncio.FIRST_COMPLETED)
        signalled.cancel()
        for task in self._tasks:
            if task.done():
                task.result()

    async def stop(self) -> None:
        """No newcomers, everything admitted stored and told, then good-bye to everybody."""
        self.sockets.close()
        self.sse.close()
        with suppress(TimeoutError, DatabaseAway):
            async with asyncio.timeout(FINISH_S_MAX):
                await self.gateway.finish()
                await self.watch_log.write()
        for viewer in list(self.gateway.viewers()):
            viewer.close(CLOSE_GOING_AWAY)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.desk.close()
        await self.web.close()
        for lane in self.lanes:
            await lane.drop()

    def _lane(self, name: str) -> Lane:
        self.lanes.append(Lane(self.config.database_url, name))
        return self.lanes[-1]

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            at = time.time()
            self.gateway.tick()
            self.tickets.forget_expired(at=at)
            sweep(self.gateway.viewers(), at=at, tally=self.sockets.tally)


async def serve(config: Config) -> None:
    """Run until SIGTERM or SIGINT; when a part of it fails, raise, for whoever started us to start us again."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    serving = Serving(config)
    await serving.start()
    try:
        await serving.run_until(stopped)
    finally:
        await serving.stop()
