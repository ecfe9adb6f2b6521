"""Claims that wait for their commit: bounded, first come first served, one place for a claim however often it comes."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from itertools import islice

from svoi.desk.kinds import Answer, Asked, Thing
from svoi.kernel.refused import TryAgain

WAITING_MAX = 20_000
TRY_AGAIN_S = 1


class Waiting:
    """A queue in the memory of one desk. What is lost with it was never answered, and comes again."""

    def __init__(self, most: int = WAITING_MAX) -> None:
        self._most = most
        self._claims: OrderedDict[tuple[Thing, int], tuple[Asked, asyncio.Future[Answer]]] = OrderedDict()
        self._decided: dict[tuple[Thing, int], asyncio.Future[Answer]] = {}
        self._some = asyncio.Event()

    def __len__(self) -> int:
        return len(self._claims)

    def put(self, claim: Asked) -> asyncio.Future[Answer]:
        """The answer to come; a full queue answers at once."""
        thing = claim.thing, claim.member_id
        if thing in self._claims:
            return self._claims[thing][1]
        if thing in self._decided:
            return self._decided[thing]
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        if len(self._claims) >= self._most:
            answer.set_result(TryAgain(wait_s=TRY_AGAIN_S))
        else:
            self._claims[thing] = claim, answer
            self._some.set()
        return answer

    async def take(self, most: int, window_s: float) -> list[Asked]:
        """The next claims, at least one; they are being decided until they are answered."""
        await self._some.wait()
        if window_s and len(self._claims) < most:
            await asyncio.sleep(window_s)
        taken = list(islice(self._claims.items(), most))
        for thing, (_, answer) in taken:
            del self._claims[thing]
            self._decided[thing] = answer
        if not self._claims:
            self._some.clear()
        return [claim for _, (claim, _) in taken]

    def answer(self, claim: Asked, answer: Answer) -> None:
        """What was decided, to everybody who waits for it."""
        waiting = self._decided.pop((claim.thing, claim.member_id))
        if not waiting.done():
            waiting.set_result(answer)
