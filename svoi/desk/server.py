"""The desk's door: claims come by HTTP from the gateway and from web, many in one request; nobody else is let in."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from aiohttp import web

from svoi.desk.desk import Desk
from svoi.desk.kinds import Answer, Asked
from svoi.kernel.refused import Refused
from svoi.kernel.tokens import TokenRefused, derive_key, verify

REQUEST_BYTES_MAX = 1 << 20
CLAIMS_A_REQUEST_MAX = 5_000


_Id = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]  # what the tables can be asked for


class _Asked(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    kind: Literal["envelope", "flash"]
    thing_id: _Id
    member_id: _Id
    key: UUID
    quantity: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 1


_decoder = msgspec.json.Decoder(list[_Asked])
_encoder = msgspec.json.Encoder()


def application(desk: Desk, secret: str, health: Callable[[], dict[str, Any]]) -> web.Application:
    """`POST /claims` with [[kind, thing, member, key, quantity], …] answers in the same order; `GET /healthz`."""
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
        answers = await desk.ask([Asked(one.kind, one.thing_id, one.member_id, one.key, one.quantity) for one in asked])
        told = _encoder.encode([answer_told(answer) for answer in answers])
        return web.Response(body=told, content_type="application/json")

    async def healthz(_: web.Request) -> web.Response:
        told = health()
        return web.json_response(told, status=200 if told["ok"] else 503)

    app = web.Application(client_max_size=REQUEST_BYTES_MAX)
    app.add_routes([web.post("/claims", claims), web.get("/healthz", healthz)])
    return app


def answer_told(answer: Answer) -> dict[str, Any]:
    """An answer as JSON values: what she has, moments in Unix milliseconds, or the code of a refusal with its facts."""
    if isinstance(answer, Refused):
        facts = {
            name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in answer.facts.items()
        }
        return {"code": answer.code, **facts}
    told = {field.name: getattr(answer, field.name) for field in fields(answer)}
    told["at"] = told.pop("taken_at")
    return {
        name: round(value.timestamp() * 1000) if isinstance(value, datetime) else value for name, value in told.items()
    }


def _is_ours(request: web.Request, key: bytes) -> bool:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind != "Bearer":
        return False
    try:
        verify(token, key=key, at=time.time())
    except TokenRefused:
        return False
    return True
