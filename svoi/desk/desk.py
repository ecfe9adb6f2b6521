"""Takes what waits, decides it by the room's rules, writes it in one commit, and answers."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar

import psycopg

from svoi.desk.kinds import KINDS, Answer, Asked, Kind
from svoi.desk.pace import Pace
from svoi.desk.session import DatabaseAway, Session
from svoi.desk.waiting import TRY_AGAIN_S, Waiting
from svoi.kernel.refused import Refused, TryAgain

AWAY_S = 0.1
Result = TypeVar("Result")

logger = logging.getLogger(__name__)


class Elsewhere(Refused):
    """Another desk holds this thing: `address` is where to ask."""

    code: ClassVar[str] = "elsewhere"


@dataclass(frozen=True, slots=True)
class Batch:
    """Asks of one kind with what the rule said of each: a refusal, or none, and the number the statement takes."""

    kind: Kind
    asked: Sequence[Asked]
    refusals: list[Refused | None]
    numbers: Sequence[int]
    at: datetime


class Desk:
    """One owner of the things it holds: nobody else commits asks for them meanwhile.

    `session` holds the leases and writes; `reading` looks up the next asks while it does. What it does not see yet, the
    statement that writes sees: a share of the day that was counted too early comes again.
    """

    def __init__(
        self,
        session: Session,
        reading: Session,
        *,
        zone: str,
        waiting: Waiting | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.waiting = Waiting() if waiting is None else waiting
        self.pace = Pace()
        self.decided = self.commits = 0
        self._session, self._reading = session, reading
        self._kinds = {name: made(zone) for name, made in KINDS.items()}
        self._now = now

    async def ask(self, asked: Sequence[Asked]) -> list[Answer]:
        """Their answers, in their order, each after its commit."""
        answers = [self.waiting.put(one) for one in asked]
        return [await answer for answer in answers]  # no answer can fail, so there is nothing to gather

    async def run(self) -> None:
        """Decide until cancelled: while one batch is written, the next is looked up."""
        writing = asyncio.create_task(asyncio.sleep(0))
        try:
            while True:
                waited = await self.waiting.take(self.pace.size, self.pace.window_s)
                for name in dict.fromkeys(one.kind for one in waited):
                    asked = [one for one in waited if one.kind == name]
                    batch = await self._answered(asked, self._look_up(self._kinds[name], asked))
                    await writing
                    if batch is not None:
                        writing = asyncio.create_task(self._write(batch))
        finally:
            writing.cancel()

    async def _answered(self, asked: Sequence[Asked], step: Awaitable[Result]) -> Result | None:
        """What the step gave; when it fails, everybody is asked to come again."""
        try:
            return await step
        except DatabaseAway as away:
            logger.warning("asks wait for the database: %s", away)
            self._tell(asked, [TryAgain(wait_s=TRY_AGAIN_S)] * len(asked))
            await asyncio.sleep(AWAY_S)
        except Exception:  # asks that cannot be understood must not silence all that follow
            logger.exception("%s asks are not decided", len(asked))
            self._tell(asked, [TryAgain(wait_s=TRY_AGAIN_S)] * len(asked))
        return None

    async def _look_up(self, kind: Kind, asked: Sequence[Asked]) -> Batch:
        at = datetime.fromtimestamp(self._now(), UTC)
        rows = await self._reading.rows(kind.asking_sql, kind.asking(asked, at))
        return Batch(kind, asked, *kind.sort(asked, rows, at), at)

    async def _write(self, batch: Batch) -> None:
        """One commit, and the answers after it."""
        began = time.perf_counter()
        answers = await self._answered(batch.asked, self._decide(batch))
        if answers is not None:
            self._tell(batch.asked, answers)
        self.pace.took(len(batch.asked), time.perf_counter() - began)
        self.commits += 1

    def _tell(self, asked: Sequence[Asked], answers: Sequence[Answer]) -> None:
        for one, answer in zip(asked, answers, strict=True):
            self.waiting.answer(one, answer)
        self.decided += len(asked)

    async def _decide(self, batch: Batch) -> list[Answer]:
        """The leases first, in the session that writes: were it another session now, they would be its own."""
        kind, asked, refusals = batch.kind, batch.asked, list(batch.refusals)
        answers: list[Answer] = [refusal or TryAgain(wait_s=TRY_AGAIN_S) for refusal in refusals]
        admitted = [place for place, refusal in enumerate(refusals) if refusal is None]
        owned = await self._session.own(kind.lease, {asked[place].thing_id for place in admitted})
        for place in admitted:
            if asked[place].thing_id not in owned:
                answers[place] = await self._elsewhere(kind, asked[place].thing_id)
        ours = [place for place in admitted if asked[place].thing_id in owned]
        if ours:
            chosen = [asked[place] for place in ours]
            parameters = kind.taking(chosen, [batch.numbers[place] for place in ours], batch.at)
            await self._take(batch, ours, parameters, answers)
        over = {one.thing_id for one, answer in zip(asked, answers, strict=True) if isinstance(answer, kind.over)}
        await self._session.let_go(kind.lease, over)
        return answers

    async def _take(self, batch: Batch, places: Sequence[int], parameters: list[Any], answers: list[Answer]) -> None:
        kind, things = batch.kind, {batch.asked[place].thing_id for place in places}
        try:
            taken = await self._session.rows(kind.taking_sql, parameters, holding=(kind.lease, things))
        except psycopg.IntegrityError:
            return  # another call wrote what this one counted on: all of them come again
        for place, row in zip(places, taken, strict=True):
            answers[place] = kind.answer(row)

    async def _elsewhere(self, kind: Kind, thing_id: int) -> Refused:
        owner = await self._session.owner_of(kind.lease, thing_id)
        return Elsewhere(address=owner) if owner else TryAgain(wait_s=TRY_AGAIN_S)
