"""The media process put together: RTMP and pages in, HTTP out, notices to web."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
import signal
import time
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from typing import Any

import aiohttp
from aiohttp import web

from svoi.kernel.tokens import derive_key
from svoi.media.admission import Admission
from svoi.media.backend import OwnBackend
from svoi.media.clock import mono_ms, wall_ms
from svoi.media.config import Config
from svoi.media.hls.reader import SegmentReader
from svoi.media.hls.recording import SYNC_EVERY_S
from svoi.media.hooks import WebHooks
from svoi.media.http.app import build_app
from svoi.media.http.control import Control
from svoi.media.http.live import Live
from svoi.media.notices import Notices
from svoi.media.rtmp.server import RtmpServer
from svoi.media.shows import Shows
from svoi.media.studio.door import StudioDoor
from svoi.media.studio.opus_to_aac import MISSING
from svoi.media.studio.tickets import TicketBook

FAREWELL_S = 2.0
BEAT_MS, BEAT_LATE_MS_MAX = 500, 2000

log = logging.getLogger(__name__)


class FolderTaken(Exception):
    """Another media process records into the same folder."""


class MediaProcess:
    """Start it, wait, stop it; ports are known after the start."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._stack = AsyncExitStack()
        self._beat_ms = mono_ms()
        self.shows = Shows(config.folder)
        self.http_port = self.rtmp_port = 0

    async def start(self) -> None:
        """Raises FolderTaken, or OSError when a port is taken; then nothing is left running."""
        try:
            await self._start()
        except BaseException:
            await self._stack.aclose()
            raise

    async def _start(self) -> None:
        config, stack = self._config, self._stack
        self._lock_folder()
        client = await stack.enter_async_context(aiohttp.ClientSession())
        hooks = WebHooks(client, web_url=config.web_url, secret=config.secret)
        self.notices = Notices(hooks)
        reader = SegmentReader()
        stack.callback(reader.close)
        stack.callback(self.shows.close)
        await self._tell_what_a_crash_left()
        self._background(self.notices.deliver(), self._sync(), self._beat())
        admission = Admission(hooks, self.shows, self.notices)
        self._studio = StudioDoor(
            TicketBook(derive_key(config.secret, "camera"), opened_at=time.time()),
            admission.admit_bearer,
            origins=config.origins,
            converts=config.converts_sound,
        )
        live = Live(self.shows, reader, key=derive_key(config.secret, "playback"))
        control = Control(OwnBackend(self.shows), key=derive_key(config.secret, "internal"))
        app = build_app(live, control, self._studio, origins=config.origins, health=self.health)
        self.http_port = await self._serve_http(app)
        self._rtmp = RtmpServer(admission)
        self.rtmp_port = await self._rtmp.start(config.host, config.rtmp_port)

    async def stop(self) -> None:
        """Publishers hear why, runs are closed, the web process hears of it if it listens."""
        await asyncio.gather(self._rtmp.stop(), self._studio.stop())
        await self.notices.flush(timeout_s=FAREWELL_S)
        for show in self.shows:
            await show.sync()
        await self._stack.aclose()

    def health(self) -> dict[str, object]:
        late_ms = mono_ms() - self._beat_ms - BEAT_MS
        return {
            "ok": self._rtmp.is_listening and late_ms < BEAT_LATE_MS_MAX,
            "shows": sum(show.publisher is not None for show in self.shows),
            "notices": len(self.notices),
            "converts_sound": self._config.converts_sound,
            "late_ms": max(0, late_ms),
        }

    def _lock_folder(self) -> None:
        """Two writers would tear the recordings; the kernel drops the lock of a killed process by itself."""
        self._config.folder.mkdir(parents=True, exist_ok=True)
        file = os.open(self._config.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o640)
        self._stack.callback(os.close, file)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            raise FolderTaken(f"another media process records into {self._config.folder}") from fault

    async def _tell_what_a_crash_left(self) -> None:
        for show in await self.shows.unfinished():
            session = show.timeline.runs[-1].session if show.timeline.runs else ""
            at_ms = min(show.timeline.epoch_ms + show.timeline.end_ms, wall_ms())
            if session:
                self.notices.left(show.show_id, session, reason="restarted", at_ms=at_ms)

    async def _serve_http(self, app: web.Application) -> int:
        runner = web.AppRunner(app, access_log=None, keepalive_timeout=30, shutdown_timeout=FAREWELL_S)
        await runner.setup()
        self._stack.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, self._config.host, self._config.http_port)
        await site.start()
        return int(runner.addresses[0][1])

    def _background(self, *works: Coroutine[Any, Any, None]) -> None:
        for work in works:
            task = asyncio.create_task(work)
            self._stack.push_async_callback(_cancel, task)

    async def _sync(self) -> None:
        while True:
            await asyncio.sleep(SYNC_EVERY_S)
            for show in self.shows:
                try:
                    await show.sync()
                except OSError as fault:
                    log.error("the recording of show %s does not reach the disk: %s", show.show_id, fault)

    async def _beat(self) -> None:
        while True:
            self._beat_ms = mono_ms()
            await asyncio.sleep(BEAT_MS / 1000)


async def run_until_told(config: Config) -> None:
    """Until SIGTERM or SIGINT."""
    process = MediaProcess(config)
    told = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, told.set)
    await process.start()
    log.info("media listens: http %s, rtmp %s", process.http_port, process.rtmp_port)
    if not config.converts_sound:
        log.warning("the browser studio takes AAC only: %s", MISSING)
    await told.wait()
    await process.stop()


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
