"""News for the web process, delivered in order and until it takes them."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import Any

from svoi.media.hooks import PAUSE_S_FIRST, PAUSE_S_MAX, WebAway, WebHooks
from svoi.media.refusals import STREAM_CODES

NOTICES_MAX = 1000

log = logging.getLogger(__name__)


class Notices:
    """A bounded queue. The oldest notice falls out first: the newest one tells how things are."""

    def __init__(self, hooks: WebHooks) -> None:
        self._hooks = hooks
        self._queue: deque[tuple[str, dict[str, Any]]] = deque(maxlen=NOTICES_MAX)
        self._filled, self._emptied = asyncio.Event(), asyncio.Event()

    def __len__(self) -> int:
        return len(self._queue)

    def came(self, show_id: int, session: str, *, at_ms: int, facts: dict[str, Any]) -> None:
        self._put("online", {"show_id": show_id, "session": session, "at": at_ms / 1000, **facts})

    def left(self, show_id: int, session: str, *, reason: str, at_ms: int) -> None:
        told = {"show_id": show_id, "session": session, "at": at_ms / 1000}
        if reason in STREAM_CODES:
            self._put("refused", {**told, "code": reason})
        self._put("offline", {**told, "reason": reason})

    async def deliver(self) -> None:
        """For ever; one at a time, so that offline never overtakes online."""
        pause_s = PAUSE_S_FIRST
        while True:
            if not self._queue:
                self._emptied.set()
                self._filled.clear()
                await self._filled.wait()
            name, payload = notice = self._queue[0]
            try:
                status, _ = await self._hooks.post(name, payload)
            except WebAway as fault:
                log.warning("web did not take %s of show %s: %s", name, payload["show_id"], fault)
                await asyncio.sleep(pause_s)
                pause_s = min(2 * pause_s, PAUSE_S_MAX)
                continue
            if status >= 400:
                log.error("web refused %s of show %s with status %s", name, payload["show_id"], status)
            pause_s = PAUSE_S_FIRST
            if self._queue and self._queue[0] is notice:
                self._queue.popleft()

    async def flush(self, *, timeout_s: float) -> None:
        """Wait until everything is delivered, but not for ever."""
        try:
            async with asyncio.timeout(timeout_s):
                while self._queue:
                    await self._emptied.wait()
        except TimeoutError:
            log.warning("%s notices were not delivered", len(self._queue))

    def _put(self, name: str, payload: dict[str, Any]) -> None:
        self._queue.append((name, payload))
        self._emptied.clear()
        self._filled.set()
