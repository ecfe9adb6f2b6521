"""Server-sent events: the same words for browsers whose WebSocket does not get through."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from svoi.gateway.sse_server import RequestUnreadable, read_request
from svoi.gateway.tickets import Pass
from tests.gateway.conftest import Evening
from tests.gateway.stage import ORIGIN, PATIENCE_S, Stage, eventually, ticket


@asynccontextmanager
async def events(stage: Stage, who: Pass, asked: str = "", **headers: str) -> AsyncIterator[aiohttp.ClientResponse]:
    """An EventSource of this person."""
    address = f"http://127.0.0.1:{stage.serving.sse_port}/rooms/{who.show_id}?ticket={ticket(who)}{asked}"
    async with (
        aiohttp.ClientSession() as session,
        session.get(address, headers={"Origin": ORIGIN, **headers}) as answer,
    ):
        yield answer


async def event(answer: aiohttp.ClientResponse) -> tuple[str, list[dict[str, Any]]]:
    """The id of the next event and its messages."""
    told: dict[str, list[str]] = {"id": [], "data": []}
    async with asyncio.timeout(PATIENCE_S):
        while line := (await answer.content.readline()).decode().rstrip("\n"):
            name, _, value = line.partition(": ")
            told[name].append(value)
    return told["id"][0], [json.loads(each) for each in told["data"]]


async def words(answer: aiohttp.ClientResponse) -> tuple[str, list[dict[str, Any]]]:
    """The next event that is more than a count, without counts."""
    while True:
        place, told = await event(answer)
        told = [message for message in told if message["t"] != "count"]
        if told:
            return place, told


async def test_a_stream_carries_the_same_room(stage: Stage, evening: Evening) -> None:
    async with events(stage, evening.guest, "&facts=0&chat=0") as stream, stage.page(evening.vera) as vera:
        assert (stream.status, stream.headers["Content-Type"]) == (200, "text/event-stream")
        assert stream.headers["Access-Control-Allow-Origin"] == ORIGIN
        place, told = await event(stream)
        assert (place, [message["t"] for message in told]) == ("0-0", ["hello", "count"])
        await vera.say("hello")
        await vera.until(lambda: bool(vera.chat()))
        assert await words(stream) == ("0-1", vera.of("chat"))
        await stage.tell(evening.show.pk, "tray_changed")
        await vera.until(lambda: bool(vera.facts()))
        assert await words(stream) == ("1-1", vera.of("fact"))


async def test_a_stream_resumes_where_the_browser_says(stage: Stage, evening: Evening) -> None:
    async with stage.page(evening.vera) as vera:
        for text in ("one", "two", "three"):
            await vera.say(text)
        await vera.until(lambda: len(vera.chat()) == 3)
        async with events(stage, evening.guest, "&facts=0&chat=1") as stream:
            place, told = await event(stream)
            assert (place, [message.get("text") for message in told[2:]]) == ("0-3", ["two", "three"])
        async with events(stage, evening.guest, "&facts=0&chat=1", **{"Last-Event-ID": "0-2"}) as stream:
            place, told = await event(stream)
            assert (place, [message.get("text") for message in told[2:]]) == ("0-3", ["three"])


async def test_the_same_door(stage: Stage, evening: Evening) -> None:
    async with events(stage, evening.guest, Origin="http://elsewhere.test") as refused:
        assert (refused.status, await refused.json()) == (403, {"code": "origin_refused"})
        assert "Access-Control-Allow-Origin" not in refused.headers
    async with events(stage, evening.guest, "&facts=x") as refused:
        assert (refused.status, refused.headers["Access-Control-Allow-Origin"]) == (400, ORIGIN)


async def test_who_closes_the_page_leaves_the_room(stage: Stage, evening: Evening) -> None:
    async with stage.page(evening.anna) as anna:
        async with events(stage, evening.guest) as stream:
            await event(stream)
            await anna.until(lambda: bool(anna.of("count")) and anna.of("count")[-1]["raw"] == 2)
        await anna.until(lambda: anna.of("count")[-1]["raw"] == 1)
    assert stage.serving.door.census.total <= 1


async def test_health_on_both_ports(stage: Stage) -> None:
    await eventually(lambda: stage.serving.facts.is_well)
    async with aiohttp.ClientSession() as session:
        for port in (stage.serving.port, stage.serving.sse_port):
            async with session.get(f"http://127.0.0.1:{port}/healthz") as answer:
                told = await answer.json()
                assert (answer.status, told["ok"], told["process"], told["connections"]) == (200, True, "gateway", 0)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"GET /",
        b"GET / HTTP/2.0",
        b"POST / HTTP/1.1",
        b"GET / HTTP/1.1\r\nno colon",
        b"GET / HTTP/1.1\r\nA : spaced",
        b"GET / HTTP/1.1\r\n folded: x",
        b"GET / HTTP/1.1\r\nContent-Length: 4",
        b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked",
    ],
)
def test_what_no_browser_asks_is_not_read(head: bytes) -> None:
    with pytest.raises(RequestUnreadable):
        read_request(head)


def test_a_request_is_read_whatever_the_case_of_its_headers() -> None:
    asked = b"GET /rooms/7?ticket=x HTTP/1.1\r\nhost: a\r\nORIGIN: http://svoi.test\r\nlast-event-id: 1-2"
    headers = {"Host": "a", "Origin": "http://svoi.test", "Last-Event-ID": "1-2"}
    assert read_request(asked) == ("/rooms/7?ticket=x", headers)


async def test_a_stalled_reader_is_caught_up_when_she_wakes(stage: Stage, evening: Evening) -> None:
    async with events(stage, evening.guest, "&facts=0&chat=0") as stream, stage.page(evening.vera) as vera:
        await event(stream)
        sleeper = next(v for v in stage.serving.gateway.viewers() if v.holder.member_id == 0)
        assert stream.connection is not None
        assert stream.connection.transport is not None
        stream.connection.transport.pause_reading()  # type: ignore[attr-defined]
        told = 0
        while sleeper.stalled_at is None:
            told += 1
            await stage.tell(evening.show.pk, "chat_policy_changed", slow_mode_s=0, length_max=200, open="x" * 60_000)
            await vera.until(lambda told=told: len(vera.facts()) == told)  # type: ignore[misc]
        await stage.tell(evening.show.pk, "tray_changed")
        await vera.until(lambda: len(vera.facts()) == told + 1)
        stream.connection.transport.resume_reading()  # type: ignore[attr-defined]
        numbers: list[int] = []
        while len(numbers) <= told:
            numbers += [message["n"] for message in (await words(stream))[1] if message["t"] == "fact"]
        assert numbers == list(range(1, told + 2))
