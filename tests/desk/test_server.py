"""The desk's door: only the house's own processes are let in, and what is not a claim is refused plainly."""

from __future__ import annotations

import asyncio
import json
import time
from uuid import uuid4

import pytest
from aiohttp.test_utils import TestClient, TestServer

from svoi.desk.desk import Desk
from svoi.desk.server import answer_told, application
from svoi.desk.session import Session
from svoi.desk.waiting import Waiting
from svoi.envelopes.rules import CapReached, Taken, TooNewToTake
from svoi.flash.rules import Reserved
from svoi.kernel.tokens import derive_key, sign
from tests.cast import NOON
from tests.desk.place import SECRET, ZONE, bearer

KEY = "00000000-0000-4000-8000-000000000000"


def asked(*one: object) -> bytes:
    return json.dumps([one]).encode()


def far_desk(most: int = 0) -> Desk:
    """One that is full before anybody comes, so that it answers without a database."""
    nobody = Session("postgresql://nobody@127.0.0.1:1/none", "x")
    return Desk(nobody, nobody, zone=ZONE, waiting=Waiting(most))


def expired() -> dict[str, str]:
    token = sign({"from": "gateway"}, key=derive_key(SECRET, "internal"), expires_at=time.time() - 1)
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, b"[]", 404),
        ({"Authorization": "Bearer x"}, b"[]", 404),
        ({"Authorization": "Basic x"}, b"[]", 404),
        (bearer("6" * 64), b"[]", 404),
        (expired(), b"[]", 404),
        (bearer(), b"", 400),
        (bearer(), b"{}", 400),
        (bearer(), b'[["envelope", 1, 2, "x"]]', 400),
        (bearer(), asked("cup", 1, 2, KEY), 400),
        (bearer(), asked("flash", 1, 2, KEY, 0), 400),
        (bearer(), asked("flash", 1, 2, KEY, 2**31), 400),
        (bearer(), asked("flash", 2**64, 2, KEY), 400),
        (bearer(), asked("flash", 1, 2, KEY, 1, 1), 400),
        (bearer(), asked("flash", 1, 2, KEY, 3), 200),
        (bearer(), b"[" * 5_000, 400),
        (bearer(), b"[" + b",".join([asked("flash", 1, 2, KEY)[1:-1]] * 5_001) + b"]", 413),
        (bearer(), b"[]", 200),
    ],
)
def test_who_and_what_is_let_in(headers: dict[str, str], body: bytes, status: int) -> None:
    async def knock() -> int:
        async with TestClient(TestServer(application(far_desk(), SECRET, lambda: {"ok": True}))) as client:
            return (await client.post("/claims", data=body, headers=headers)).status

    assert asyncio.run(knock()) == status


def test_a_full_desk_answers_at_once_and_says_how_it_is() -> None:
    async def knock() -> tuple[object, int]:
        app = application(far_desk(), SECRET, lambda: {"ok": False})
        async with TestClient(TestServer(app)) as client:
            told = await client.post("/claims", json=[["envelope", 1, 2, str(uuid4())]], headers=bearer())
            return await told.json(), (await client.get("/healthz")).status

    assert asyncio.run(knock()) == ([{"code": "try_again", "wait_s": 1}], 503)


def test_answers_are_told_in_plain_values() -> None:
    assert answer_told(Taken(3, 12, NOON, is_new=True)) == {
        "position": 3,
        "amount": 12,
        "at": round(NOON.timestamp() * 1000),
        "is_new": True,
    }
    assert answer_told(CapReached(most=5)) == {"code": "cap_reached", "most": 5}
    assert answer_told(TooNewToTake(since=NOON)) == {"code": "too_new_to_take", "since": NOON.isoformat()}
    assert answer_told(Reserved(3, 2, NOON, NOON, is_new=False)) == {
        "position": 3,
        "quantity": 2,
        "until": round(NOON.timestamp() * 1000),
        "at": round(NOON.timestamp() * 1000),
        "is_new": False,
    }
