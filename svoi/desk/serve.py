"""Puts the desk together, and lets it finish what it has admitted when asked to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress
from typing import Any

from aiohttp import web

from svoi.desk.config import Config
from svoi.desk.desk import Desk
from svoi.desk.server import application
from svoi.desk.session import DatabaseAway, Session

FINISH_S_MAX = 3.0
WELL_WAITING_MAX = 10_000
LOOK_EVERY_S = 1.0

logger = logging.getLogger(__name__)


class Serving:
    """Everything that runs in a desk process."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.session = Session(config.database_url, f"{config.host}:{config.port}")
        self.reading = Session(config.database_url, "reads")
        self.desk = Desk(self.session, self.reading, zone=config.zone)
        self._runner = web.AppRunner(application(self.desk, config.secret, self.health), access_log=None)
        self._deciding: asyncio.Task[None] | None = None

    def health(self) -> dict[str, Any]:
        waiting = len(self.desk.waiting)
        return {
            "ok": self.session.is_well and self.reading.is_well and waiting <= WELL_WAITING_MAX,
            "process": "desk",
            "database": self.session.is_well,
            "waiting": waiting,
            "decided": self.desk.decided,
            "commits": self.desk.commits,
            "holds": sum(map(len, self.session.owned.values())),
        }

    async def start(self) -> None:
        await self._runner.setup()
        await web.TCPSite(self._runner, self.config.host, self.config.port).start()
        self._deciding = asyncio.create_task(self._decide())
        logger.info("desk listens on %s:%s", self.config.host, self.config.port)

    async def run_until(self, stopped: asyncio.Event) -> None:
        """Wait for the signal; raise what the deciding task died of."""
        assert self._deciding is not None
        signalled = asyncio.create_task(stopped.wait())
        await asyncio.wait([signalled, self._deciding], return_when=asyncio.FIRST_COMPLETED)
        signalled.cancel()
        if self._deciding.done():
            self._deciding.result()

    async def stop(self) -> None:
        """No newcomers, answers for what was admitted, then the leases are let go."""
        with suppress(TimeoutError):
            async with asyncio.timeout(FINISH_S_MAX):
                await self._runner.cleanup()
        if self._deciding is not None:
            self._deciding.cancel()
            await asyncio.gather(self._deciding, return_exceptions=True)
        await self.session.close()
        await self.reading.close()

    async def _decide(self) -> None:
        looking = asyncio.create_task(self._look_after_session())
        try:
            await self.desk.run()
        finally:
            looking.cancel()

    async def _look_after_session(self) -> None:
        """A quiet desk, too, knows whether its database is there, and is connected before the first claim."""
        while True:
            with suppress(DatabaseAway):
                await self.session.rows("select 1", [])
                await self.reading.rows("select 1", [])
            await asyncio.sleep(LOOK_EVERY_S)


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
