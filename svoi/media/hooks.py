"""Calls to the web process: whose key is this, and what became of the stream."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import Any

import aiohttp

from svoi.kernel.tokens import derive_key, sign
from svoi.media.refusals import KeyRefused, TryAgain

AUTH_S = 8.0
CALL_S = 3.0
PAUSE_S_FIRST, PAUSE_S_MAX = 0.2, 10.0
ANSWER_BYTES_MAX = 16 << 10
_BEARER_S = 60

log = logging.getLogger(__name__)


class WebAway(Exception):
    """No answer, or one that asks to come back later."""


@dataclass(frozen=True, slots=True)
class Pass:
    """The web process let this publisher in."""

    show_id: int
    session: str


class WebHooks:
    """Speaks to `web` under /internal/media/."""

    def __init__(self, client: aiohttp.ClientSession, *, web_url: str, secret: str) -> None:
        self._client = client
        self._web_url = web_url
        self._key = derive_key(secret, "internal")

    async def authenticate(self, key: str, peer: str) -> Pass:
        """Raises KeyRefused when web says no, TryAgain when it says nothing for `AUTH_S`."""
        pause_s = PAUSE_S_FIRST
        try:
            async with asyncio.timeout(AUTH_S):
                while True:
                    try:
                        return await self._ask({"key": key, "peer": peer})
                    except WebAway as fault:
                        log.warning("web did not check a key: %s", fault)
                    await asyncio.sleep(pause_s)
                    pause_s = min(2 * pause_s, PAUSE_S_MAX)
        except TimeoutError:
            raise TryAgain from None

    async def post(self, name: str, payload: dict[str, Any]) -> tuple[int, Any]:
        """The status and the JSON answered, if any. Raises WebAway."""
        bearer = sign({"from": "media"}, key=self._key, expires_at=time.time() + _BEARER_S)
        try:
            async with self._client.post(
                f"{self._web_url}/internal/media/{name}",
                json=payload,
                headers={"Authorization": f"Bearer {bearer}"},
                timeout=aiohttp.ClientTimeout(total=CALL_S),
                allow_redirects=False,
            ) as answer:
                if answer.status >= 500 or answer.status in (408, 429):
                    raise WebAway(f"status {answer.status}")
                is_json = answer.content_type == "application/json" and (answer.content_length or 0) <= ANSWER_BYTES_MAX
                return answer.status, await answer.json() if is_json else None
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as fault:
            raise WebAway(str(fault) or type(fault).__name__) from fault

    async def _ask(self, payload: dict[str, Any]) -> Pass:
        status, answer = await self.post("auth", payload)
        told = answer if isinstance(answer, dict) else {}
        if status == 403:
            raise KeyRefused(reason=told.get("code"), **({"message": told["message"]} if told.get("message") else {}))
        try:
            return Pass(int(told["show_id"]), str(told["session"]))
        except (KeyError, TypeError, ValueError):
            raise WebAway(f"status {status} with an answer that makes no sense") from None
