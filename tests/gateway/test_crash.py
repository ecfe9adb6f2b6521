"""SIGKILL of the gateway at the worst moments: what was stored is told once, what was not is said again."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import psycopg
import pytest

from tests.gateway.conftest import Evening
from tests.gateway.people import SECRET
from tests.gateway.stage import ORIGIN, PATIENCE_S, Page, SmallWeb, small_web, until_nobody_is_connected
from tests.gateway.wire_tap import WireTap, tapped


class Process:
    """`python -m svoi.gateway` as the supervisor starts it."""

    def __init__(self, small: SmallWeb, database_url: str) -> None:
        self.port, self.sse_port = free_port(), free_port()
        self._env = {
            **os.environ,
            "SVOI_SECRET": SECRET,
            "DATABASE_URL": database_url,
            "SVOI_WEB_URL": f"http://127.0.0.1:{small.port}",
            "SVOI_ORIGINS": ORIGIN,
            "SVOI_GATEWAY_PORT": str(self.port),
            "SVOI_SSE_PORT": str(self.sse_port),
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(sys.executable, "-m", "svoi.gateway", env=self._env)
        address = f"http://127.0.0.1:{self.sse_port}/healthz"
        async with asyncio.timeout(PATIENCE_S), aiohttp.ClientSession() as session:
            while True:
                try:
                    async with session.get(address) as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.05)

    async def end(self, number: signal.Signals) -> int:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(number)
        return await self._process.wait()


@asynccontextmanager
async def running(conninfo: str, evening: Evening) -> AsyncIterator[tuple[Process, WireTap]]:
    async with tapped(conninfo) as tap, small_web() as small:
        small.opens(evening.show.pk)
        process = Process(small, tap.conninfo)
        await process.start()
        try:
            yield process, tap
        finally:
            await process.end(signal.SIGKILL)
            await tap.cut()
            await until_nobody_is_connected(conninfo)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def stored(conninfo: str) -> list[tuple[Any, ...]]:
    async with await psycopg.AsyncConnection.connect(conninfo, autocommit=True) as connection:
        answer = await connection.execute("select seq, text from svoi_chatmessage order by seq")
        return await answer.fetchall()


async def said_until_told(page: Page, text: str, key: str) -> None:
    """What the page does with a message that got no answer: connect again and send it with the same key."""
    await page.connect()
    if not any(message["k"] == key for message in page.of("chat") if "k" in message):
        await page.say(text, key)
    await page.until(lambda: any(message.get("k") == key for message in page.of("chat")))


@pytest.mark.parametrize("is_stored", [True, False])
async def test_killed_between_storing_and_answering(conninfo: str, evening: Evening, *, is_stored: bool) -> None:
    async with running(conninfo, evening) as (process, tap):
        vera, gleb = Page(evening.vera, process.port), Page(evening.gleb, process.port)
        await vera.connect()
        await gleb.connect()
        await vera.say("one")
        for page in (vera, gleb):
            await page.until(lambda page=page: len(page.chat()) == 1)  # type: ignore[misc]
        if is_stored:
            tap.swallow_answer_to(b"COMMIT")
        else:
            await tap.cut()
        key = await vera.say("two")
        if is_stored:
            async with asyncio.timeout(PATIENCE_S):
                while len(await stored(conninfo)) < 2:  # noqa: ASYNC110 - a commit elsewhere rings no bell here
                    await asyncio.sleep(0.02)
        assert (len(vera.chat()), len(gleb.chat())) == (1, 1)
        assert await process.end(signal.SIGKILL) == -signal.SIGKILL
        await vera.close()
        await gleb.close()
        await tap.cut()
        await tap.mend()
        await process.start()
        await gleb.connect()
        await said_until_told(vera, "two", key)
        await vera.say("three")
        await gleb.until(lambda: len(gleb.chat()) == 3)
        await vera.until(lambda: (3, "three") in vera.chat())
        everything = [(1, "one"), (2, "two"), (3, "three")]
        assert (gleb.chat(), sorted(set(vera.chat()))) == (everything, everything)
        assert await stored(conninfo) == everything
        await vera.close()
        await gleb.close()


async def test_asked_to_stop_it_stores_what_it_admitted_and_says_good_bye(conninfo: str, evening: Evening) -> None:
    async with running(conninfo, evening) as (process, _):
        vera = Page(evening.vera, process.port)
        await vera.connect()
        for number in range(5):
            await vera.say(f"message {number}")
        await vera.until(lambda: bool(vera.chat()))
        assert await process.end(signal.SIGTERM) == 0
        assert vera.socket is not None
        await asyncio.wait_for(vera.socket.wait_closed(), PATIENCE_S)
        assert vera.socket.close_code == 1001
        assert await stored(conninfo) == vera.chat() == [(n + 1, f"message {n}") for n in range(5)]
        await vera.close()
