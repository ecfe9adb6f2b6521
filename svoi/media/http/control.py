"""What the web process asks of a show; it shows a token signed with the key of the house."""

from __future__ import annotations

import time

from aiohttp import web

from svoi.kernel.tokens import TokenRefused, verify
from svoi.media.backend import MediaBackend


class Control:
    """Answers /control/shows/<id>/…"""

    def __init__(self, backend: MediaBackend, *, key: bytes) -> None:
        self._backend = backend
        self._key = key

    def routes(self) -> list[web.RouteDef]:
        path = "/control/shows/{show:[0-9]{1,18}}"
        return [
            web.post(f"{path}/end", self._end),
            web.post(f"{path}/kick", self._kick),
            web.get(f"{path}/signal", self._signal),
        ]

    async def _end(self, request: web.Request) -> web.Response:
        await self._backend.end(self._show_id(request))
        return web.Response(status=204)

    async def _kick(self, request: web.Request) -> web.Response:
        await self._backend.kick(self._show_id(request))
        return web.Response(status=204)

    async def _signal(self, request: web.Request) -> web.Response:
        return web.json_response(await self._backend.signal(self._show_id(request)))

    def _show_id(self, request: web.Request) -> int:
        kind, _, bearer = request.headers.get("Authorization", "").partition(" ")
        try:
            verify(bearer if kind.lower() == "bearer" else "", key=self._key, at=time.time())
        except TokenRefused:
            raise web.HTTPUnauthorized from None
        return int(request.match_info["show"])
