"""Hearts over real sockets: one total for all, written in batches, and going on after a restart."""

from __future__ import annotations

from dataclasses import replace

from svoi.gateway.reactions import SHOW_MAX, Reacted, Reactions
from svoi.gateway.totals import Total
from svoi.shows.rules.weighing import Traces
from tests.gateway.conftest import Evening
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
