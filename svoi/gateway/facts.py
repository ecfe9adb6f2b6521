"""Follows the numbered facts of the open rooms: woken by the relay, and looking by itself four times a second."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping

import psycopg

from svoi.gateway.database import Connection, Lane, statement
from svoi.gateway.wire import Fact

CHANNEL = "svoi_stream"
LOOK_EVERY_S = 0.25
ANSWER_S_MAX = 5.0
FACTS_MAX = 200
RETRY_S_MIN, RETRY_S_MAX = 0.1, 2.0

logger = logging.getLogger(__name__)


class FactReader:
    """`following` names the streams of open rooms with the last number each heard; `heard` takes what is new."""

    def __init__(
        self,
        lane: Lane,
        *,
        following: Callable[[], Mapping[str, int]],
        heard: Callable[[str, list[Fact]], None],
    ) -> None:
        self._lane = lane
        self._following = following
        self._heard = heard
        self.is_well = False

    async def run(self) -> None:
        """Read until cancelled; a dead database is tried again and again."""
        retry_s = RETRY_S_MIN
        while True:
            try:
                connection = await self._lane.open()
                await connection.execute(f"LISTEN {CHANNEL}")
                self.is_well, retry_s = True, RETRY_S_MIN
                await self._read(connection)
            except (psycopg.Error, OSError, TimeoutError) as away:
                self.is_well = False
                logger.warning("facts wait for the database: %s", away)
                await self._lane.drop()
                await asyncio.sleep(retry_s)
                retry_s = min(RETRY_S_MAX, retry_s * 2)

    async def _read(self, connection: Connection) -> None:
        while True:
            async with asyncio.timeout(ANSWER_S_MAX):
                full = await self._look(connection)
            if not full:
                async for _ in connection.notifies(timeout=LOOK_EVERY_S, stop_after=1):
                    pass

    async def _look(self, connection: Connection) -> bool:
        """Take in what is new; True when there may be more at once."""
        following = self._following()
        if not following:
            return False
        asked = {"streams": list(following), "afters": list(following.values()), "most": FACTS_MAX}
        answer = await connection.execute(statement("new_facts_v1"), asked)
        new: dict[str, list[Fact]] = {}
        for stream, *row in await answer.fetchall():
            new.setdefault(stream, []).append(Fact(*row))
        for stream, facts in new.items():
            self._heard(stream, facts)
        return any(len(facts) == FACTS_MAX for facts in new.values())
