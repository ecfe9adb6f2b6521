"""A room on a real clock: nothing that is due is forgotten, and a room that breaks makes place for a new one."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from svoi.gateway.live_room import LiveRoom
from tests.gateway.conftest import Evening
from tests.gateway.people import Reader, fact, room
from tests.gateway.stage import Stage, eventually


async def test_what_is_due_in_a_moment_is_told_in_a_moment() -> None:
    nothing: Any = None
    live = LiveRoom(room(window=lambda *_: 0.0004), store=nothing, history=nothing, watch_log=nothing, now=time.time)
    reader = Reader()
    live.enter(reader.viewer)
    for n in range(1, 200):
        live.hear_facts([fact(n)])
        if n % 7 == 0:
            await asyncio.sleep(0)
    await eventually(lambda: len(reader.numbers()) == 199)
    assert reader.numbers() == [("fact", n) for n in range(1, 200)]


async def test_a_room_that_breaks_is_opened_anew_and_nothing_is_lost(stage: Stage, evening: Evening) -> None:
    async with stage.page(evening.vera) as vera, stage.page(evening.gleb) as gleb:
        await vera.say("one")
        await gleb.until(lambda: len(gleb.chat()) == 1)
        broken = stage.serving.gateway.rooms[evening.show.pk]
        broken.room.timeline.end = broken.room.timeline.end._replace(chat=99)
        await vera.say("two")
        for page in (vera, gleb):
            assert page.socket is not None
            await asyncio.wait_for(page.socket.wait_closed(), 10)
            assert page.socket.close_code == 1013
        await gleb.connect()
        await vera.connect()
        await vera.say("three")
        await gleb.until(lambda: (3, "three") in gleb.chat())
        assert sorted(set(gleb.chat())) == [(1, "one"), (2, "two"), (3, "three")]
        assert stage.serving.gateway.rooms[evening.show.pk] is not broken
