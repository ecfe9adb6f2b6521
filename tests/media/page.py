"""A page of the browser studio without the browser: real pictures of a clip, real Opus, the same socket and frames."""

from __future__ import annotations

import array
import asyncio
import json
import math
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import av

from svoi.kernel.tokens import derive_key, sign
from svoi.media.flv_file import AUDIO, VIDEO, read_flv
from svoi.media.studio.framing import Kind, pack_frame
from tests.media.pictures import clip
from tests.media.stage import ORIGIN, SECRET, Stage

RATE_HZ = 48_000
OPUS_SAMPLES = 960
CLICK_SAMPLES = 480

Timed = tuple[int, bytes]


def ticket(
    show_id: int, *, secret: str = SECRET, purpose: str = "camera", expires_in_s: float = 60, **claims: Any
) -> str:
    told = {"show": show_id, "jti": uuid4().hex, **claims}
    return sign(told, key=derive_key(secret, purpose), expires_at=time.time() + expires_in_s)


class Refusal(Exception):
    """What the page was told before the door closed."""

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__(told["code"])
        self.code, self.sentence = told["code"], told["sentence"]


class Page:
    """An open socket; whatever media says is kept, a refusal is raised."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.heard: list[dict[str, Any]] = []

    async def hello(self, told_ticket: str, aim: str = "publish") -> dict[str, Any]:
        await self.socket.send_json({"t": "hello", "aim": aim, "ticket": told_ticket})
        return await self.hear("ready")

    async def hear(self, kind: str) -> dict[str, Any]:
        """The next message of a kind. Raises Refusal, or EOFError when the socket closed without a word."""
        while True:
            message = await self.socket.receive(timeout=10)
            if message.type is not aiohttp.WSMsgType.TEXT:
                raise EOFError(message.type)
            told = json.loads(message.data)
            self.heard.append(told)
            if told["t"] == "refused":
                raise Refusal(told)
            if told["t"] == kind:
                return told

    async def send(self, kind: Kind, timestamp_ms: int, payload: bytes, *, is_key: bool = False) -> None:
        await self.socket.send_bytes(pack_frame(kind, timestamp_ms, payload, is_key=is_key))

    async def refusal(self) -> Refusal:
        """The word with which it ends."""
        try:
            await self.hear("nothing that ever comes")
        except Refusal as refusal:
            return refusal
        raise AssertionError("unreachable")


@asynccontextmanager
async def page(s: Stage, show_id: int = 7, *, origin: str = ORIGIN) -> AsyncIterator[Page]:
    url = f"ws://127.0.0.1:{s.http_port}/studio/{show_id}"
    async with s.client.ws_connect(url, origin=origin, max_msg_size=1 << 20) as socket:
        yield Page(socket)


@cache
def pictures(path: Path | None = None) -> tuple[bytes, tuple[tuple[int, bool, bytes], ...]]:
    """The clip's configuration and its frames as time, whether a key frame, payload."""
    tags = [tag for tag in read_flv(path or clip(sound="")) if tag.kind == VIDEO]
    config = next(tag.body[5:] for tag in tags if tag.is_config)
    frames = tuple((tag.timestamp_ms, tag.body[0] >> 4 == 1, tag.body[5:]) for tag in tags if tag.body[1] == 1)
    return config, frames


@cache
def aac() -> tuple[bytes, tuple[Timed, ...]]:
    """The clip's sound: its configuration, and frames with their times."""
    tags = [tag for tag in read_flv(clip()) if tag.kind == AUDIO]
    config = next(tag.body[2:] for tag in tags if tag.is_config)
    return config, tuple((tag.timestamp_ms, tag.body[2:]) for tag in tags if not tag.is_config)


@cache
def opus(seconds: int) -> tuple[bytes, tuple[Timed, ...]]:
    """A click of 10 ms at the beginning of each second: OpusHead, and packets with the times a page gives them."""
    encoder = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format, encoder.bit_rate = RATE_HZ, "mono", "flt", 64_000
    encoder.open()
    packets: list[Timed] = []
    for at in range(0, seconds * RATE_HZ, OPUS_SAMPLES):
        frame = av.AudioFrame(format="flt", layout="mono", samples=OPUS_SAMPLES)
        frame.planes[0].update(array.array("f", _wave(at)).tobytes())
        frame.sample_rate, frame.pts = RATE_HZ, at
        packets += [(len(packets) * 20, bytes(packet)) for packet in encoder.encode(frame)]
    return bytes(encoder.extradata), tuple(packets)


def _wave(at: int) -> Iterator[float]:
    for place in range(at, at + OPUS_SAMPLES):
        since = place % RATE_HZ
        yield 0.8 * math.sin(2 * math.pi * 1000 * since / RATE_HZ) if since < CLICK_SAMPLES else 0.0


async def film(told: Page, *, seconds: float, sound: str, begin_ms: int = 0, from_config: bool = True) -> None:
    """Pictures and sound in real time: "aac", "opus", "none", or "" for no word about sound at all."""
    config, frames = pictures()
    await told.send(Kind.PICTURE_CONFIG, begin_ms, config)
    kind, timed = Kind.NO_SOUND, ()
    if sound == "aac":
        kind, (head, timed) = Kind.AAC, aac()
        await told.send(Kind.AAC_CONFIG, begin_ms, head)
    elif sound == "opus":
        kind, (head, timed) = Kind.OPUS, opus(math.ceil(seconds))
        await told.send(Kind.OPUS_CONFIG, begin_ms, head)
    elif sound == "none":
        await told.send(Kind.NO_SOUND, begin_ms, b"")
    lap_ms = frames[-1][0] + 40
    cues: list[tuple[int, Kind, bool, bytes]] = [(at, kind, False, payload) for at, payload in timed]
    for lap in range(math.ceil(seconds * 1000 / lap_ms)):
        cues += [(lap * lap_ms + at, Kind.PICTURE, is_key, payload) for at, is_key, payload in frames]
    clock = asyncio.get_running_loop().time
    began = clock()
    for at_ms, cue, is_key, payload in sorted(cues, key=lambda one: one[0]):
        if at_ms >= seconds * 1000:
            break
        await asyncio.sleep(max(0, began + at_ms / 1000 - clock()))
        await told.send(cue, begin_ms + at_ms, payload, is_key=is_key)


@asynccontextmanager
async def filming(
    s: Stage, *, seconds: float = 60, sound: str = "aac", show_id: int = 7
) -> AsyncIterator[tuple[Page, asyncio.Task[None]]]:
    """A page on the air; its task is cancelled at the end if it is still going."""
    async with page(s, show_id) as told:
        await told.hello(ticket(show_id))
        task = asyncio.create_task(film(told, seconds=seconds, sound=sound))
        try:
            yield told, task
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await task
