"""The HTTP side of the media process put together."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from svoi.media.http.control import Control
from svoi.media.http.live import Live
from svoi.media.studio.door import StudioDoor

Health = Callable[[], dict[str, object]]

REQUEST_BYTES_MAX = 16 << 10


def build_app(
    live: Live, control: Control, studio: StudioDoor, *, origins: frozenset[str], health: Health
) -> web.Application:
    """`health()` has a key "ok" that decides between 200 and 503."""

    async def healthz(_: web.Request) -> web.Response:
        told = health()
        return web.json_response(told, status=200 if told["ok"] else 503)

    app = web.Application(client_max_size=REQUEST_BYTES_MAX)
    app.add_routes([*live.routes(), *control.routes(), *studio.routes(), web.get("/healthz", healthz)])

    async def allow_origin(request: web.Request, response: web.StreamResponse) -> None:
        """Also on refusals, so that a player can read the status instead of guessing at a network fault."""
        origin = request.headers.get("Origin", "")
        if origin in origins:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Timing-Allow-Origin"] = origin
        response.headers["Vary"] = "Origin, Accept-Encoding"
        response.headers["X-Content-Type-Options"] = "nosniff"

    app.on_response_prepare.append(allow_origin)
    return app
