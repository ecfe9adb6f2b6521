"""Asks the web about a room that opens: its policy, its state, and how far its facts have come."""

from __future__ import annotations

import time
from typing import Any

import aiohttp

from svoi.kernel.tokens import derive_key, sign

ANSWER_S_MAX = 3
TOKEN_S = 60


class WebAway(Exception):
    """The web does not answer, or not with a room."""


class RoomUnknown(Exception):
    """There is no such show."""


class WebRooms:
    """`GET /internal/rooms/<show_id>` of the web process."""

    def __init__(self, web_url: str, secret: str) -> None:
        self._web_url = web_url.rstrip("/")
        self._key = derive_key(secret, "internal")
        self._session: aiohttp.ClientSession | None = None

    async def room(self, show_id: int) -> dict[str, Any]:
        """The room as the web knows it. Raises `RoomUnknown` or `WebAway`."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_S_MAX))
        token = sign({"from": "gateway"}, key=self._key, expires_at=time.time() + TOKEN_S)
        try:
            async with self._session.get(
                f"{self._web_url}/internal/rooms/{show_id}", headers={"Authorization": f"Bearer {token}"}
            ) as answer:
                if answer.status == 404:
                    raise RoomUnknown(show_id)
                if answer.status != 200:
                    raise WebAway(f"status {answer.status}")
                room: dict[str, Any] = await answer.json()
                return room
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as away:
            raise WebAway(str(away) or type(away).__name__) from away

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
