"""The desk's door: claims come by HTTP from the gateway and from web, many in one request; nobody else is let in."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec
from aiohttp import web

from svoi.desk.desk import Desk
from svoi.envelopes.rules import Answer, Claim, Taken
from svoi.kernel.tokens import TokenRefused, derive_key, verify

REQUEST_BYTES_MAX = 1 << 20
CLAIMS_A_REQUEST_MAX = 5_000


class _Asked(msgspec.Struct, array_like=True):
    envelope_id: int
    member_id: int
    key: UUID


_decoder = msgspec.json.Decoder(list[_Asked])
_encoder = msgspec.json.Encoder()


def application(desk: Desk, secret: str, health: Callable[[], dict[str, Any]]) -> web.Application:
    """`POST /claims` with [[envelope, member, key], …] answers in the same order; `GET /healthz`."""
    key = derive_key(secret, "internal")

    async def claims(request: web.Request) -> web.Response:
        if not _is_ours(request, key):
            return web.Response(status=404)
        try:
            asked = _decoder.decode(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if len(asked) > CLAIMS_A_REQUEST_MAX:
            return web.Response(status=413)
        answers = await desk.ask([Claim(one.envelope_id, one.member_id, one.key) for one in asked])
        told = _encoder.encode([answer_told(answer) for answer in answers])
        return web.Response(body=told, content_type="application/json")

    async def healthz(_: web.Request) -> web.Response:
        told = health()
        return web.json_response(told, status=200 if told["ok"] else 503)

    app = web.Application(client_max_size=REQUEST_BYTES_MAX)
    app.add_routes([web.post("/claims", claims), web.get("/healthz", healthz)])
    return app


def answer_told(answer: Answer) -> dict[str, Any]:
    """An answer as JSON values: a share, or the code of a refusal with its facts."""
    if isinstance(answer, Taken):
        at = round(answer.taken_at.timestamp() * 1000)
        return {"position": answer.position, "amount": answer.amount, "at": at, "is_new": answer.is_new}
    facts = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in answer.facts.items()}
    return {"code": answer.code, **facts}


def _is_ours(request: web.Request, key: bytes) -> bool:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind != "Bearer":
        return False
    try:
        verify(token, key=key, at=time.time())
    except TokenRefused:
        return False
    return True
