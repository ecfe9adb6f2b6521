"""The gateway as it is, on a web and a database that answer at once from memory: what is measured is the fan-out.

gateway_server.py SECRET batched|single [DESK] -- prints its port; with a desk it takes claims, too.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

import uvloop

from svoi.gateway import room
from svoi.gateway.cadence import no_window_s, window_s
from svoi.gateway.config import Config, open_files
from svoi.gateway.conversation import Message
from svoi.gateway.desk_line import DeskLine
from svoi.gateway.door import Door
from svoi.gateway.frames import Cursor
from svoi.gateway.gateway import Gateway
from svoi.gateway.listening import Turnstile
from svoi.gateway.presence import Beaten
from svoi.gateway.reactions import Reacted
from svoi.gateway.socket_server import SocketServer
from svoi.gateway.sweep import sweep
from svoi.gateway.tickets import TicketBook
from svoi.gateway.totals import Before
from svoi.gateway.wire import Said


class Memory:
    """Stands for the web, the history and the store."""

    def __init__(self) -> None:
        self._numbers = count(1)

    async def room(self, show_id: int) -> dict[str, Any]:
        return {"policy": {}, "muted": [], "state": "live", "facts": 0, "chat": 0, "peak": 0}

    async def lately(self, show_id: int, facts: int) -> tuple[Cursor, list[Any], list[Any]]:
        return Cursor(0, 0), [], []

    async def counted_lately(self, show_id: int, *, at: float) -> Mapping[str, Beaten]:
        return {}

    async def reacted(self, show_id: int) -> Reacted:
        return Reacted()

    async def talked(self, show_id: int, upto: int) -> Before:
        return Before()

    async def store(self, show_id: int, messages: Sequence[Message], *, after: int) -> list[Said]:
        return [self._said(next(self._numbers), message) for message in messages]

    def note_count(self, show_id: int, tally: object, *, at: float) -> None:
        """Counts are not kept."""

    def note_said(self, show_id: int, message: Message, seen: int | None) -> None:
        """Nor are weights."""

    def _said(self, n: int, message: Message) -> Said:
        who = message.author
        return Said(
            n, n, who.member_id, who.name, who.role, message.text, message.said_at, message.media_at, message.key
        )


async def main(secret: str, mode: str, *desks: str) -> None:
    if mode == "single":
        room.BATCH_BYTES_MAX = 1  # every message is a batch of its own
    memory: Any = Memory()
    window = window_s if mode == "batched" else no_window_s
    desk = DeskLine(desks, secret) if desks else None
    gateway = Gateway(
        secret=secret, web=memory, store=memory, history=memory, watch_log=memory, desk=desk, window=window
    )
    config = Config(secret, "", "", frozenset(["http://bench"]), connections_max=open_files())
    server = SocketServer(
        Door(config, TicketBook(secret, opened_at=0)),
        gateway,
        now=time.time,
        health=lambda: (True, {}),
        turnstile=Turnstile(config.connections_max),
    )
    print(await server.listen("127.0.0.1", 0), flush=True)
    while True:
        await asyncio.sleep(1)
        gateway.tick()
        sweep(gateway.viewers(), at=time.time(), tally=server.tally)


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:]))
