"""The demo camera: publishes a short clip over RTMP in a loop, in real time, as a phone or OBS would.

python -m svoi.media.camera --url rtmp://127.0.0.1:8003/live --key-file KEY [--clip CLIP.flv]
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import logging
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from svoi.media.flv_file import SCRIPT, VIDEO, NotFlv, Tag, read_flv
from svoi.media.rtmp.client import PublishingClient, PublishRefused
from svoi.media.rtmp.handshake import HandshakeFault

CLIP = Path(__file__).parent / "demo" / "clip.flv"
PAUSE_S_FIRST, PAUSE_S_MAX = 0.5, 10.0
STEADY_S = 10.0
POLL_S = 0.5

log = logging.getLogger("svoi.media.camera")


class Clip:
    """A clip cut into what is sent once and what is repeated; `length_ms` is one lap."""

    def __init__(self, tags: list[Tag]) -> None:
        self.beginning = [tag for tag in tags if tag.is_config]
        self.lap = [tag for tag in tags if not tag.is_config]
        moments = sorted(tag.timestamp_ms for tag in self.lap if tag.kind == VIDEO)
        if len(moments) < 2:
            raise NotFlv("the clip has no pictures")
        self.length_ms = moments[-1] + round((moments[-1] - moments[0]) / (len(moments) - 1)) - moments[0]


async def film(clip: Clip, url: str, key_file: Path) -> None:
    """Publish for ever; come back after any fault, with growing pauses. The key is read anew each time."""
    pause_s = PAUSE_S_FIRST
    clock = asyncio.get_running_loop().time
    while True:
        key = await _key(key_file)
        began = clock()
        try:
            await publish(clip, url, key)
        except (PublishRefused, HandshakeFault, OSError, EOFError, TimeoutError) as fault:
            log.warning("the camera is off: %s", str(fault) or type(fault).__name__)
        if clock() - began > STEADY_S:
            pause_s = PAUSE_S_FIRST
        await asyncio.sleep(pause_s)
        pause_s = min(2 * pause_s, PAUSE_S_MAX)


async def publish(clip: Clip, url: str, key: str, *, laps: int | None = None) -> None:
    """Play the clip to the server, in time. Raises PublishRefused or OSError."""
    client = PublishingClient()
    try:
        await client.open(url, key)
        log.info("the camera is on")
        for tag in clip.beginning:
            await client.send(tag.kind, 0, b"".join(_set_data_frame(tag)))
        clock = asyncio.get_running_loop().time
        began = clock()
        for lap in itertools.count() if laps is None else range(laps):
            for tag in clip.lap:
                at_ms = lap * clip.length_ms + tag.timestamp_ms
                wait_s = began + at_ms / 1000 - clock()
                if wait_s > 0:
                    await asyncio.sleep(wait_s)
                await client.send(tag.kind, at_ms, tag.body)
    finally:
        await client.close()


def _set_data_frame(tag: Tag) -> list[bytes]:
    """Metadata travels with this word in front, as publishers send it."""
    return [b"\x02\x00\x0d@setDataFrame", tag.body] if tag.kind == SCRIPT else [tag.body]


async def _key(path: Path) -> str:
    """The key, as soon as the file is there and not empty."""
    while True:
        with suppress(OSError):
            if key := (await asyncio.to_thread(path.read_text)).strip():
                return key
        await asyncio.sleep(POLL_S)


async def _until_orphaned() -> None:
    parent = os.getppid()
    while os.getppid() == parent:  # noqa: ASYNC110 - nothing announces the death of a parent
        await asyncio.sleep(POLL_S)


async def run(clip: Clip, url: str, key_file: Path) -> None:
    """Until SIGTERM, SIGINT or the death of the parent."""
    filming = asyncio.create_task(film(clip, url, key_file))
    orphaned = asyncio.create_task(_until_orphaned())
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, filming.cancel)
    await asyncio.wait([filming, orphaned], return_when=asyncio.FIRST_COMPLETED)
    for task in (filming, orphaned):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m svoi.media.camera", description=__doc__.splitlines()[0])
    parser.add_argument("--url", required=True, help="rtmp://host:port/live")
    parser.add_argument("--key-file", required=True, type=Path, help="where the stream key is, or will be")
    parser.add_argument("--clip", type=Path, default=CLIP, help="an FLV file with H.264 and AAC")
    told = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        clip = Clip(read_flv(told.clip))
    except (NotFlv, OSError) as fault:
        log.error("the clip cannot be played: %s", fault)
        return 1
    asyncio.run(run(clip, told.url, told.key_file))
    return 0


if __name__ == "__main__":
    sys.exit(main())
