"""What the web process asks of a show; it shows a token signed with the key of the house."""

from __future__ import annotations

import logging
import time
from dataclasses import asdict
from uuid import UUID

from aiohttp import web

from svoi.kernel.tokens import TokenRefused, verify
from svoi.media.backend import MediaBackend
from svoi.media.clips.stretch import ClipRefused

log = logging.getLogger(__name__)


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
            web.put(f"{path}/clips/{{clip:[0-9a-f-]{{36}}}}", self._clip),
        ]

    async def _end(self, request: web.Request) -> web.Response:
        await self._backend.end(self._show_id(request))
        return web.Response(status=204)

    async def _kick(self, request: web.Request) -> web.Response:
        await self._backend.kick(self._show_id(request))
        return web.Response(status=204)

    async def _signal(self, request: web.Request) -> web.Response:
        return web.json_response(await self._backend.signal(self._show_id(request)))

    async def _clip(self, request: web.Request) -> web.Response:
        """404 without a recording, 422 with a `code` when it does not give this clip, 507 when the disk is full."""
        show_id = self._show_id(request)
        try:
            asked, reference = await request.json(), UUID(request.match_info["clip"])
            begin_ms, end_ms = int(asked["begin_ms"]), int(asked["end_ms"])
        except (ValueError, TypeError, KeyError):
            raise web.HTTPBadRequest from None
        try:
            cut = await self._backend.cut_clip(show_id, reference, begin_ms=begin_ms, end_ms=end_ms)
        except ClipRefused as refused:
            return web.json_response({"code": refused.code}, status=422)
        except OSError as fault:
            log.error("clip %s of show %s is not written: %s", reference, show_id, fault)
            raise web.HTTPInsufficientStorage from fault
        if cut is None:
            raise web.HTTPNotFound
        return web.json_response(asdict(cut))

    def _show_id(self, request: web.Request) -> int:
        kind, _, bearer = request.headers.get("Authorization", "").partition(" ")
        try:
            verify(bearer if kind.lower() == "bearer" else "", key=self._key, at=time.time())
        except TokenRefused:
            raise web.HTTPUnauthorized from None
        return int(request.match_info["show"])
