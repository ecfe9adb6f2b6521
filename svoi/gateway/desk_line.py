"""Claims on their way to the desk: collected for a moment, sent together, each answer brought to its viewer."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

import aiohttp
import msgspec

from svoi.gateway.frames import line
from svoi.gateway.inbound import Reach
from svoi.kernel.tokens import derive_key, sign

COLLECT_S = 0.003
CLAIMS_A_REQUEST_MAX = 500
WAITING_MAX = 20_000
ANSWER_S_MAX = 10
TOKEN_S = 60
TRY_AGAIN_S = 1

Asked = tuple[Reach, int, Callable[[bytes], None]]

logger = logging.getLogger(__name__)


class DeskAway(Exception):
    """No desk answers at this address."""


class DeskLine:
    """One line to one desk of those that are there; `elsewhere` names the one that holds a thing."""

    def __init__(self, urls: Sequence[str], secret: str) -> None:
        self._urls = list(urls)
        self._key = derive_key(secret, "internal")
        self._session: aiohttp.ClientSession | None = None
        self._collected: list[Asked] = []
        self._waiting = 0
        self._sending: set[asyncio.Task[None]] = set()

    def put(self, reach: Reach, member_id: int, answered: Callable[[bytes], None]) -> None:
        """Send it with those of the same moment; when too many wait, the answer is there at once."""
        if self._waiting >= WAITING_MAX:
            answered(reach_refused(reach, "try_again", wait_s=TRY_AGAIN_S))
            return
        self._waiting += 1
        self._collected.append((reach, member_id, answered))
        if len(self._collected) == 1:
            asyncio.get_running_loop().call_later(COLLECT_S, self._send)
        elif len(self._collected) >= CLAIMS_A_REQUEST_MAX:
            self._send()

    async def close(self) -> None:
        for task in self._sending:
            task.cancel()
        await asyncio.gather(*self._sending, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _send(self) -> None:
        asked, self._collected = self._collected, []
        if asked:
            task = asyncio.get_running_loop().create_task(self._ask(asked))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    async def _ask(self, asked: Sequence[Asked]) -> None:
        try:
            told = await self._anywhere(asked)
            told = await self._elsewhere(asked, told)
        except Exception:  # an answer that cannot be understood must not leave anybody waiting
            logger.exception("%s claims are not answered", len(asked))
            told = [{"code": "try_again", "wait_s": TRY_AGAIN_S}] * len(asked)
        finally:
            self._waiting -= len(asked)
        for (reach, _, answered), answer in zip(asked, told, strict=True):
            answered(reach_answered(reach, answer))

    async def _anywhere(self, asked: Sequence[Asked]) -> list[dict[str, Any]]:
        """The answers of the first desk that is there; it is asked first from now on."""
        for url in list(self._urls):
            try:
                told = await self._post(url, asked)
            except DeskAway as away:
                logger.warning("the desk at %s is away: %s", url, away)
                self._urls.append(self._urls.pop(0))
            else:
                return told
        return [{"code": "try_again", "wait_s": TRY_AGAIN_S}] * len(asked)

    async def _elsewhere(self, asked: Sequence[Asked], told: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Ask the owners of the things that the first desk does not hold, once."""
        owners: dict[str, list[int]] = {}
        for place, answer in enumerate(told):
            if answer.get("code") == "elsewhere":
                owners.setdefault(str(answer["address"]), []).append(place)
                told[place] = {"code": "try_again", "wait_s": TRY_AGAIN_S}
        for address, places in owners.items():
            try:
                answers = await self._post(f"http://{address}", [asked[place] for place in places])
            except DeskAway:
                continue
            for place, answer in zip(places, answers, strict=True):
                if answer.get("code") != "elsewhere":
                    told[place] = answer
        return told

    async def _post(self, url: str, asked: Sequence[Asked]) -> list[dict[str, Any]]:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_S_MAX))
        token = sign({"from": "gateway"}, key=self._key, expires_at=time.time() + TOKEN_S)
        rows = [(one.kind, one.thing_id, member, one.key, one.quantity) for one, member, _ in asked]
        try:
            async with self._session.post(
                f"{url}/claims", data=msgspec.json.encode(rows), headers={"Authorization": f"Bearer {token}"}
            ) as answer:
                if answer.status != 200:
                    raise DeskAway(f"status {answer.status}")
                told: list[dict[str, Any]] = msgspec.json.decode(await answer.read())
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as away:
            raise DeskAway(str(away) or type(away).__name__) from away
        if len(told) != len(asked):
            raise DeskAway(f"{len(told)} answers to {len(asked)} claims")
        return told


def reach_answered(reach: Reach, answer: dict[str, Any]) -> bytes:
    """What she reads: her share or piece, or the code of a refusal with its facts."""
    return line({"t": "claim", "k": reach.key, "kind": reach.kind, "id": reach.thing_id, **answer})


def reach_refused(reach: Reach, code: str, **facts: Any) -> bytes:
    """An answer that needs no desk."""
    return reach_answered(reach, {"code": code, **facts})
