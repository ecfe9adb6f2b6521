"""Weights in a real room: honest crowds count in full, farms do not, and a switch holds at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from svoi.gateway.conversation import Message
from svoi.gateway.policy import RoomPolicy
from svoi.gateway.presence import Beaten
from svoi.gateway.room import Room
from svoi.gateway.wire import Said
from svoi.shows.rules.weighing import NO_TRACES, Mode, Scales, Traces
from tests.gateway.crowd import Crowd, Phone
from tests.gateway.people import AT, NOON, VERA, fact, lines, room, said, say

SOON = AT + 2


def stored(message: Message, n: int) -> Said:
    """The message as the database gives it back."""
    author = message.author
    return Said(n, n, author.member_id, author.name, author.role, message.text, message.said_at, None, message.key)


def live(mode: Mode = "live", *, reach: float = 0.0) -> Room:
    return room(policy=RoomPolicy(weights=mode), scales=Scales(7, reach=reach))


def told(place: Room, at: float) -> dict[str, object]:
    place.tick(at=at)
    (line,) = lines(place.count_line(crew=True))
    return line


def test_a_classroom_behind_one_address_counts_in_full() -> None:
    place = live()
    people = Crowd(place, 45, gap_s=0.5, network=9)
    line = told(place, people.at)
    assert (line["viewers"], line["raw"], line["why"]) == (45, 45, {})
    assert people.tap() == [0] * 45


def test_an_office_of_hundreds_behind_one_address_counts_in_full() -> None:
    place = live()
    people = Crowd(place, 480, gap_s=1.5, network=9)
    line = told(place, people.at)
    assert (line["viewers"], line["raw"], line["why"]) == (480, 480, {})
    assert people.tap() == [0] * 480


def test_a_raid_when_the_show_begins_counts_in_full() -> None:
    place = live(reach=1_500)
    place.hear_fact(fact(1, "show_started", started_at=0))
    people = Crowd(place, 600, at=SOON, gap_s=0.05, network=9)
    line = told(place, people.at)
    assert (line["viewers"], line["raw"], line["why"]) == (600, 600, {})


@pytest.mark.parametrize("kind", ["envelope_sent", "flash_fired"])
def test_a_gift_or_a_deal_brings_people_and_lowers_nobody(kind: str) -> None:
    place = live(reach=1_500)
    place.hear_fact(fact(1, kind))
    people = Crowd(place, 400, at=SOON, gap_s=0.05)
    assert told(place, people.at)["viewers"] == 400
    assert people.tap() == [0] * 400


def test_a_surge_after_letters_that_reminded_two_thousand_is_no_surge() -> None:
    place = live()
    for wave in range(4):
        place.hear_fact(fact(wave + 1, "reminders_rang", reach=500))
    people = Crowd(place, 700, at=SOON + 5, gap_s=0.05)
    line = told(place, people.at)
    assert (line["viewers"], line["raw"], line["why"]) == (700, 700, {})
    assert people.tap() == [0] * 700
    unannounced = live()
    assert told(unannounced, Crowd(unannounced, 700, gap_s=0.05).at)["viewers"] < 450


def test_a_fact_may_tell_itself_how_many_were_called() -> None:
    place = live()
    place.hear_fact(fact(1, "show_started", started_at=0, reach=1_500))
    assert told(place, Crowd(place, 400, at=SOON, gap_s=0.05).at)["viewers"] == 400


def test_a_crowd_that_nothing_explains_is_halved_for_its_stay() -> None:
    place = live()
    people = Crowd(place, 400, gap_s=0.05)
    line = told(place, people.at)
    surged = line["why"]["surge"]  # type: ignore[index]
    assert 300 < surged < 400
    assert line["viewers"] == (400 - surged) + surged // 2
    people.stay(40)
    assert told(place, people.at)["viewers"] == line["viewers"]


def test_when_all_send_hearts_at_once_those_who_watch_count_in_full() -> None:
    place = live(reach=2_000)
    place.hear_fact(fact(1, "show_started", started_at=0))
    people = Crowd(place, 500, at=SOON, gap_s=0.05)
    people.tap()
    line = told(place, people.at)
    assert (line["reactions"], line["reactions_raw"], line["reactions_why"]) == (500, 500, {})


def test_bare_sockets_that_only_tap_are_a_surge() -> None:
    place = live()
    bots = [Phone(place, f"b{number}", device=number) for number in range(300)]
    for number, bot in enumerate(bots):
        for tap in range(3):
            place.react(bot.holder, at=AT + number * 0.01 + tap * 0.3)
    line = told(place, AT + 5)
    assert line["reactions_raw"] == 900
    assert 900 / 2 <= line["reactions"] < 650  # type: ignore[operator]
    assert line["reactions_why"]["surge"] > 200  # type: ignore[index]


def test_a_farm_on_one_device_is_halved_and_told_with_its_reasons() -> None:
    place = live()
    people = Crowd(place, 60, gap_s=1.2, device=1, network=2)
    line = told(place, people.at)
    assert line["why"] == {"shared_device": 60, "shared_network": 60}
    assert (line["viewers"], line["raw"], line["weighed"]) == (30, 60, 30)
    assert lines(place.count_line(crew=False)) == [{"t": "count", "viewers": 30, "reactions": 0}]


def test_a_timer_that_taps_is_named_and_its_heartbeats_are_not() -> None:
    place = live()
    phone = Phone(place, "v1", device=1)
    for number in range(1, 40):
        assert phone.beat(AT + number * 10.0) == 0
        tap = place.react(phone.holder, at=AT + number * 10.0 + 1)
    assert tap is not None
    assert told(place, AT + 392)["reactions_why"] == {"metronome": 1}
    assert told(place, AT + 392)["viewers"] == 1


def test_in_the_shadow_weights_are_noted_and_nothing_is_taken_off() -> None:
    place = live("shadow")
    people = Crowd(place, 60, gap_s=1.2, device=1)
    line = told(place, people.at)
    assert (line["viewers"], line["weighed"], line["mode"]) == (60, 30, "shadow")
    assert line["why"] == {"shared_device": 60}


def test_the_kill_switch_restores_at_once_and_off_weighs_nothing() -> None:
    place = live()
    people = Crowd(place, 60, gap_s=1.2, device=1)
    at, first = people.at, people.phones[0]
    place.react(first.holder, at=at)
    assert (told(place, at)["viewers"], told(place, at)["reactions"]) == (30, 0)
    place.hear_fact(fact(1, "rule_mode_changed", rule="another", mode="off"))
    assert told(place, at)["viewers"] == 30
    place.hear_fact(fact(2, "rule_mode_changed", rule="live_weights", mode="off"))
    line = told(place, at)
    assert (line["viewers"], line["reactions"], line["mode"], "why" in line) == (60, 1, "off", False)
    people.stay(10)
    tap = place.react(first.holder, at=people.at)
    assert tap is not None
    assert tap.seen is None


def test_switched_on_in_a_full_room_the_people_in_it_are_no_surge() -> None:
    place = live("off")
    people = Crowd(place, 300, gap_s=0.05)
    told(place, people.at)
    moment = NOON + timedelta(seconds=people.at - AT)
    place.hear_fact(replace(fact(1, "rule_mode_changed", rule="live_weights", mode="live"), at=moment))
    people.stay(10)
    line = told(place, people.at)
    assert (line["viewers"], line["mode"], line["why"]) == (300, "live", {})


def test_what_is_not_said_about_the_mode_is_the_shadow() -> None:
    modes = [RoomPolicy.read({"integrity": told}).weights for told in ("off", "shadow", "live", "on", None)]
    assert modes == ["off", "shadow", "live", "shadow", "shadow"]
    assert RoomPolicy.read({}).weights == "shadow"


def test_who_counted_before_a_restart_weighs_what_she_weighed() -> None:
    place = live()
    beaten = {f"v{number}": Beaten(AT - 5, Traces(1, 2), 2 if number >= 4 else 0) for number in range(10)}
    place.welcome_back(beaten)
    phones = [Phone(place, name, device=1, network=2) for name in beaten]
    assert (told(place, AT)["viewers"], told(place, AT)["why"]) == (4 + 3, {"shared_device": 6})
    assert phones[0].beat(AT + 10) == 2


def test_messages_are_weighed_and_told_in_full() -> None:
    place = live()
    message = place.say(replace(VERA, traces=NO_TRACES), say(1), at=AT)
    assert isinstance(message, Message)
    assert place.weigh_said() == []
    place.hear_stored([stored(message, 1)])
    assert (place.weigh_said(), place.weigh_said()) == ([(message, 0)], [])
    assert told(place, AT)["messages_raw"] == 1


def test_words_of_a_farm_count_for_less_and_are_on_the_screen_in_full() -> None:
    place = live()
    people = Crowd(place, 12, gap_s=1.2, device=1)
    alone = Phone(place, "alone", device=2)
    for number, phone in enumerate([*people.phones, alone], start=1):
        author = replace(phone.holder, member_id=number, may_chat=True)
        message = place.say(author, say(number), at=people.at + number)
        assert isinstance(message, Message)
        place.hear_stored([stored(message, number)])
    place.weigh_said()
    line = told(place, people.at + 20)
    assert (line["messages_raw"], line["messages"]) == (13, 12 // 2 + 1)
    assert line["messages_why"] == {"shared_device": 12}
    shown = [row for batch in place.flush(people.at) for row in lines(batch.public) if row["t"] == "chat"]
    assert [row["text"] for row in shown] == ["hello"] * 13
    place.hear_fact(fact(1, "rule_mode_changed", rule="live_weights", mode="off"))
    assert told(place, people.at + 21)["messages"] == 13


def test_a_message_of_an_earlier_life_that_comes_late_counts_in_full() -> None:
    place = live()
    place.hear_stored([said(1), said(2)])
    assert place.weigh_said() == []
    assert (told(place, AT)["messages_raw"], told(place, AT)["messages"]) == (2, 2)


def test_taps_beyond_a_hands_pace_are_left_out_and_none_count_after_the_end() -> None:
    place = live()
    taps = [place.react(VERA, at=AT + number * 0.01) for number in range(40)]
    assert sum(tap is not None for tap in taps) == 11
    assert told(place, AT + 1)["reactions_raw"] == 11
    place.hear_fact(fact(1, "show_ended", ended_at=0))
    assert place.react(VERA, at=AT + 60) is None


def test_memory_is_declared_before_anybody_comes() -> None:
    assert 2_000_000 < live().scales.memory_bytes < 20_000_000
