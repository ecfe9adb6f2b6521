"""Takes what waits, decides it by the room's rules, writes it in one commit, and answers."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

import psycopg

from svoi.desk.kinds import KINDS, Answer, Asked, Kind
from svoi.desk.pace import Pace
from svoi.desk.session import DatabaseAway, Session
from svoi.desk.waiting import TRY_AGAIN_S, Waiting
from svoi.kernel.refused import Refused, TryAgain

AWAY_S = 0.1

logger = logging.getLogger(__name__)


class Elsewhere(Refused):
    """Another desk holds this thing: `address` is where to ask."""

    code: ClassVar[str] = "elsewhere"


class Desk:
    """One owner of the things it holds: nobody else commits asks for them meanwhile."""

    def __init__(
        self, session: Session, *, zone: str, waiting: Waiting | None = None, now: Callable[[], float] = time.time
    ) -> None:
        self.waiting = Waiting() if waiting is None else waiting
        self.pace = Pace()
        self.decided = self.commits = 0
        self._session = session
        self._kinds = {name: made(zone) for name, made in KINDS.items()}
        self._now = now

    async def ask(self, asked: Sequence[Asked]) -> list[Answer]:
        """Their answers, in their order, each after its commit."""
        return list(await asyncio.gather(*(self.waiting.put(one) for one in asked)))

    async def run(self) -> None:
        """Decide until cancelled."""
        while True:
            waited = await self.waiting.take(self.pace.size, self.pace.window_s)
            for name in dict.fromkeys(one.kind for one in waited):
                await self._answer(self._kinds[name], [one for one in waited if one.kind == name])

    async def _answer(self, kind: Kind, asked: Sequence[Asked]) -> None:
        """One commit, and the answers after it."""
        began = time.perf_counter()
        try:
            answers = await self._decide(kind, asked)
        except DatabaseAway as away:
            logger.warning("asks wait for the database: %s", away)
            answers = [TryAgain(wait_s=TRY_AGAIN_S)] * len(asked)
            await asyncio.sleep(AWAY_S)
        except Exception:  # asks that cannot be understood must not silence all that follow
            logger.exception("%s asks are not decided", len(asked))
            answers = [TryAgain(wait_s=TRY_AGAIN_S)] * len(asked)
        for one, answer in zip(asked, answers, strict=True):
            self.waiting.answer(one, answer)
        self.pace.took(len(asked), time.perf_counter() - began)
        self.commits, self.decided = self.commits + 1, self.decided + len(asked)

    async def _decide(self, kind: Kind, asked: Sequence[Asked]) -> list[Answer]:
        await self._session.own(kind.lease, {one.thing_id for one in asked})
        owned = self._session.owned[kind.lease]
        at = datetime.fromtimestamp(self._now(), UTC)
        rows = await self._session.rows(kind.asking_sql, kind.asking(asked, at))
        refusals, numbers = kind.sort(asked, rows, at)
        answers: list[Answer] = [refusal or TryAgain(wait_s=TRY_AGAIN_S) for refusal in refusals]
        for place, one in enumerate(asked):
            if refusals[place] is None and one.thing_id not in owned:
                refusals[place] = answers[place] = await self._elsewhere(kind, one.thing_id)
        admitted = [place for place, refusal in enumerate(refusals) if refusal is None]
        if admitted:
            chosen = [asked[place] for place in admitted]
            parameters = kind.taking(chosen, [numbers[place] for place in admitted], at)
            await self._take(kind, admitted, parameters, answers)
        over = {one.thing_id for one, answer in zip(asked, answers, strict=True) if isinstance(answer, kind.over)}
        await self._session.let_go(kind.lease, over)
        return answers

    async def _take(self, kind: Kind, places: Sequence[int], parameters: list[Any], answers: list[Answer]) -> None:
        try:
            taken = await self._session.rows(kind.taking_sql, parameters)
        except psycopg.IntegrityError:
            return  # another call wrote what this one counted on: all of them come again
        for place, row in zip(places, taken, strict=True):
            answers[place] = kind.answer(row)

    async def _elsewhere(self, kind: Kind, thing_id: int) -> Refused:
        owner = await self._session.owner_of(kind.lease, thing_id)
        return Elsewhere(address=owner) if owner else TryAgain(wait_s=TRY_AGAIN_S)
