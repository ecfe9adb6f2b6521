"""Peers that mean harm: each is refused or cut off with the right word, and the room goes on."""

from __future__ import annotations

import asyncio
import json
from uuid import uuid4

import pytest

from svoi.gateway import listening, sweep
from svoi.gateway.inbound import FRAME_BYTES_MAX, FRAMES_BURST
from svoi.gateway.listening import SEND_BUFFER_BYTES
from svoi.gateway.socket_viewer import WRITE_BUFFER_BYTES
from tests.gateway.conftest import Evening
from tests.gateway.raw import BINARY, CONTINUATION, PING, TEXT, RawPeer, frame, narrow_peer
from tests.gateway.stage import Stage, another, eventually, ticket

SAY = json.dumps({"t": "say", "k": str(uuid4()), "text": "hi", "media": None}).encode()


async def goes_on(stage: Stage, evening: Evening) -> None:
    """The room still carries words from one to the other."""
    async with stage.page(another(evening.vera)) as vera, stage.page(another(evening.guest)) as guest:
        before = len(guest.chat())
        await vera.say("still here")
        await guest.until(lambda: len(guest.chat()) > before)
        assert guest.chat()[-1][1] == "still here"


@pytest.mark.parametrize(
    ("frames", "code"),
    [
        ([frame(TEXT, b"x" * (FRAME_BYTES_MAX + 1))], 1009),
        ([frame(TEXT, b"", length=2**40)], 1009),
        ([frame(BINARY, b"x" * 70_000)], 1009),
        ([frame(TEXT, b"not json")] * 3, 1008),
        ([frame(TEXT, b"\xff\xfe\xfd")] * 3, 1008),
        ([frame(TEXT, b"{}"), frame(BINARY, b"[]"), frame(TEXT, b'{"t":"pin"}')], 1008),
        ([frame(CONTINUATION, b"x")], 1008),
        ([frame(TEXT, b"{", fin=False), frame(TEXT, b"}")], 1008),
        ([frame(TEXT, b"x" * 500, fin=False), *[frame(CONTINUATION, b"x" * 500, fin=False)] * 9], 1009),
        ([frame(TEXT, b"", fin=False), *[frame(CONTINUATION, b"", fin=False)] * 40], 1008),
        ([frame(PING, b"x" * 100)] * int(FRAMES_BURST + 2), 1008),
        ([frame(TEXT, SAY)] * int(FRAMES_BURST + 2), 1008),
        ([b"\x81\x05hello"], 1002),
        ([frame(0x3, b"x")], 1002),
    ],
)
async def test_a_flood_or_a_malformed_frame_is_hung_up_on(
    stage: Stage, evening: Evening, frames: list[bytes], code: int
) -> None:
    async with RawPeer(stage.serving.port) as peer:
        await peer.come_in(evening.gleb)
        await peer.send(*frames)
        assert await peer.close_code() == code
    await goes_on(stage, evening)
    assert stage.serving.door.census.total == len(list(stage.serving.gateway.viewers()))


async def test_a_message_in_pieces_is_a_message(stage: Stage, evening: Evening) -> None:
    async with RawPeer(stage.serving.port) as peer, stage.page(evening.vera) as vera:
        await peer.come_in(evening.gleb)
        await peer.send(frame(TEXT, SAY[:20], fin=False), frame(PING, b""), frame(CONTINUATION, SAY[20:]))
        await vera.until(lambda: bool(vera.chat()))
        assert vera.chat() == [(1, "hi")]


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200,
        b"GET / HTTP/1.0\r\n\r\n",
        b"POST /rooms/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
        b"GET /rooms/1 HTTP/1.1\r\n" + b"X: " + b"y" * 20_000 + b"\r\n\r\n",
        b"\x00" * 40_000,
    ],
)
async def test_garbage_at_the_door_gets_no_further(
    stage: Stage, evening: Evening, garbage: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "HANDSHAKE_S_MAX", 0.5)
    for port in (stage.serving.port, stage.serving.sse_port):
        async with RawPeer(port) as peer:
            await peer.send(garbage)
            async with asyncio.timeout(10):
                try:
                    answer = await peer.reader.read()
                except ConnectionResetError:
                    answer = b""
            assert answer.split(b"\r\n")[0] in (b"", b"HTTP/1.1 400 Bad Request", b"HTTP/1.1 404 Not Found")
    await goes_on(stage, evening)
    await eventually(lambda: stage.serving.turnstile.open == 0)


async def test_refusals_before_the_upgrade(stage: Stage, evening: Evening) -> None:
    show, shown = evening.show.pk, ticket(evening.vera)
    asked = [
        (f"/rooms/{show}?ticket={shown}", {"Origin": "http://elsewhere.test"}, 403),
        (f"/rooms/{show}?ticket={shown}", {"Origin": ""}, 403),
        (f"/rooms/{show + 1}?ticket={shown}", {}, 403),
        (f"/rooms/{show}?ticket={shown}", {"Sec_WebSocket_Key": ""}, 400),
        (f"/rooms/{show}", {}, 401),
        ("/rooms", {}, 404),
    ]
    for target, headers, status in asked:
        async with RawPeer(stage.serving.port) as peer:
            assert await peer.ask(target, **headers) == status, (target, headers)
    async with RawPeer(stage.serving.port) as peer:
        await peer.come_in(evening.vera)
    async with RawPeer(stage.serving.port) as peer:
        taken = ticket(evening.vera)
        assert await peer.ask(f"/rooms/{show}?ticket={taken}") == 101
        async with RawPeer(stage.serving.port) as replaying:
            assert await replaying.ask(f"/rooms/{show}?ticket={taken}") == 401
    await eventually(lambda: stage.serving.door.census.total == 0)


async def test_a_stalled_phone_is_cut_off_and_delays_nobody(
    stage: Stage, evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "STALLED_S_MAX", 0.5)
    phone = await narrow_peer(stage.serving.port, evening.gleb)
    phone.read_nothing()
    async with stage.page(evening.guest) as guest:
        stalled = next(v for v in stage.serving.gateway.viewers() if v.holder is not None and v.holder.name == "Gleb")
        written = 0
        while stalled.stalled_at is None:
            written += 1
            await stage.tell(evening.show.pk, "chat_policy_changed", slow_mode_s=0, length_max=200, open="x" * 30_000)
            await guest.until(lambda written=written: len(guest.facts()) == written)  # type: ignore[misc]
        assert written * 30_000 < (SEND_BUFFER_BYTES * 2 + WRITE_BUFFER_BYTES) * 4
        await eventually(lambda: stage.serving.sockets.tally["stalled"] == 1)
        await eventually(lambda: len(list(stage.serving.gateway.viewers())) == 1)
    await goes_on(stage, evening)
    phone.writer.transport.abort()


async def test_a_stalled_phone_that_wakes_up_reads_what_it_missed(stage: Stage, evening: Evening) -> None:
    phone = await narrow_peer(stage.serving.port, evening.gleb)
    phone.read_nothing()
    async with stage.page(evening.guest) as guest:
        stalled = next(v for v in stage.serving.gateway.viewers() if v.holder.name == "Gleb")
        told = 0
        while stalled.stalled_at is None:
            told += 1
            await stage.tell(evening.show.pk, "chat_policy_changed", slow_mode_s=0, length_max=200, open="x" * 30_000)
            await guest.until(lambda told=told: len(guest.facts()) == told)  # type: ignore[misc]
        for _ in range(3):
            told += 1
            await stage.tell(evening.show.pk, "tray_changed")
            await guest.until(lambda told=told: len(guest.facts()) == told)  # type: ignore[misc]
        phone.writer.transport.resume_reading()  # type: ignore[attr-defined]
        seen = b""
        async with asyncio.timeout(10):
            while b'"n":%d,' % told not in seen:
                seen += await phone.reader.read(65536)
        places = [seen.index(b'"t":"fact","n":%d,' % n) for n in range(1, told + 1)]
        assert places == sorted(places)
        assert [seen.count(b'"t":"fact","n":%d,' % n) for n in range(1, told + 1)] == [1] * told
    phone.writer.transport.abort()


async def test_the_house_counts_its_seats(stage: Stage, evening: Evening) -> None:
    crowd = "203.0.113.9"
    seats = stage.config.address_connections_max
    stage.serving.door.census.addresses[crowd] = seats - 1
    async with RawPeer(stage.serving.port) as first, RawPeer(stage.serving.port) as second:
        target = f"/rooms/{evening.show.pk}?ticket="
        assert await first.ask(target + ticket(evening.vera), X_Forwarded_For=crowd) == 101
        assert await second.ask(target + ticket(evening.vera), X_Forwarded_For=crowd) == 429
    stage.serving.turnstile.most = 0
    async with RawPeer(stage.serving.port) as third:
        assert await third.ask(target + ticket(evening.vera)) == 503


async def test_a_silent_peer_is_asked_and_then_given_up(
    stage: Stage, evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "PING_AFTER_S", 0.0)
    monkeypatch.setattr(sweep, "SILENT_S_MAX", 1.5)
    async with stage.page(evening.vera) as vera, RawPeer(stage.serving.port) as mute:
        await mute.come_in(evening.gleb)
        assert await mute.close_code() is None
        assert dict(stage.serving.sockets.tally) == {"silent": 1}
        assert vera.socket is not None
        assert vera.socket.close_code is None
