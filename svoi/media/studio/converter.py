"""Opus to AAC in a process apart: its codecs are another licence's, and what it chokes on ends it alone.

The child is `python -m svoi.media.studio.opus_to_aac`. Packets go in and frames come out by pipes, each with its length
and its time in front. A child that dies or hangs is started anew; the hole in the sound is filled with silence by the
run, and the picture goes on.
"""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import os
import struct
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

PACKET = struct.Struct(">II")
QUEUE_BYTES_MAX = 64 << 10
PAUSE_S_FIRST, PAUSE_S_MAX, STEADY_S = 0.1, 5.0, 30.0
PACKAGE = "av"
_ROOT = Path(__file__).resolve().parents[3]

log = logging.getLogger(__name__)


def can_convert() -> bool:
    """Whether the optional package is there; it is looked for, never imported here."""
    return importlib.util.find_spec(PACKAGE) is not None


class Converter:
    """One publisher's converter. `hear(timestamp_ms, frame)` is called for every AAC frame."""

    def __init__(self, head: bytes, hear: Callable[[int, bytes], None]) -> None:
        self.restarts = 0
        self.dropped = 0
        self._head = head
        self._hear = hear
        self._child: Process | None = None
        self._task = asyncio.create_task(self._live())

    @property
    def pid(self) -> int:
        """Of the child; 0 between two lives."""
        return self._child.pid if self._child else 0

    def feed(self, timestamp_ms: int, packet: bytes) -> None:
        """Hand a packet over; while there is no child it is lost, and a child that does not read is ended."""
        child = self._child
        if child is None or child.stdin is None or child.stdin.is_closing():
            self.dropped += 1
        elif child.stdin.transport.get_write_buffer_size() > QUEUE_BYTES_MAX:
            self.dropped += 1
            _kill(child)
        else:
            child.stdin.write(PACKET.pack(len(packet), timestamp_ms) + packet)

    def close(self) -> None:
        """The publisher is gone, and the child goes with it."""
        self._task.cancel()
        if self._child is not None:
            _kill(self._child)

    async def _live(self) -> None:
        clock, pause_s = asyncio.get_running_loop().time, PAUSE_S_FIRST
        while True:
            began = clock()
            try:
                await self._once()
            except OSError as fault:
                log.error("the sound converter cannot start: %s", fault)
            if clock() - began > STEADY_S:
                pause_s = PAUSE_S_FIRST
            self.restarts += 1
            log.warning("the sound converter ended and is started anew (%s)", self.restarts)
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, PAUSE_S_MAX)

    async def _once(self) -> None:
        """One child, from its start to its end."""
        child = await asyncio.create_subprocess_exec(*_COMMAND, stdin=PIPE, stdout=PIPE, env=_environment(), cwd=_ROOT)
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            child.stdin.write(PACKET.pack(len(self._head), 0) + self._head)
            self._child = child
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                while True:
                    length, timestamp_ms = PACKET.unpack(await child.stdout.readexactly(PACKET.size))
                    self._hear(timestamp_ms, await child.stdout.readexactly(length))
        finally:
            self._child = None
            _kill(child)
            await asyncio.shield(child.wait())


_COMMAND = (sys.executable, "-P", "-m", "svoi.media.studio.opus_to_aac")


def _environment() -> dict[str, str]:
    """None of our own: the child needs no secret."""
    return {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(_ROOT)}


def _kill(child: Process) -> None:
    with suppress(ProcessLookupError):
        child.kill()
