"""The media process with a small web beside it, both real servers on free ports, and publishers to drive them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from svoi.kernel.tokens import derive_key, sign, verify
from svoi.media.config import Config
from svoi.media.process import MediaProcess

SECRET = "5" * 64
ORIGIN = "http://127.0.0.1:8000"


@dataclass
class FakeWeb:
    """Knows stream keys, and writes down what media tells it."""

    keys: dict[str, int] = field(default_factory=dict)
    notices: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    is_away: bool = False
    port: int = 0

    def told(self, name: str) -> list[dict[str, Any]]:
        return [payload for kind, payload in self.notices if kind == name]

    async def auth(self, request: web.Request) -> web.Response:
        self._check(request)
        key = (await request.json())["key"]
        self.asked.append(key)
        if key not in self.keys:
            words = "This key opens nothing. — Этот ключ ничего не открывает."
            return web.json_response({"code": "unknown_key", "message": words}, status=403)
        return web.json_response({"show_id": self.keys[key], "session": f"session-{len(self.asked)}"})

    async def notice(self, request: web.Request) -> web.Response:
        self._check(request)
        self.notices.append((request.match_info["name"], await request.json()))
        return web.Response(status=204)

    def _check(self, request: web.Request) -> None:
        if self.is_away:
            raise web.HTTPServiceUnavailable
        bearer = request.headers["Authorization"].removeprefix("Bearer ")
        assert verify(bearer, key=derive_key(SECRET, "internal"), at=time.time())["from"] == "media"


@dataclass
class Stage:
    """What a test needs of both."""

    web: FakeWeb
    folder: Path
    client: aiohttp.ClientSession
    http_port: int = 0
    rtmp_port: int = 0
    process: MediaProcess | None = None

    @property
    def rtmp_url(self) -> str:
        return f"rtmp://127.0.0.1:{self.rtmp_port}/live"

    def live_url(self, show_id: int, name: str = "index.m3u8", **claims: Any) -> str:
        token = sign({"show": show_id, **claims}, key=derive_key(SECRET, "playback"), expires_at=time.time() + 600)
        return f"http://127.0.0.1:{self.http_port}/live/{token}/{show_id}/{name}"

    async def get(self, url: str, **options: Any) -> tuple[int, bytes]:
        async with self.client.get(url, **options) as answer:
            return answer.status, await answer.read()

    async def playlist(self, show_id: int, **query: Any) -> str:
        status, body = await self.get(
            self.live_url(show_id), params={name: str(value) for name, value in query.items()}
        )
        assert status == 200, status
        return body.decode()

    async def control(self, method: str, path: str, purpose: str = "internal", **options: Any) -> tuple[int, bytes]:
        bearer = sign({"from": "web"}, key=derive_key(SECRET, purpose), expires_at=time.time() + 60)
        url = f"http://127.0.0.1:{self.http_port}/control/shows/{path}"
        headers = {"Authorization": f"Bearer {bearer}"}
        async with self.client.request(method, url, headers=headers, **options) as answer:
            return answer.status, await answer.read()

    async def replay_url(self, show_id: int) -> str:
        """The playlist of the show after its end; a live one would keep a decoder waiting for more."""
        assert (await self.control("POST", f"{show_id}/end"))[0] == 204
        return self.live_url(show_id)

    async def until(self, holds: Any, *, within_s: float = 15) -> None:
        """Wait for something that will happen; an assertion error says it did not."""
        deadline = time.monotonic() + within_s
        while not holds():
            assert time.monotonic() < deadline, "it did not happen"
            await asyncio.sleep(0.02)

    async def until_segments(self, show_id: int, count: int) -> str:
        """The playlist as soon as it has `count` complete segments."""
        await self.until(lambda: (self.folder / "media" / str(show_id)).exists())
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            status, body = await self.get(self.live_url(show_id), params={"_HLS_msn": count - 1})
            if status == 200 and body.count(b"#EXTINF") >= count:
                return body.decode()
            await asyncio.sleep(0.1)
        raise AssertionError("the segments did not come")


@asynccontextmanager
async def fake_web(**keys: int) -> AsyncIterator[FakeWeb]:
    house = FakeWeb(keys=dict(keys))
    app = web.Application()
    app.add_routes([web.post("/internal/media/auth", house.auth), web.post("/internal/media/{name}", house.notice)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    house.port = runner.addresses[0][1]
    try:
        yield house
    finally:
        await runner.cleanup()


def config(folder: Path, web_port: int, *, converts_sound: bool = True) -> Config:
    return Config(
        secret=SECRET,
        folder=folder / "media",
        host="127.0.0.1",
        http_port=0,
        rtmp_port=0,
        web_url=f"http://127.0.0.1:{web_port}",
        origins=frozenset([ORIGIN]),
        converts_sound=converts_sound,
    )


@asynccontextmanager
async def stage(folder: Path, *, converts_sound: bool = True, **keys: int) -> AsyncIterator[Stage]:
    """The media process inside the test's loop."""
    async with fake_web(**keys) as house, aiohttp.ClientSession() as client:
        process = MediaProcess(config(folder, house.port, converts_sound=converts_sound))
        await process.start()
        try:
            yield Stage(house, folder, client, process.http_port, process.rtmp_port, process)
        finally:
            await process.stop()
