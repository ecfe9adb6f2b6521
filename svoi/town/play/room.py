"""A viewer's line to a room: a ticket, beats that return the token they were given, words, claims."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

import aiohttp

from svoi.town.play.browser import FAULTS, Browser, Page
from svoi.town.play.tally import Tally

BEAT_S = 10.0
BEHIND_LIVE_S = 1.3
GREETED_WITHIN_S = 15.0


class Line:
    """One socket. `replays` makes it a farm's telephone: it plays back the first token it ever got."""

    def __init__(self, browser: Browser, show: int, tally: Tally, *, replays: bool = False) -> None:
        self._browser, self._show, self._tally, self._replays = browser, show, tally, replays
        self._token, self._recording = "", ""
        self._asked: dict[str, str] = {}
        self.refusals = 0
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self.greeted = asyncio.Event()
        self.facts: list[dict[str, Any]] = []

    async def enter(self, room: Page, may_reach: Callable[[str], bool]) -> bool:
        """Ask for a ticket with the page's token, and connect; False when the house said no."""
        token = next(iter(room.tree.xpath("//input[@name='csrfmiddlewaretoken']/@value")), "")
        ticket = await self._browser.post(f"/shows/{self._show}/ticket", token)
        if isinstance(ticket, int):
            self._tally.answered("ticket", ticket)
            return False
        self._tally.answered("ticket", 200)
        if not may_reach(ticket["gateway"]):
            self._tally.note("line", "failed", "another machine")
            return False
        address = f"{ticket['gateway']}?ticket={ticket['ticket']}&facts=0&chat=0"
        try:
            self._socket = await self._browser.session.ws_connect(address, origin=self._browser.shop)
        except aiohttp.WSServerHandshakeError as refused:
            self._tally.answered("line", refused.status)
            return False
        except FAULTS:
            self._tally.note("line", "failed")
            return False
        self._tally.line_opened()
        self._tasks = [asyncio.create_task(self._hear()), asyncio.create_task(self._beat())]
        with suppress(TimeoutError):
            await asyncio.wait_for(self.greeted.wait(), GREETED_WITHIN_S)
        self._tally.note("line", "accepted" if self.greeted.is_set() else "failed")
        return self.greeted.is_set()

    async def say(self, text: str) -> None:
        await self._send("message", {"t": "say", "text": text, "media": None})

    async def claim(self, kind: str, number: int) -> None:
        await self._send("claim", {"t": "claim", "kind": kind, "id": number})

    async def leave(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._socket is not None:
            self._tally.line_closed()
            await self._socket.close()

    async def _send(self, what: str, words: dict[str, Any]) -> None:
        key = str(uuid4())
        self._asked[key] = what
        await self._write(words | {"k": key})

    async def _write(self, words: dict[str, Any]) -> None:
        if self._socket is None or self._socket.closed:
            return
        with suppress(*FAULTS):
            await self._socket.send_str(json.dumps(words))

    async def _beat(self) -> None:
        await self.greeted.wait()
        while True:
            await asyncio.sleep(BEAT_S)
            token = self._recording if self._replays else self._token
            media = round((time.time() - BEHIND_LIVE_S) * 1000)
            self._tally.note("beat replayed" if self._replays else "beat", "sent")
            await self._write({"t": "beat", "token": token, "media": media, "playing": True, "visible": True})

    async def _hear(self) -> None:
        assert self._socket is not None
        async for message in self._socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                for line in filter(None, message.data.split("\n")):
                    self._take(json.loads(line))

    def _take(self, told: dict[str, Any]) -> None:
        kind = told["t"]
        if kind in ("hello", "beat"):
            self._token = told.get("token") or told.get("beat") or ""
            self._recording = self._recording or self._token
            self.greeted.set()
        elif kind == "count":
            self._tally.counted_most = max(self._tally.counted_most, int(told["viewers"]))
        elif kind == "fact":
            self.facts.append(told)
        elif kind in ("chat", "refused", "claim"):
            self._answered(kind, told)

    def _answered(self, kind: str, told: dict[str, Any]) -> None:
        what = self._asked.pop(str(told.get("k")), None)
        if what is None:
            return
        if kind == "chat" or "amount" in told or (kind == "claim" and "code" not in told):
            self._tally.note(what, "accepted")
        else:
            self.refusals += 1
            self._tally.refused(what, str(told.get("code")), told.get("wait_s"))
