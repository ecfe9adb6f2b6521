"""One page of the browser studio: a hello with its ticket, then pictures and sound, until either side ends it."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import WSMsgType, web

from svoi.media.clock import mono_ms
from svoi.media.flv import avc_config, avc_frame
from svoi.media.ingest import Ingest
from svoi.media.refusals import StreamBroken, StreamRefused
from svoi.media.studio.framing import Frame, FrameFault, Kind, Times, parse_frame
from svoi.media.studio.hello import Hello, parse_hello
from svoi.media.studio.sound import SoundIntake
from svoi.media.studio.speed import SpeedTest
from svoi.media.studio.tickets import TicketBook

TICK_S = 1.0
HELLO_S = 5.0
IDLE_S = 10.0
SAY_S = 5.0
LINGER_S = 2.0
TEXT_BYTES_MAX = 4096
ENCODER = "browser studio"
_LEAVING = (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR)

Admit = Callable[[int, Callable[[StreamRefused], None]], Awaitable[Ingest]]

log = logging.getLogger(__name__)


class PageSession:
    """Reads the socket; `dismiss` may be called from outside at any moment."""

    def __init__(self, socket: web.WebSocketResponse, show_id: int, *, peer: str, converts: bool) -> None:
        self.peer = peer
        self._socket = socket
        self._show_id = show_id
        self._converts = converts
        self._ingest: Ingest | None = None
        self._sound: SoundIntake | None = None
        self._speed: SpeedTest | None = None
        self._times = Times()
        self._dismissal: StreamRefused | None = None

    def dismiss(self, refusal: StreamRefused) -> None:
        """End this publisher with a word; seen at the next message or within a tick."""
        self._dismissal = refusal

    async def run(self, book: TicketBook, admit: Admit) -> None:
        """Until the end, whatever ends it; says farewell and never raises for bad input."""
        try:
            self._leave(await self._until_end(book, admit))
        except StreamRefused as refusal:
            log.info("page %s of show %s refused: %s", self.peer, self._show_id, refusal)
            self._leave(refusal.code)
            await self._farewell(refusal)
        except FrameFault as fault:
            log.info("page %s of show %s sent garbage: %s", self.peer, self._show_id, fault)
            self._leave(StreamBroken.code)
            await self._farewell(StreamBroken(what=str(fault)))
        except ConnectionError:
            self._leave("lost")
        finally:
            self._leave("lost")

    async def _until_end(self, book: TicketBook, admit: Admit) -> str:
        try:
            async with asyncio.timeout(HELLO_S):
                hello = await self._hello()
        except TimeoutError:
            return "silent"
        if hello is None:
            return "lost"
        book.take(hello.ticket, show_id=self._show_id, at=time.time())
        if hello.aim == "check":
            self._speed = SpeedTest(began_ms=mono_ms())
        else:
            self._ingest = await admit(self._show_id, self.dismiss)
            self._ingest.metadata([{"encoder": ENCODER}])
            self._sound = SoundIntake(self._ingest, converts=self._converts, dismiss=self.dismiss)
        await self._say(t="ready", converts=self._converts)
        return await self._read_on()

    async def _hello(self) -> Hello | None:
        """The first message. Raises FrameFault when it is anything else."""
        message = await self._socket.receive()
        if message.type in _LEAVING:
            return None
        if message.type is not WSMsgType.TEXT:
            raise FrameFault("a frame before the hello")
        return parse_hello(message.data)

    async def _read_on(self) -> str:
        heard_ms, told_ms = mono_ms(), 0
        while True:
            if self._dismissal is not None:
                raise self._dismissal
            now_ms = mono_ms()
            if now_ms - told_ms >= TICK_S * 1000:
                told_ms = now_ms
                await self._tick()
            if now_ms - heard_ms > IDLE_S * 1000:
                return "silent"
            try:
                message = await self._socket.receive(timeout=TICK_S)
            except TimeoutError:
                continue
            if message.type is WSMsgType.BINARY:
                heard_ms = mono_ms()
                await self._frame(parse_frame(message.data))
            elif message.type is WSMsgType.TEXT:
                await self._answer(message.data)
            else:
                # A page that says goodbye closes with 1000; everything else is a lost line.
                return "closed" if self._socket.close_code == 1000 else "lost"

    async def _frame(self, frame: Frame) -> None:
        if self._speed is not None:
            await self._say(**self._speed.take(frame, now_ms=mono_ms()))
            return
        assert self._ingest is not None
        assert self._sound is not None
        if frame.kind is Kind.PICTURE_CONFIG:
            self._ingest.video(frame.timestamp_ms, avc_config(frame.payload))
        elif frame.kind is Kind.PICTURE:
            self._times.check(frame, now_ms=mono_ms())
            self._ingest.video(frame.timestamp_ms, avc_frame(frame.payload, is_key=frame.is_key))
            self._sound.picture_at(frame.timestamp_ms)
        elif frame.kind is Kind.LOAD:
            raise FrameFault("load outside a check")
        else:
            if frame.kind in (Kind.AAC, Kind.OPUS):
                self._times.check(frame, now_ms=mono_ms())
            else:
                self._times.sound_begins_anew()
            self._sound.take(frame)

    async def _answer(self, text: str) -> None:
        """An echo comes back as it went, so that the page knows how far away we are."""
        if len(text) > TEXT_BYTES_MAX:
            raise FrameFault("a text too long")
        try:
            told = json.loads(text)
        except (ValueError, RecursionError):
            raise FrameFault("a text that is no JSON") from None
        if not isinstance(told, dict) or told.get("t") != "echo" or not isinstance(told.get("at"), (int, float)):
            raise FrameFault("a text nobody asked for")
        await self._say(t="echo", at=told["at"])

    async def _tick(self) -> None:
        if self._speed is not None:
            self._speed.tick(now_ms=mono_ms())
        if self._ingest is not None and self._sound is not None:
            self._ingest.tick()
            told = self._ingest.signal()
            kept = ("is_shown", "bitrate_bps", "fps", "lag_ms", "warnings")
            await self._say(t="signal", restarts=self._sound.restarts, **{name: told[name] for name in kept})

    async def _say(self, **told: Any) -> None:
        """Raises ConnectionError for a page that does not read."""
        try:
            async with asyncio.timeout(SAY_S):
                await self._socket.send_json(told)
        except TimeoutError:
            raise ConnectionError("the page does not read") from None

    def _leave(self, reason: str) -> None:
        ingest, self._ingest = self._ingest, None
        sound, self._sound = self._sound, None
        if sound is not None:
            sound.close()
        if ingest is not None:
            ingest.close(reason)

    async def _farewell(self, refusal: StreamRefused) -> None:
        """Say why; closing reads on for a moment, so that unread frames do not lose the words."""
        try:
            await self._say(t="refused", code=refusal.code, sentence=refusal.sentence)
            async with asyncio.timeout(LINGER_S):
                await self._socket.close(code=4000, message=refusal.code.encode())
        except (ConnectionError, TimeoutError):
            pass
