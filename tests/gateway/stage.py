"""The gateway on real sockets and a real database, with a small real web beside it, and pages that talk to it."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Self
from uuid import uuid4

import psycopg
import websockets
from aiohttp import web

from svoi.gateway.config import Config
from svoi.gateway.frames import Cursor
from svoi.gateway.serve import Serving
from svoi.gateway.tickets import Pass
from svoi.kernel.tokens import derive_key, sign, verify
from tests.gateway.people import SECRET

ORIGIN = "http://svoi.test"
PATIENCE_S = 15
_viewers = count(1)


@dataclass
class SmallWeb:
    """Answers what the gateway asks about rooms, from a table the test writes."""

    rooms: dict[int, dict[str, Any]] = field(default_factory=dict)
    is_away: bool = False
    asked: int = 0
    port: int = 0

    def opens(self, show_id: int, **told: Any) -> None:
        self.rooms[show_id] = {"policy": {}, "muted": [], "state": "live", "facts": 0, "chat": 0, "peak": 0, **told}

    async def room(self, request: web.Request) -> web.Response:
        self.asked += 1
        kind, _, token = request.headers["Authorization"].partition(" ")
        assert (kind, verify(token, key=derive_key(SECRET, "internal"), at=time.time())["from"]) == (
            "Bearer",
            "gateway",
        )
        if self.is_away:
            return web.Response(status=502)
        told = self.rooms.get(int(request.match_info["show_id"]))
        return web.json_response(told) if told else web.Response(status=404)


@dataclass
class Stage:
    """A running gateway, and what it stands on."""

    web: SmallWeb
    config: Config
    serving: Serving
    conninfo: str

    async def restart(self) -> None:
        await self.serving.stop()
        self.serving = Serving(self.config)
        await self.serving.start()

    def allow(self, origin: str) -> None:
        """Pages of this origin are ours as well."""
        self.config = replace(self.config, origins=self.config.origins | {origin})
        self.serving.door._config = self.config
        self.serving.sse.config = self.config

    def page(self, who: Pass, **fields: Any) -> Page:
        return Page(who, self.serving.port, **fields)

    async def sql(self, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Run a statement on a connection of the test's own."""
        async with await psycopg.AsyncConnection.connect(self.conninfo, autocommit=True) as connection:
            answer = await connection.execute(statement, parameters)
            return await answer.fetchall() if answer.description else []

    async def tell(self, show_id: int, kind: str, **payload: Any) -> None:
        """Record a fact of a room as the web does, have the relay's function number it, and wake the gateway."""
        await self.sql(
            "insert into svoi_event (event_id, kind, stream, payload) values (%s, %s, %s, %s)",
            uuid4(),
            kind,
            f"show:{show_id}",
            json.dumps({"show_id": show_id, **payload}),
        )
        await self.number_facts()

    async def number_facts(self) -> None:
        """Do the relay's work."""
        while await self.sql("select id from svoi_number_events_v1(500)"):
            pass
        await self.sql("notify svoi_stream")

    async def until_told(self, show_id: int, cursor: Cursor, page: Page) -> None:
        """Until the room told everything up to this cursor, and the page read it."""
        timeline = self.serving.gateway.rooms[show_id].room.timeline
        await eventually(lambda: timeline.end == cursor)
        words = [frame.said_to(crew=page.who.is_crew, member_id=page.who.member_id) for frame in timeline._frames]
        numbers = [(told["t"], told["n"]) for told in (json.loads(each) for each in words if each is not None)]
        await page.until(lambda: {(told["t"], told["n"]) for told in page.told if "n" in told} >= set(numbers))


class Page:
    """A browser's page in a room: reads everything, remembers its numbers, resumes by them."""

    def __init__(self, who: Pass, port: int, *, cursor: Cursor | None = Cursor(0, 0)) -> None:  # noqa: B008
        self.who = who
        self.port = port
        self.cursor = cursor
        self.told: list[dict[str, Any]] = []
        self.socket: websockets.ClientConnection | None = None
        self._reading: asyncio.Task[None] | None = None
        self._news = asyncio.Event()

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def connect(self) -> None:
        """Come in with a fresh ticket, and wait for the greeting."""
        resume = f"&facts={self.cursor.facts}&chat={self.cursor.chat}" if self.cursor else ""
        address = f"ws://127.0.0.1:{self.port}/rooms/{self.who.show_id}?ticket={ticket(self.who)}{resume}"
        self.socket = await websockets.connect(address, origin=ORIGIN, ping_interval=None)  # type: ignore[arg-type]
        self._reading = asyncio.create_task(self._read(self.socket))
        greetings = len(self.of("hello")) + len(self.of("stale"))
        await self.until(lambda: len(self.of("hello")) + len(self.of("stale")) > greetings)

    async def close(self) -> None:
        if self.socket is not None:
            await self.socket.close()
        if self._reading is not None:
            self._reading.cancel()
            with suppress(asyncio.CancelledError, websockets.ConnectionClosed):
                await self._reading

    async def say(self, text: str, key: str | None = None) -> str:
        key = key or str(uuid4())
        await self.send({"t": "say", "k": key, "text": text, "media": None})
        return key

    async def send(self, message: dict[str, Any]) -> None:
        assert self.socket is not None
        await self.socket.send(json.dumps(message))

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in self.told if message["t"] == kind]

    def chat(self) -> list[tuple[int, str]]:
        return [(message["n"], message.get("text", "")) for message in self.of("chat")]

    def facts(self) -> list[tuple[int, str]]:
        return [(message["n"], message["kind"]) for message in self.of("fact")]

    async def until(self, seen: Callable[[], bool]) -> None:
        """Wait for something to be told."""
        async with asyncio.timeout(PATIENCE_S):
            while not seen():
                self._news.clear()
                await self._news.wait()

    async def _read(self, socket: websockets.ClientConnection) -> None:
        with suppress(websockets.ConnectionClosed):
            async for payload in socket:
                for line in str(payload).split("\n"):
                    self._note(json.loads(line))
                self._news.set()

    def _note(self, message: dict[str, Any]) -> None:
        self.told.append(message)
        if message["t"] == "fact" and self.cursor:
            self.cursor = self.cursor._replace(facts=message["n"])
        if message["t"] == "chat" and self.cursor:
            self.cursor = self.cursor._replace(chat=max(self.cursor.chat, message["n"]))


def ticket(who: Pass, *, expires_at: float | None = None, **claims: Any) -> str:
    """What the web would sign for this person."""
    told = {"show": who.show_id, "member": who.member_id, "name": who.name, "role": who.role, "chat": who.may_chat}
    more = {"crew": who.is_crew, "viewer": who.viewer, "device": who.traces.device, "jti": str(uuid4())}
    key = derive_key(SECRET, "ticket")
    return sign({**told, **more, **claims}, key=key, expires_at=expires_at or time.time() + 60)


def another(who: Pass) -> Pass:
    """The same person as another viewer."""
    return replace(who, viewer=f"viewer-{next(_viewers)}")


@asynccontextmanager
async def small_web() -> AsyncIterator[SmallWeb]:
    """A web that knows no rooms yet."""
    small = SmallWeb()
    application = web.Application()
    application.add_routes([web.get("/internal/rooms/{show_id}", small.room)])
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    small.port = runner.addresses[0][1]
    try:
        yield small
    finally:
        await runner.cleanup()


@asynccontextmanager
async def staged(conninfo: str, *, reached_by: str = "", **limits: int) -> AsyncIterator[Stage]:
    """A gateway on free ports; `reached_by` is another way to the same database."""
    async with small_web() as small:
        config = Config(
            secret=SECRET,
            database_url=reached_by or conninfo,
            web_url=f"http://127.0.0.1:{small.port}",
            origins=frozenset([ORIGIN]),
            port=0,
            sse_port=0,
            **limits,  # type: ignore[arg-type]
        )
        stage = Stage(small, config, Serving(config), conninfo)
        await stage.serving.start()
        try:
            yield stage
        finally:
            await stage.serving.stop()
            await until_nobody_is_connected(conninfo)


async def eventually(seen: Callable[[], Any]) -> Any:
    """Wait until a condition holds, looking often."""
    async with asyncio.timeout(PATIENCE_S):
        while not (found := seen()):  # noqa: ASYNC110 - what is waited for rings no bell
            await asyncio.sleep(0.01)
        return found


async def until_nobody_is_connected(conninfo: str) -> None:
    """A gateway that stopped leaves no session behind; PostgreSQL takes a moment to end one."""
    sessions = "select count(*) from pg_stat_activity where application_name like 'svoi gateway%'"
    async with asyncio.timeout(PATIENCE_S), await psycopg.AsyncConnection.connect(conninfo) as connection:
        while (await (await connection.execute(sessions)).fetchone()) != (0,):
            await connection.rollback()
            await asyncio.sleep(0.02)
