"""Heartbeats and counts on their way to the database, in batches; telemetry may be lost, but never holds anybody up."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar

import psycopg

from svoi.gateway.database import DatabaseAway, Lane, statement
from svoi.gateway.presence import Count, Heard

WRITE_EVERY_S = 1.0
BEATS_KEPT_MAX = 50_000
SAMPLES_KEPT_MAX = 5_000
ROWS_A_WRITE = 5_000
_COPY = "copy svoi_watchbeat (show_id, viewer, member_id, at, playing, visible, counted) from stdin"

Row = TypeVar("Row")

logger = logging.getLogger(__name__)


class WatchLog:
    """Takes beats and samples at any time and writes them once a second; the oldest give way when too many wait."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self._turn = asyncio.Lock()
        self._beats: deque[tuple[object, ...]] = deque(maxlen=BEATS_KEPT_MAX)
        self._samples: deque[tuple[int, datetime, int, int]] = deque(maxlen=SAMPLES_KEPT_MAX)

    def note_beat(self, show_id: int, member_id: int, heard: Heard) -> None:
        at = datetime.fromtimestamp(heard.at, UTC)
        self._beats.append((show_id, heard.viewer, member_id or None, at, heard.playing, heard.visible, heard.counted))

    def note_count(self, show_id: int, count: Count, *, at: float) -> None:
        self._samples.append((show_id, datetime.fromtimestamp(at, UTC), count.raw, count.counted))

    async def run(self) -> None:
        """Write until cancelled."""
        while True:
            await asyncio.sleep(WRITE_EVERY_S)
            try:
                await self.write()
            except DatabaseAway as away:
                logger.warning("heartbeats wait for the database: %s", away)

    async def write(self) -> None:
        """Write what waits. Rows the database refuses are dropped, or they would hold up all that follow."""
        async with self._turn:
            await self._write_all()

    async def _write_all(self) -> None:
        while self._beats or self._samples:
            beats = list(islice(self._beats, ROWS_A_WRITE))
            samples = list(islice(self._samples, ROWS_A_WRITE))
            try:
                await self._write(beats, samples)
            except (psycopg.DataError, psycopg.IntegrityError):
                logger.exception("%d heartbeats were refused and dropped", len(beats))
            _forget(self._beats, beats)
            _forget(self._samples, samples)

    async def _write(self, beats: list[tuple[object, ...]], samples: list[tuple[int, datetime, int, int]]) -> None:
        async with self._lane.borrow() as connection, connection.transaction(), connection.cursor() as cursor:
            if beats:
                async with cursor.copy(_COPY) as copy:
                    for row in beats:
                        await copy.write_row(row)
            if samples:
                shows, ats, raws, counteds = map(list, zip(*samples, strict=True))
                asked = {"shows": shows, "ats": ats, "raws": raws, "counteds": counteds}
                await cursor.execute(statement("watch_samples_v1"), asked)


def _forget(waiting: deque[Row], written: list[Row]) -> None:
    """Remove what was written; a full queue may have dropped some of it by itself."""
    for row in written:
        if waiting and waiting[0] is row:
            waiting.popleft()
