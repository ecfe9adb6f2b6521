"""The browser studio over real sockets: let in by a ticket, shown as any publisher is, and sent away with a word."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from pathlib import Path

import aiohttp
import pytest

from svoi.media.camera import Clip, publish
from svoi.media.flv_file import read_flv
from svoi.media.rtmp.client import PublishRefused
from svoi.media.studio import session as session_module
from svoi.media.studio.framing import HEAD, Kind, pack_frame
from tests.media.page import Refusal, aac, film, filming, page, pictures, ticket
from tests.media.pictures import clip, decode_faults, frames_in, sound_s
from tests.media.stage import Stage, stage

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def run_file(folder: Path, number: int = 1) -> str:
    return str(folder / "media" / "7" / f"run-{number:04d}.mp4")


# --- On air -----------------------------------------------------------------------------------------------------------


async def test_a_page_goes_on_air_is_watched_and_becomes_a_replay(tmp_path: Path) -> None:
    async with stage(tmp_path) as s, page(s) as told:
        assert await told.hello(ticket(7)) == {"t": "ready", "converts": True}
        filming = asyncio.create_task(film(told, seconds=3, sound="aac"))
        await s.until_segments(7, 2)
        shown = json.loads((await s.control("GET", "7/signal"))[1])
        assert (shown["state"], shown["audio_ok"], shown["warnings"]) == ("online", True, [])
        assert (shown["encoder"], shown["video"]["width"]) == ("browser studio", 160)
        await filming
        await told.socket.close()
        await s.until(lambda: s.web.told("offline"))
        online, offline = s.web.told("online"), s.web.told("offline")
        assert [each["show_id"] for each in online] == [7]
        assert online[0]["audio"] == {"codec": "mp4a.40.2", "rate": 44100, "channels": 1}
        assert [(each["session"], each["reason"]) for each in offline] == [(online[0]["session"], "closed")]
        replay = await s.replay_url(7)
        assert await decode_faults(replay) == ""
        assert await frames_in(replay) == 75


async def test_the_page_hears_how_it_comes_in_and_how_far_away_it_is(tmp_path: Path) -> None:
    async with stage(tmp_path) as s, filming(s) as (told, _):
        await told.socket.send_json({"t": "echo", "at": 12.5})
        assert await told.hear("echo") == {"t": "echo", "at": 12.5}
        while not (heard := await told.hear("signal"))["is_shown"]:
            pass
        assert (heard["warnings"], heard["restarts"]) == ([], 0)
        assert set(heard) == {"t", "is_shown", "bitrate_bps", "fps", "lag_ms", "warnings", "restarts"}


async def test_a_page_that_comes_back_goes_on_with_the_same_show(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        async with filming(s):
            await s.until_segments(7, 2)
        await s.until(lambda: s.web.told("offline"))
        before = (await s.playlist(7)).count("#EXTINF")
        async with filming(s):
            text = await s.until_segments(7, before + 2)
        assert text.count("#EXT-X-DISCONTINUITY\n") == 1
        moments = re.findall(r"DATE-TIME:(\S+)", text)
        assert moments == sorted(set(moments))
        assert len({each["session"] for each in s.web.told("online")}) == 2


async def test_a_page_takes_over_from_an_encoder_and_an_encoder_from_a_page(tmp_path: Path) -> None:
    film_of_obs = Clip(read_flv(clip()))
    async with stage(tmp_path, KEY=7) as s:
        encoder = asyncio.create_task(publish(film_of_obs, s.rtmp_url, "KEY"))
        await s.until_segments(7, 1)
        async with filming(s) as (told, _):
            with pytest.raises(PublishRefused) as replaced:
                await encoder
            assert replaced.value.sentence.startswith("The show is now published from another place.")
            again = asyncio.create_task(publish(film_of_obs, s.rtmp_url, "KEY"))
            assert (await told.refusal()).code == "replaced"
            again.cancel()
            await asyncio.gather(again, return_exceptions=True)


async def test_without_a_microphone_a_track_of_silence_keeps_the_recording_whole(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        async with filming(s, seconds=3, sound="none") as (_, done):
            await done
        await s.until(lambda: s.web.told("offline"))
        assert await decode_faults(run_file(tmp_path)) == ""
        assert 2.8 < await sound_s(run_file(tmp_path)) <= 3.1
        assert s.web.told("online")[0]["audio"] == {"codec": "mp4a.40.2", "rate": 48000, "channels": 1}


# --- The door ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
async def test_a_page_of_another_house_does_not_come_in(tmp_path: Path, origin: str) -> None:
    async with stage(tmp_path) as s:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            async with page(s, origin=origin):
                pass
        assert refused.value.status == 403


async def test_without_a_socket_the_address_says_what_it_speaks(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        url = f"http://127.0.0.1:{s.http_port}/studio/7"
        assert (await s.get(url))[0] == 403
        assert (await s.get(url, headers={"Origin": "http://127.0.0.1:8000"}))[0] == 426


FORGERIES = {
    "rubbish": lambda: "rubbish",
    "another show's": lambda: ticket(8),
    "the player's": lambda: ticket(7, purpose="playback"),
    "signed elsewhere": lambda: ticket(7, secret="6" * 64),
    "expired": lambda: ticket(7, expires_in_s=-1),
    "older than this process": lambda: ticket(7, expires_in_s=58),
    "of another shape": lambda: ticket("7"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_only_a_fresh_ticket_for_this_show_opens(tmp_path: Path, forgery: str) -> None:
    async with stage(tmp_path) as s, page(s) as told:
        with pytest.raises(Refusal) as refused:
            await told.hello(FORGERIES[forgery]())
        assert refused.value.code == "ticket"
        assert s.web.notices == []
        assert [path.name for path in (tmp_path / "media").iterdir()] == [".lock"]


async def test_a_ticket_opens_once(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        once = ticket(7)
        async with page(s) as told:
            await told.hello(once, "check")
        async with page(s) as told:
            with pytest.raises(Refusal) as refused:
                await told.hello(once)
        assert refused.value.code == "ticket"


async def test_the_ticket_never_stands_in_a_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with stage(tmp_path) as s:
        secret, spent = ticket(7), ticket(8)
        async with page(s) as told:
            await told.hello(secret)
        async with page(s) as told:
            with pytest.raises(Refusal):
                await told.hello(spent)
    assert "of show 7 refused: ticket()" in caplog.text
    assert secret not in caplog.text
    assert spent not in caplog.text


async def test_an_ended_show_takes_no_page(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        async with filming(s) as (told, _):
            await s.until_segments(7, 1)
            assert (await s.control("POST", "7/end"))[0] == 204
            assert (await told.refusal()).code == "show_ended"
        async with page(s) as told:
            with pytest.raises(Refusal) as refused:
                await told.hello(ticket(7))
            assert refused.value.code == "show_ended"


async def test_the_crew_sends_a_page_away(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        async with filming(s) as (told, _):
            await s.until_segments(7, 1)
            assert (await s.control("POST", "7/kick"))[0] == 204
            assert (await told.refusal()).code == "kicked"
        await s.until(lambda: s.web.told("offline"))
        assert [each["reason"] for each in s.web.told("offline")] == ["kicked"]


async def test_when_media_stops_the_page_hears_that_it_may_come_back(tmp_path: Path) -> None:
    async with stage(tmp_path) as s, filming(s) as (told, _):
        await s.until_segments(7, 1)
        assert s.process is not None
        ending = asyncio.create_task(s.process._studio.stop())
        assert (await told.refusal()).code == "stopping"
        await ending


# --- Hostile pages ----------------------------------------------------------------------------------------------------


async def refused_after(s: Stage, *messages: bytes | str, publishes: bool = True) -> str:
    async with page(s) as told:
        await told.hello(ticket(7), "publish" if publishes else "check")
        for message in messages:
            await (told.socket.send_str if isinstance(message, str) else told.socket.send_bytes)(message)
        return (await told.refusal()).code


async def test_hostile_frames_are_refused_with_a_plain_word(tmp_path: Path) -> None:
    config, frames = pictures()
    first = pack_frame(Kind.PICTURE, 100, frames[0][2], is_key=True)
    known = pack_frame(Kind.PICTURE_CONFIG, 0, config)
    cases: dict[str, list[list[bytes | str]]] = {
        "broken": [
            [b""],
            [HEAD.pack(1, 99, 0, 0, 0) + b"x"],
            [pack_frame(Kind.PICTURE_CONFIG, 0, b"rubbish rubbish")],
            [pack_frame(Kind.AAC_CONFIG, 0, b"\0")],
            [first],
            [known, first, pack_frame(Kind.PICTURE, 99, frames[1][2])],
            [known, first, pack_frame(Kind.PICTURE, 99_000, frames[1][2])],
            [known, pack_frame(Kind.PICTURE, 100, b"\0\0\0\xff\x65")],
            [pack_frame(Kind.OPUS, 0, b"sound without a configuration")],
            [pack_frame(Kind.AAC_CONFIG, 0, aac()[0]), pack_frame(Kind.OPUS, 0, b"another sound")],
            [pack_frame(Kind.LOAD, 0, b"load outside a check")],
            ["no JSON"],
            ['{"t": "echo", "at": "now"}'],
            ["[" * 5000],
        ],
        "ahead": [[known, first, pack_frame(Kind.PICTURE, 9_000, frames[1][2])]],
        "audio_codec": [[pack_frame(Kind.AAC_CONFIG, 0, bytes.fromhex("0990"))]],
    }
    async with stage(tmp_path) as s:
        for code, streams in cases.items():
            for messages in streams:
                assert (messages, await refused_after(s, *messages)) == (messages, code)
        count = sum(map(len, cases.values()))
        await s.until(lambda: len(s.web.told("offline")) == count)
        assert len(s.web.told("refused")) == count
        assert await refused_after(s, pack_frame(Kind.AAC, 0, b"x"), publishes=False) == "broken"
        assert (await s.get(f"http://127.0.0.1:{s.http_port}/healthz"))[0] == 200


async def test_a_message_too_long_closes_the_socket_and_harms_nobody(tmp_path: Path) -> None:
    async with stage(tmp_path) as s, filming(s, show_id=8) as (neighbour, _), page(s) as told:
        await told.hello(ticket(7))
        await told.socket.send_bytes(bytes(3 << 20))
        with pytest.raises((EOFError, ConnectionError)):
            await told.hear("nothing")
        assert told.socket.close_code == 1009
        while not (await neighbour.hear("signal"))["is_shown"]:
            pass


@pytest.mark.parametrize("first", [b"\1\2", "rubbish", '{"t": "hello"}'])
async def test_whoever_does_not_say_hello_first_is_sent_away(tmp_path: Path, first: bytes | str) -> None:
    async with stage(tmp_path) as s, page(s) as told:
        await (told.socket.send_bytes(first) if isinstance(first, bytes) else told.socket.send_str(first))
        assert (await told.refusal()).code == "broken"


async def test_a_silent_page_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_module, "HELLO_S", 0.2)
    monkeypatch.setattr(session_module, "IDLE_S", 0.5)
    async with stage(tmp_path) as s:
        async with page(s) as told:
            with pytest.raises(EOFError):
                await told.hear("nothing")
        async with page(s) as told:
            await told.hello(ticket(7))
            with pytest.raises(EOFError):
                await told.hear("nothing")
        await s.until(lambda: s.web.told("offline"))
        assert [each["reason"] for each in s.web.told("offline")] == ["silent"]


async def test_a_page_without_a_word_about_sound_hears_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svoi.media.probation.WAIT_MS", 800)
    async with stage(tmp_path) as s, filming(s, sound="") as (told, _):
        assert (await told.refusal()).code == "audio_missing"


async def test_where_nothing_converts_opus_is_refused_and_told_beforehand(tmp_path: Path) -> None:
    async with stage(tmp_path, converts_sound=False) as s:
        told_health = json.loads((await s.get(f"http://127.0.0.1:{s.http_port}/healthz"))[1])
        assert told_health["converts_sound"] is False
        async with page(s) as told:
            assert await told.hello(ticket(7), "check") == {"t": "ready", "converts": False}
        assert await refused_after(s, pack_frame(Kind.OPUS_CONFIG, 0, b"")) == "audio_unconverted"
        await s.until(lambda: s.web.told("refused"))
        assert [each["code"] for each in s.web.told("refused")] == ["audio_unconverted"]


async def test_a_check_measures_the_way_and_takes_no_show(tmp_path: Path) -> None:
    async with stage(tmp_path) as s, filming(s) as (told, _):
        await s.until_segments(7, 1)
        async with page(s) as checking:
            await checking.hello(ticket(7), "check")
            for _ in range(9):
                await checking.send(Kind.LOAD, 0, bytes(64 << 10))
            answers = [await checking.hear("took") for _ in range(9)]
        assert [answer["octets"] for answer in answers] == [number * (64 << 10) for number in range(9)]
        while not (await told.hear("signal"))["is_shown"]:
            pass
        assert s.web.told("offline") == []
