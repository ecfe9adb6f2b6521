"""Stores a room's admitted messages batch after batch, and gives none up because the database is away."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from itertools import islice

from svoi.gateway.chat_store import ChatStore, StoreRefused
from svoi.gateway.conversation import Message
from svoi.gateway.database import DatabaseAway
from svoi.gateway.room import Room
from svoi.gateway.wire import Said

BATCH_MESSAGES_MAX = 200
RETRY_S_MIN, RETRY_S_MAX = 0.1, 2.0

logger = logging.getLogger(__name__)


class ChatWriter:
    """Works while there is something to store; what comes meanwhile makes the next batch."""

    def __init__(
        self,
        room: Room,
        store: ChatStore,
        *,
        stored: Callable[[list[Said]], None],
        refused: Callable[[Message], None],
    ) -> None:
        self._room = room
        self._store = store
        self._stored = stored
        self._refused = refused
        self._waiting: deque[Message] = deque()
        self._work: asyncio.Task[None] | None = None

    def put(self, message: Message) -> None:
        self._waiting.append(message)
        if self._work is None:
            self._work = asyncio.get_running_loop().create_task(self._store_all())

    async def finish(self) -> None:
        """Wait until everything is stored."""
        if self._work is not None:
            await asyncio.shield(self._work)

    async def _store_all(self) -> None:
        retry_s, most = RETRY_S_MIN, BATCH_MESSAGES_MAX
        while self._waiting:
            batch = list(islice(self._waiting, most))
            try:
                rows = await self._store.store(self._room.show_id, batch, after=self._room.conversation.last)
                for _ in batch:
                    self._waiting.popleft()
                self._stored(rows)
            except DatabaseAway as away:
                logger.warning("chat of show %s waits for the database: %s", self._room.show_id, away)
                await asyncio.sleep(retry_s)
                retry_s = min(RETRY_S_MAX, retry_s * 2)
            except StoreRefused as refused:
                most = self._single_out(batch, refused)
            except Exception:  # whatever it is, the next message must find this task at work
                logger.exception("chat of show %s is held up", self._room.show_id)
                await asyncio.sleep(RETRY_S_MAX)
            else:
                retry_s, most = RETRY_S_MIN, BATCH_MESSAGES_MAX
        self._work = None

    def _single_out(self, batch: list[Message], refused: StoreRefused) -> int:
        """One row that the database refuses must not hold up the others: go on one by one until it is found."""
        if len(batch) == 1:
            logger.error("a message of show %s cannot be stored: %s", self._room.show_id, refused)
            self._refused(self._waiting.popleft())
        return 1
