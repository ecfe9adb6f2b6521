"""A room over real sockets and a real database: words, facts, resuming, and both dying in turn."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

from svoi.gateway import timeline
from svoi.gateway.frames import Cursor
from tests.gateway.conftest import Evening
from tests.gateway.stage import Stage, another, eventually, staged
from tests.gateway.wire_tap import tapped

PIN = {
    "pin_id": 1,
    "product_id": 2,
    "variant_id": 3,
    "title_ru": "Кружка",
    "title_en": "Mug",
    "price_minor": 149_000,
    "old_price_minor": None,
    "picture": "",
    "sold_out": False,
    "media_at": 1795000000000,
}


async def test_what_one_says_everybody_reads_and_the_database_keeps(stage: Stage, evening: Evening) -> None:
    async with stage.page(evening.vera) as vera, stage.page(evening.guest) as guest:
        key = await vera.say("  Привет\u202e всем ")
        await guest.until(lambda: bool(guest.chat()))
        await vera.until(lambda: bool(vera.chat()))
        (message,) = vera.of("chat")
        assert guest.of("chat") == [message]
        by = {"id": evening.vera.member_id, "name": "Vera", "role": "viewer"}
        assert (message["n"], message["by"], message["text"], message["k"]) == (1, by, "Привет всем", key)
        stored = await stage.sql("select id, seq, author_id, text, key::text from svoi_chatmessage")
        assert stored == [(message["id"], 1, evening.vera.member_id, "Привет всем", key)]


async def test_a_refusal_is_read_by_its_author_alone(stage: Stage, evening: Evening) -> None:
    async with stage.page(evening.vera) as vera, stage.page(evening.guest) as guest:
        key = await guest.say("hello")
        await guest.until(lambda: bool(guest.of("refused")))
        assert guest.of("refused") == [{"t": "refused", "k": key, "code": "not_member", "wait_s": None}]
        await vera.say("second")
        await vera.until(lambda: bool(vera.chat()))
        assert (vera.of("refused"), vera.chat()) == ([], [(1, "second")])
        assert await stage.sql("select count(*) from svoi_chatmessage") == [(1,)]


async def test_a_fact_reaches_everybody_in_their_words_and_changes_the_policy(stage: Stage, evening: Evening) -> None:
    show = evening.show.pk
    async with stage.page(evening.vera) as vera, stage.page(evening.anna) as anna, stage.page(evening.gleb) as gleb:
        await stage.tell(show, "product_pinned", **PIN)
        await stage.tell(show, "member_muted", member_id=evening.gleb.member_id, muted_by_id=1, until=None)
        await stage.tell(show, "order_placed", total_minor=1)
        await stage.tell(show, "order_paid", product_id=2, quantity=1, name=None, total_minor=149_000)
        for page in (vera, anna, gleb):
            await page.until(lambda page=page: bool(page.facts()) and page.facts()[-1][0] == 4)  # type: ignore[misc]
        pinned, bought = (1, "product_pinned"), (4, "someone_bought")
        muted = (2, "member_muted")
        assert (vera.facts(), anna.facts(), gleb.facts()) == (
            [pinned, bought],
            [pinned, muted, bought],
            [pinned, muted, bought],
        )
        assert {name: vera.of("fact")[0][name] for name in PIN} == PIN
        assert ("total_minor" in vera.of("fact")[-1], anna.of("fact")[-1]["total_minor"]) == (False, 149_000)
        await gleb.say("spam")
        await gleb.until(lambda: bool(gleb.of("refused")))
        assert gleb.of("refused")[0]["code"] == "muted"


async def test_a_page_that_was_away_reads_what_it_missed_once(stage: Stage, evening: Evening) -> None:
    vera, gleb = stage.page(evening.vera), stage.page(evening.gleb)
    await vera.connect()
    await gleb.connect()
    await vera.say("one")
    await gleb.until(lambda: len(gleb.chat()) == 1)
    await gleb.close()
    await vera.say("two")
    await stage.tell(evening.show.pk, "tray_changed")
    await vera.until(lambda: (len(vera.chat()), len(vera.facts())) == (2, 1))
    await gleb.connect()
    await vera.say("three")
    await gleb.until(lambda: len(gleb.chat()) == 3)
    assert (gleb.chat(), gleb.facts()) == ([(1, "one"), (2, "two"), (3, "three")], [(1, "tray_changed")])
    await vera.close()
    await gleb.close()


async def test_a_new_life_of_the_gateway_goes_on_with_the_numbers(stage: Stage, evening: Evening) -> None:
    show = evening.show.pk
    async with stage.page(evening.vera) as vera:
        for text in ("one", "two", "three"):
            await vera.say(text)
        await stage.tell(show, "message_hidden", message_id=0, hidden_by_id=1)
        await vera.until(lambda: (len(vera.chat()), len(vera.facts())) == (3, 1))
        second = vera.of("chat")[1]
    await stage.sql(
        "insert into svoi_messagehiding (message_id, hidden_by_id, hidden_at) values (%s, %s, now())",
        second["id"],
        evening.anna.member_id,
    )
    stage.web.opens(show, facts=1)
    await stage.restart()
    gleb = stage.page(evening.gleb, cursor=Cursor(0, 1))
    async with gleb, stage.page(evening.vera, cursor=Cursor(1, 3)) as vera:
        await vera.say("four")
        await gleb.until(lambda: len(gleb.chat()) == 3)
        assert (gleb.chat(), gleb.facts()) == ([(2, ""), (3, "three"), (4, "four")], [(1, "message_hidden")])
        assert gleb.of("chat")[0] == {"t": "chat", "n": 2, "id": second["id"], "hidden": True}
        assert gleb.of("chat")[1]["by"] == {"id": evening.vera.member_id, "name": "Vera", "role": "viewer"}


async def test_what_memory_forgot_is_read_back_from_the_database(
    stage: Stage, evening: Evening, monkeypatch: object
) -> None:
    async with stage.page(evening.vera) as vera:
        for number in range(4):
            await vera.say(f"message {number}")
        await stage.tell(evening.show.pk, "tray_changed")
        await vera.until(lambda: (len(vera.chat()), len(vera.facts())) == (4, 1))
        memory = stage.serving.gateway.rooms[evening.show.pk].room.timeline
        memory._frames.clear()
        memory.floor = memory.end
        async with stage.page(evening.gleb, cursor=Cursor(0, 1)) as gleb:
            await gleb.until(lambda: len(gleb.chat()) == 3)
            await vera.say("live")
            await gleb.until(lambda: len(gleb.chat()) == 4)
            assert [n for n, _ in gleb.chat()] == [2, 3, 4, 5]
            assert gleb.facts() == [(1, "tray_changed")]


async def test_who_missed_too_much_is_sent_for_a_fresh_page(stage: Stage, evening: Evening) -> None:
    ahead = Cursor(timeline.AHEAD_MAX + 1, 0)
    async with stage.page(evening.vera, cursor=ahead) as vera:
        assert vera.told == [{"t": "stale"}]
        assert vera.socket is not None
        await asyncio.wait_for(vera.socket.wait_closed(), 5)
        assert vera.socket.close_code == 1000


async def test_a_retry_with_the_same_key_is_one_message(stage: Stage, evening: Evening) -> None:
    async with stage.page(evening.vera) as vera:
        key = await vera.say("once")
        await vera.say("once", key)
        await vera.until(lambda: bool(vera.chat()))
        await vera.say("once", key)
        await vera.until(lambda: len(vera.chat()) == 2)
        assert vera.chat() == [(1, "once"), (1, "once")]
        assert await stage.sql("select count(*) from svoi_chatmessage") == [(1,)]


async def test_while_the_database_is_away_messages_wait_and_nothing_is_lost(conninfo: str, evening: Evening) -> None:
    async with tapped(conninfo) as tap, staged(conninfo, reached_by=tap.conninfo) as stage:
        stage.web.opens(evening.show.pk)
        async with stage.page(evening.vera) as vera, stage.page(evening.gleb) as gleb:
            await vera.say("before")
            await gleb.until(lambda: len(gleb.chat()) == 1)
            await tap.cut()
            await vera.say("meanwhile")
            await gleb.say("me too")
            await eventually(lambda: stage.serving.health()[1]["messages_waiting"] == 2)
            await eventually(lambda: not stage.serving.health()[0])
            assert len(gleb.chat()) == 1
            await stage.tell(evening.show.pk, "tray_changed")
            await tap.mend()
            await gleb.until(lambda: (len(gleb.chat()), len(gleb.facts())) == (3, 1))
            assert gleb.chat() == [(1, "before"), (2, "meanwhile"), (3, "me too")]
            assert await stage.sql("select seq, text from svoi_chatmessage order by seq") == gleb.chat()
            await eventually(lambda: stage.serving.health()[0])


async def test_a_room_opens_when_the_web_comes_back(stage: Stage, evening: Evening) -> None:
    stage.web.is_away = True
    vera = stage.page(evening.vera)
    coming = asyncio.create_task(vera.connect())
    await eventually(lambda: stage.web.asked > 1)
    assert vera.told == []
    stage.web.is_away = False
    await coming
    assert len(vera.of("hello")) == 1
    await vera.close()


async def test_heartbeats_and_counts_are_on_record(stage: Stage, evening: Evening) -> None:
    room_of, began_at = stage.serving.gateway.rooms, time.time()
    async with stage.page(evening.vera) as vera, stage.page(another(evening.anna)) as anna:
        room = room_of[evening.show.pk]
        for number in (1, 2):
            token = (vera.of("hello") + vera.of("beat"))[-1]
            room._now = lambda number=number: began_at + number * 10  # type: ignore[misc]
            beat = {
                "t": "beat",
                "token": token.get("beat") or token["token"],
                "media": number,
                "playing": True,
                "visible": True,
            }
            await vera.send(beat)
            await vera.until(lambda number=number: len(vera.of("beat")) == number)  # type: ignore[misc]
        await anna.until(lambda: bool(anna.of("count")) and anna.of("count")[-1]["viewers"] == 1)
        told = anna.of("count")[-1]
        assert {name: told[name] for name in ("viewers", "raw", "peak", "mode", "weighed", "why")} == {
            "viewers": 1, "raw": 2, "peak": 1, "mode": "shadow", "weighed": 1, "why": {},
        }  # fmt: skip
        await stage.serving.watch_log.write()
        beats = await stage.sql("select viewer, member_id, playing, visible, counted from svoi_watchbeat order by at")
        assert beats == [
            (evening.vera.viewer, evening.vera.member_id, True, True, counted) for counted in (False, True)
        ]
        assert (2, 1) in await stage.sql("select raw, counted from svoi_watchsample")


async def test_a_fact_that_cannot_be_understood_does_not_silence_the_next(stage: Stage, evening: Evening) -> None:
    async with stage.page(evening.vera) as vera:
        await stage.tell(evening.show.pk, "chat_policy_changed", slow_mode_s="soon")
        await stage.tell(evening.show.pk, "tray_changed")
        await vera.until(lambda: bool(vera.facts()))
        assert vera.facts() == [(2, "tray_changed")]


async def test_a_message_the_database_refuses_does_not_hold_up_the_others(stage: Stage, evening: Evening) -> None:
    nobody = replace(evening.gleb, member_id=2**40)
    async with stage.page(nobody) as gleb, stage.page(evening.vera) as vera:
        key = await gleb.say("I am not on record")
        await vera.say("hello")
        await gleb.until(lambda: bool(gleb.of("refused")))
        await vera.until(lambda: bool(vera.chat()))
        assert gleb.of("refused") == [{"t": "refused", "k": key, "code": "try_again", "wait_s": 3}]
        assert vera.chat() == [(1, "hello")]
