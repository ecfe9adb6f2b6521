"""Hearts over real sockets: one total for all, written in batches, and going on after a restart."""

from __future__ import annotations

import json
import time
from dataclasses import replace

from svoi.gateway.reactions import SHOW_MAX, Reacted, Reactions
from svoi.gateway.totals import Total
from svoi.shows.rules.habit import Bearing
from svoi.shows.rules.weighing import Traces
from tests.gateway.conftest import Evening
from tests.gateway.crowd import Crowd
from tests.gateway.stage import Stage, another, eventually


async def test_a_heart_is_counted_for_everybody_and_goes_on_after_a_restart(stage: Stage, evening: Evening) -> None:
    show = evening.show.pk
    async with stage.page(evening.guest) as guest, stage.page(evening.vera) as vera, stage.page(evening.anna) as anna:
        for page in (guest, vera, vera):
            await page.send({"t": "react"})
        await vera.until(lambda: vera.of("count")[-1]["reactions"] == 3)
        await anna.until(lambda: anna.of("count")[-1]["reactions_raw"] == 3)
        assert "reactions_raw" not in vera.of("count")[-1]
        await stage.serving.watch_log.write()
        rows = await stage.sql("select viewer, member_id, weight, reasons from svoi_reaction order by id")
        assert rows == [
            ("guest", None, 2, 0),
            (evening.vera.viewer, evening.vera.member_id, 2, 0),
            (evening.vera.viewer, evening.vera.member_id, 2, 0),
        ]
        sampled = "select mode, reactions_raw, reactions_counted from svoi_watchsample order by at desc limit 1"
    await stage.restart()
    async with stage.page(another(evening.vera)) as vera:
        await vera.send({"t": "react"})
        await vera.until(lambda: vera.of("count")[-1]["reactions"] == 4)
        await stage.serving.watch_log.write()
        assert await stage.sql(sampled) == [("shadow", 4, 4)]
        health = stage.serving.health()[1]
        assert health["weighing_bytes_max"] == stage.serving.gateway.rooms[show].room.weighing_bytes


async def test_the_switch_turns_in_an_open_room_and_the_records_tell_why(stage: Stage, evening: Evening) -> None:
    stage.web.opens(evening.show.pk, integrity="live")
    async with stage.page(evening.anna) as anna:
        room = stage.serving.gateway.rooms[evening.show.pk].room
        for number in range(9):
            shared = replace(evening.guest, viewer=f"g{number}", traces=Traces(device=5, network=6))
            async with stage.page(shared) as guest:
                await guest.send({"t": "react"})
                await eventually(lambda number=number: room.reactions.raw == number + 1)  # type: ignore[misc]
        await anna.until(lambda: anna.of("count")[-1]["reactions_raw"] == 9)
        told = anna.of("count")[-1]
        assert (told["mode"], told["reactions"], told["reactions_why"]) == ("live", 6, {"shared_device": 5})
        await stage.serving.watch_log.write()
        rows = await stage.sql("select weight, reasons, device, network from svoi_reaction order by id")
        assert rows == [(2, 0, 5, None)] * 4 + [(1, 2, 5, None)] * 5
        await stage.tell(evening.show.pk, "rule_mode_changed", rule="live_weights", mode="shadow")
        await anna.until(lambda: anna.of("count")[-1]["reactions"] == 9)
        assert anna.of("count")[-1]["mode"] == "shadow"


async def test_what_is_said_is_noted_with_its_weight(stage: Stage, evening: Evening) -> None:
    async with stage.page(evening.vera) as vera:
        key = await vera.say("hello")
        await vera.until(lambda: bool(vera.chat()))
        stage.serving.gateway.rooms[evening.show.pk].tick()
        await stage.serving.watch_log.write()
        rows = await stage.sql("select key::text, member_id, weight, reasons from svoi_messageweight")
        assert rows == [(key, evening.vera.member_id, 2, 0)]


async def test_messages_are_counted_raw_and_by_weight_and_go_on_after_a_restart(stage: Stage, evening: Evening) -> None:
    show, vera = evening.show.pk, evening.vera
    stage.web.opens(show, integrity="live")
    async with stage.page(evening.anna) as anna:
        for number in range(6):
            who = (vera, evening.anna)[number % 2]
            shared = replace(who, viewer=f"g{number}", traces=Traces(device=5, network=6))
            async with stage.page(shared) as page:
                await page.say(f"hello {number}")
                await page.until(lambda page=page, number=number: len(page.chat()) == number + 1)  # type: ignore[misc]
        await anna.until(lambda: anna.of("count")[-1]["messages_raw"] == 6)
        told = anna.of("count")[-1]
        assert (told["messages"], told["messages_why"]) == (4 + 2 // 2, {"shared_device": 2})
        await stage.serving.watch_log.write()
    await stage.restart()
    async with stage.page(evening.anna) as anna:
        await anna.until(lambda: bool(anna.of("count")))
        assert (anna.of("count")[-1]["messages_raw"], anna.of("count")[-1]["messages"]) == (6, 5)
        async with stage.page(vera) as page:
            await page.say("hello again")
            await anna.until(lambda: anna.of("count")[-1]["messages_raw"] == 7)
        assert (anna.of("count")[-1]["messages"], anna.of("count")[-1]["messages_why"]) == (6, {"shared_device": 2})
        await stage.serving.watch_log.write()
    sampled = "select messages_raw, messages_counted, reasons->'messages' from svoi_watchsample order by at desc"
    assert (await stage.sql(sampled))[0] == (7, 6, {"shared_device": 2})


async def test_a_crowd_beyond_the_habit_is_told_to_the_crew_and_taken_off_nobody(
    stage: Stage, evening: Evening
) -> None:
    show = evening.show.pk
    stage.web.opens(show, integrity="live", habit={"low": 0.5, "stretches": 60})
    async with stage.page(evening.anna) as anna:
        live = stage.serving.gateway.rooms[show]
        room, began = live.room, time.time()
        people = Crowd(room, 60, at=began, gap_s=0.5)
        room.scales._led = 0.0  # those whom the opened room expected have come by then
        for minute in range(11):
            people.stay_until(began + 60 * (minute + 1))
            room.tick(at=people.at)
        assert room.tally.bearing == Bearing(acted=0, excess=60 - int(3 / 0.5))
        told = json.loads(room.tally.crew_line())
        assert (told["viewers"], told["excess"]) == (60, 54)
        assert "excess" not in json.loads(room.tally.public_line())
        stage.serving.watch_log.note_count(show, room.tally, at=people.at)
        await stage.serving.watch_log.write()
        sampled = "select counted, acted, excess from svoi_watchsample order by at desc limit 1"
        assert await stage.sql(sampled) == [(60, 0, 54)]
        await stage.tell(show, "rule_mode_changed", rule="room_habit", mode="off")
        await eventually(lambda: room.policy.habit == "off")
        room.tick(at=people.at)
        assert room.tally.bearing == Bearing()
        await anna.close()


async def test_no_viewer_gives_more_than_a_thousand_hearts_restart_or_not(stage: Stage, evening: Evening) -> None:
    show, vera = evening.show.pk, evening.vera
    await stage.sql(
        "insert into svoi_reaction (show_id, viewer, member_id, at, weight, reasons)"
        f" select {show}, '{vera.viewer}', {vera.member_id}, now(), 2, 0 from generate_series(1, 999) returning id"
    )
    async with stage.page(vera) as page:
        for _ in range(3):
            await page.send({"t": "react"})
        await page.until(lambda: page.of("count")[-1]["reactions"] == 1_000)
        room = stage.serving.gateway.rooms[show].room
        assert not room.reactions.take(vera.viewer, at=2e9)
        assert room.reactions.take("another", at=2e9)


def test_hearts_of_one_viewer_end_at_the_limit_whatever_the_pace() -> None:
    reactions = Reactions(Reacted(given={"v1": SHOW_MAX - 2}))
    assert [reactions.take("v1", at=float(second)) for second in range(4)] == [True, True, False, False]


def test_each_viewer_is_told_of_once_with_all_her_reasons() -> None:
    reactions = Reactions(Reacted(raw=3, halves=4, seen={"v1": 2}))
    reactions.add("v1", 1)
    reactions.add("v2", 2)
    reactions.add("v2", 2)
    reactions.add("v3", 0)
    reactions.add("v4", None)
    assert reactions.now == Total(8, (4 + 1 + 1 + 1 + 2 + 2) // 2, {"shared_device": 2, "surge": 1})
