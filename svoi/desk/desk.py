"""Takes what waits, decides it by the room's rules, writes it in one commit, and answers."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import ClassVar

import psycopg

from svoi.desk.pace import Pace
from svoi.desk.session import DatabaseAway, Session
from svoi.desk.waiting import TRY_AGAIN_S, Waiting
from svoi.envelopes.rules import (
    CLAIM_SQL,
    CLAIMANTS_SQL,
    AlreadyOver,
    Answer,
    Claim,
    EnvelopeEmpty,
    TryAgain,
    answer_of,
    local_day,
    sort_claims,
)
from svoi.kernel.refused import Refused

AWAY_S = 0.1
OVER = (EnvelopeEmpty, AlreadyOver)

logger = logging.getLogger(__name__)


class Elsewhere(Refused):
    """Another desk holds this thing: `address` is where to ask."""

    code: ClassVar[str] = "elsewhere"


class Desk:
    """One owner of the things it holds: nobody else commits claims on them meanwhile."""

    def __init__(
        self, session: Session, *, zone: str, waiting: Waiting | None = None, now: Callable[[], float] = time.time
    ) -> None:
        self.waiting = Waiting() if waiting is None else waiting
        self.pace = Pace()
        self.decided = self.commits = 0
        self._session = session
        self._zone = zone
        self._now = now

    async def ask(self, claims: Sequence[Claim]) -> list[Answer]:
        """Their answers, in their order, each after its commit."""
        return list(await asyncio.gather(*(self.waiting.put(claim) for claim in claims)))

    async def run(self) -> None:
        """Decide until cancelled."""
        while True:
            claims = await self.waiting.take(self.pace.size, self.pace.window_s)
            began = time.perf_counter()
            try:
                answers = await self._decide(claims)
            except DatabaseAway as away:
                logger.warning("claims wait for the database: %s", away)
                answers = [TryAgain(wait_s=TRY_AGAIN_S)] * len(claims)
                await asyncio.sleep(AWAY_S)
            except Exception:  # claims that cannot be understood must not silence all that follow
                logger.exception("%s claims are not decided", len(claims))
                answers = [TryAgain(wait_s=TRY_AGAIN_S)] * len(claims)
            for claim, answer in zip(claims, answers, strict=True):
                self.waiting.answer(claim, answer)
            self.pace.took(len(claims), time.perf_counter() - began)
            self.commits, self.decided = self.commits + 1, self.decided + len(claims)

    async def _decide(self, claims: Sequence[Claim]) -> list[Answer]:
        await self._session.own({claim.envelope_id for claim in claims})
        at = datetime.fromtimestamp(self._now(), UTC)
        day = local_day(at, self._zone)
        envelopes, members = [one.envelope_id for one in claims], [one.member_id for one in claims]
        rows = await self._session.rows(CLAIMANTS_SQL, [envelopes, members, day])
        refusals, nths = sort_claims(claims, rows, at=at)
        answers: list[Answer] = [refusal or TryAgain(wait_s=TRY_AGAIN_S) for refusal in refusals]
        for place, claim in enumerate(claims):
            if refusals[place] is None and claim.envelope_id not in self._session.owned:
                refusals[place] = answers[place] = await self._elsewhere(claim)
        admitted = [place for place, refusal in enumerate(refusals) if refusal is None]
        if admitted:
            chosen = [claims[place] for place in admitted]
            await self._take(admitted, chosen, [nths[place] for place in admitted], day, at, answers)
        over = {claim.envelope_id for claim, one in zip(claims, answers, strict=True) if isinstance(one, OVER)}
        await self._session.let_go(over)
        return answers

    async def _take(
        self,
        places: Sequence[int],
        claims: Sequence[Claim],
        nths: Sequence[int],
        day: object,
        at: datetime,
        answers: list[Answer],
    ) -> None:
        columns = [
            [one.envelope_id for one in claims],
            [one.member_id for one in claims],
            [one.key for one in claims],
            list(nths),
        ]
        try:
            taken = await self._session.rows(CLAIM_SQL, [*columns, day, at])
        except psycopg.IntegrityError:
            return  # somebody's day was counted by another call first: all of them come again
        for place, row in zip(places, taken, strict=True):
            answers[place] = answer_of(*row[1:])

    async def _elsewhere(self, claim: Claim) -> Refused:
        owner = await self._session.owner_of(claim.envelope_id)
        return Elsewhere(address=owner) if owner else TryAgain(wait_s=TRY_AGAIN_S)
