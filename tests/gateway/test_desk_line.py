"""Claims go to a desk together, and each answer comes back to whoever asked; without a desk she may try again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from svoi.gateway import desk_line
from svoi.gateway.desk_line import DeskLine
from svoi.gateway.inbound import Reach
from svoi.kernel.tokens import derive_key, verify

SECRET = "5" * 64
Answering = Callable[[list[list[Any]]], Any]


@asynccontextmanager
async def a_desk(answering: Answering, heard: list[list[list[Any]]]) -> AsyncIterator[str]:
    async def claims(request: web.Request) -> web.Response:
        verify(request.headers["Authorization"].removeprefix("Bearer "), key=derive_key(SECRET, "internal"), at=0)
        asked = await request.json()
        heard.append(asked)
        return web.json_response(answering(asked))

    app = web.Application()
    app.add_routes([web.post("/claims", claims)])
    async with TestServer(app) as server:
        yield f"http://{server.host}:{server.port}"


def reach(number: int, kind: str = "envelope") -> Reach:
    return Reach(str(UUID(int=number)), kind, 12, 1)


async def ask(line: DeskLine, count: int) -> list[dict[str, Any]]:
    """The answers to claims of so many members, in their order."""
    loop = asyncio.get_running_loop()
    answers = [loop.create_future() for _ in range(count)]
    for member, answer in enumerate(answers, 1):
        line.put(reach(member), member, answer.set_result)
    told = [json.loads(words) for words in await asyncio.gather(*answers)]
    await line.close()
    return told


def amounts(asked: list[list[Any]]) -> list[dict[str, Any]]:
    return [{"amount": member} for _, _, member, _, _ in asked]


async def test_claims_of_one_moment_go_together() -> None:
    heard: list[list[list[Any]]] = []
    async with a_desk(amounts, heard) as url:
        told = await ask(DeskLine([url], SECRET), 3)
    assert heard == [[["envelope", 12, member, str(UUID(int=member)), 1] for member in (1, 2, 3)]]
    assert told == [
        {"t": "claim", "k": str(UUID(int=member)), "kind": "envelope", "id": 12, "amount": member}
        for member in (1, 2, 3)
    ]


async def test_the_next_desk_is_asked_when_one_is_away() -> None:
    heard: list[list[list[Any]]] = []
    async with a_desk(amounts, heard) as url:
        told = await ask(DeskLine(["http://127.0.0.1:1", url], SECRET), 1)
    assert told[0]["amount"] == 1


async def test_the_owner_of_a_thing_is_asked_where_he_is() -> None:
    heard: list[list[list[Any]]] = []
    async with a_desk(amounts, heard) as owner:
        address = owner.removeprefix("http://")
        async with a_desk(lambda asked: [{"code": "elsewhere", "address": address}] * len(asked), []) as first:
            told = await ask(DeskLine([first], SECRET), 2)
    assert ([one["amount"] for one in told], len(heard)) == ([1, 2], 1)


async def test_nobody_runs_in_a_circle() -> None:
    async def lost() -> list[dict[str, Any]]:
        addresses: list[str] = []
        async with a_desk(lambda asked: [{"code": "elsewhere", "address": addresses[0]}] * len(asked), []) as url:
            addresses.append(url.removeprefix("http://"))
            return await ask(DeskLine([url], SECRET), 1)

    assert [(one["code"], one["wait_s"]) for one in await lost()] == [("try_again", 1)]


async def test_without_a_desk_everybody_may_try_again() -> None:
    told = await ask(DeskLine(["http://127.0.0.1:1"], SECRET), 2)
    assert [(one["code"], one["wait_s"]) for one in told] == [("try_again", 1)] * 2


async def test_too_few_answers_are_none() -> None:
    async with a_desk(lambda _: [], []) as url:
        told = await ask(DeskLine([url], SECRET), 2)
    assert [one["code"] for one in told] == ["try_again"] * 2


@pytest.mark.parametrize("answer", [[1, 2], [None, {}], [{"code": "elsewhere"}] * 2, {"a": 1, "b": 2}])
async def test_an_answer_that_cannot_be_understood_leaves_nobody_waiting(answer: Any) -> None:
    async with a_desk(lambda _: answer, []) as url:
        told = await ask(DeskLine([url], SECRET), 2)
    assert [one["code"] for one in told] == ["try_again"] * 2


async def test_when_too_many_wait_the_answer_is_there_at_once(monkeypatch: Any) -> None:
    monkeypatch.setattr(desk_line, "WAITING_MAX", 1)
    told = await ask(DeskLine(["http://127.0.0.1:1"], SECRET), 2)
    assert [one["code"] for one in told] == ["try_again"] * 2
