"""Heartbeats, reactions, weights and counts on their way to the database, in batches.

Telemetry may be lost, but never holds anybody up.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import deque
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import psycopg

from svoi.gateway.conversation import Message
from svoi.gateway.database import DatabaseAway, Lane, statement
from svoi.gateway.presence import Heard
from svoi.gateway.room import Reaction
from svoi.gateway.tally import Tally
from svoi.gateway.tickets import Pass
from svoi.kernel.traces import UNKNOWN
from svoi.shows.rules.weighing import HALVES

WRITE_EVERY_S = 1.0
BEATS_KEPT_MAX = 50_000
SAMPLES_KEPT_MAX = 5_000
ROWS_A_WRITE = 5_000
_WHO = "show_id, viewer, member_id, at, weight, reasons, device, network"
_COPIES = {
    "beats": f"copy svoi_watchbeat ({_WHO}, playing, visible, counted) from stdin",
    "reactions": f"copy svoi_reaction ({_WHO}) from stdin",
    "said": f"copy svoi_messageweight ({_WHO}, key) from stdin",
}

Row = tuple[Any, ...]

logger = logging.getLogger(__name__)


class WatchLog:
    """Takes rows at any time and writes them once a second; the oldest give way when too many wait."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self._turn = asyncio.Lock()
        self._rows: dict[str, deque[Row]] = {name: deque(maxlen=BEATS_KEPT_MAX) for name in _COPIES}
        self._samples: deque[Row] = deque(maxlen=SAMPLES_KEPT_MAX)

    def note_beat(self, show_id: int, holder: Pass, heard: Heard) -> None:
        row = _row(show_id, holder, heard.viewer, heard.at, heard.seen)
        self._rows["beats"].append((*row, heard.playing, heard.visible, heard.counted))

    def note_reaction(self, show_id: int, holder: Pass, reaction: Reaction) -> None:
        self._rows["reactions"].append(_row(show_id, holder, reaction.viewer, reaction.at, reaction.seen))

    def note_said(self, show_id: int, message: Message, seen: int | None) -> None:
        author = message.author
        row = _row(show_id, author, author.viewer, message.said_at.timestamp(), seen)
        self._rows["said"].append((*row, message.key))

    def note_count(self, show_id: int, tally: Tally, *, at: float) -> None:
        viewers, weights, bearing = tally.viewers, tally.weights, tally.bearing
        why = json.dumps({"viewers": weights.why, "reactions": tally.hearts.why, "messages": tally.chat.why})
        moment = datetime.fromtimestamp(at, UTC)
        row = (show_id, moment, viewers.raw, viewers.counted, weights.present, weights.weighed, tally.mode)
        totals = (tally.hearts.raw, tally.reactions, tally.chat.raw, tally.messages)
        self._samples.append((*row, *totals, bearing.acted, bearing.excess, why))

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
            for name, waiting in self._rows.items():
                await self._write_all(name, waiting)
            await self._write_all("samples", self._samples)

    async def _write_all(self, name: str, waiting: deque[Row]) -> None:
        while waiting:
            rows = list(islice(waiting, ROWS_A_WRITE))
            try:
                await (self._insert(rows) if name == "samples" else self._copy(_COPIES[name], rows))
            except (psycopg.DataError, psycopg.IntegrityError):
                logger.exception("%d rows of %s were refused and dropped", len(rows), name)
            _forget(waiting, rows)

    async def _copy(self, statement_: str, rows: list[Row]) -> None:
        async with (
            self._lane.borrow() as connection,
            connection.transaction(),
            connection.cursor() as cursor,
            cursor.copy(statement_.encode()) as copy,
        ):
            for row in rows:
                await copy.write_row(row)

    async def _insert(self, rows: list[Row]) -> None:
        names = (
            "shows", "ats", "raws", "counteds", "presents", "weigheds", "modes", "reactions_raws",
            "reactions_counteds", "messages_raws", "messages_counteds", "acteds", "excesses", "reasons",
        )  # fmt: skip
        asked = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
        async with self._lane.borrow() as connection:
            await connection.execute(statement("watch_samples_v3"), asked)


def _row(show_id: int, holder: Pass, viewer: str, at: float, seen: int | None) -> Row:
    """In the order of `_WHO`; what is not known is null."""
    traces = holder.traces
    return (
        show_id,
        viewer,
        holder.member_id or None,
        datetime.fromtimestamp(at, UTC),
        None if seen is None else HALVES[seen],
        seen,
        None if traces.device == UNKNOWN else traces.device,
        None if traces.network == UNKNOWN else traces.network,
    )


def _forget(waiting: deque[Row], written: list[Row]) -> None:
    """Remove what was written; a full queue may have dropped some of it by itself."""
    for row in written:
        if waiting and waiting[0] is row:
            waiting.popleft()
