"""What cannot be shown is refused in plain words, and the web process learns the code; rubbish harms nobody else."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from svoi.media import hooks, probation
from svoi.media.camera import Clip, publish
from svoi.media.flv_file import AUDIO, VIDEO, Tag, read_flv
from svoi.media.refusals import STREAM_CODES, StreamRefused
from svoi.media.rtmp import session as session_module
from svoi.media.rtmp.client import PublishingClient, PublishRefused
from tests.media.pictures import clip
from tests.media.stage import Stage, stage


async def refusal_of(s: Stage, tags: list[Tag], key: str = "KEY") -> PublishRefused:
    film = Clip.__new__(Clip)
    film.beginning, film.lap = [tag for tag in tags if tag.is_config], [tag for tag in tags if not tag.is_config]
    film.length_ms = film.lap[-1].timestamp_ms + 40
    with pytest.raises(PublishRefused) as refused:
        await publish(film, s.rtmp_url, key)
    return refused.value


def speech(code: str) -> str:
    """The sentence for a code, from the class that carries it."""
    return next(kind.english for kind in StreamRefused.__subclasses__() if kind.code == code)


def hevc(tags: list[Tag]) -> list[Tag]:
    return [
        Tag(each.kind, each.timestamp_ms, b"\x90hvc1" + each.body[5:]) if each.kind == VIDEO else each for each in tags
    ]


def legacy_hevc(tags: list[Tag]) -> list[Tag]:
    return [
        Tag(each.kind, each.timestamp_ms, bytes([each.body[0] & 0xF0 | 12]) + each.body[1:])
        if each.kind == VIDEO
        else each
        for each in tags
    ]


def av1(tags: list[Tag]) -> list[Tag]:
    return [
        Tag(each.kind, each.timestamp_ms, b"\x90av01" + each.body[5:]) if each.kind == VIDEO else each for each in tags
    ]


def mp3(tags: list[Tag]) -> list[Tag]:
    return [Tag(each.kind, each.timestamp_ms, b"\x2f" + each.body[1:]) if each.kind == AUDIO else each for each in tags]


def hurried(tags: list[Tag]) -> list[Tag]:
    return [Tag(each.kind, each.timestamp_ms * 20, each.body) for each in tags]


async def test_every_refusal_of_a_stream_is_worded_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probation, "WAIT_MS", 1000)
    plain = read_flv(clip(seconds=2))
    cases = {
        "video_codec": [hevc(plain), legacy_hevc(plain), av1(plain)],
        "audio_codec": [mp3(plain)],
        "audio_missing": [read_flv(clip(sound=""))],
        "video_missing": [[tag for tag in plain if tag.kind == AUDIO]],
        "video_profile": [read_flv(clip(seconds=1, pixels="yuv444p"))],
        "broken": [[Tag(VIDEO, 0, b"\x17\0\0\0\0rubbish rubbish"), *plain]],
    }
    async with stage(tmp_path, KEY=7) as s:
        expected = [code for code, streams in cases.items() for _ in streams]
        for code, streams in cases.items():
            for tags in streams:
                refusal = await refusal_of(s, tags)
                assert refusal.code == "NetStream.Publish.Rejected"
                assert refusal.sentence.startswith(speech(code) + " — ")
        await s.until(lambda: len(s.web.told("offline")) == len(expected))
        assert [each["code"] for each in s.web.told("refused")] == expected
        assert s.web.told("online") == []
        assert set(cases) < STREAM_CODES


async def test_rare_key_frames_are_refused_before_anybody_sees_the_show(tmp_path: Path) -> None:
    async with stage(tmp_path, KEY=7, FOUR=8) as s:
        four = asyncio.create_task(publish(Clip(read_flv(clip(seconds=8, key_every=100))), s.rtmp_url, "FOUR"))
        refusal = await refusal_of(s, read_flv(clip(seconds=6, key_every=250)))
        assert refusal.sentence.startswith("Key frames are too far apart.")
        await s.until(lambda: s.web.told("offline"))
        assert [each["code"] for each in s.web.told("refused")] == ["key_interval"]
        assert (await s.get(s.live_url(7)))[0] == 404
        # The longest interval we accept is shown, with the same target and flowing parts.
        text = await s.until_segments(8, 1)
        assert "#EXT-X-TARGETDURATION:4\n" in text
        assert "#EXTINF:4.000,\n" in text
        assert text.count("#EXT-X-PART:") >= 17
        four.cancel()
        await asyncio.gather(four, return_exceptions=True)


@pytest.mark.parametrize("steady_ms", [probation.STEADY_MS, 0], ids=["before it is shown", "after it was shown"])
async def test_a_publisher_ahead_of_real_time_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steady_ms: int
) -> None:
    """Each of its key frames moves the clock a little; that has an end, and the host is told why."""
    monkeypatch.setattr(probation, "STEADY_MS", steady_ms)
    async with stage(tmp_path, KEY=7) as s:
        client = PublishingClient()
        await client.open(s.rtmp_url, "KEY")
        with pytest.raises(PublishRefused) as refused:
            for lap in range(100):
                for tag in read_flv(clip()):
                    if tag.kind in (AUDIO, VIDEO):
                        await client.send(tag.kind, lap * 3000 + tag.timestamp_ms, tag.body)
        assert refused.value.sentence.startswith("The stream runs ahead of real time.")
        await client.close()
        await s.until(lambda: s.web.told("refused"))
        assert s.web.told("refused")[0]["code"] == "ahead"


async def test_a_flood_of_bytes_is_cut(tmp_path: Path) -> None:
    async with stage(tmp_path, KEY=7) as s:
        client = PublishingClient()
        await client.open(s.rtmp_url, "KEY")
        for tag in [tag for tag in read_flv(clip()) if tag.is_config]:
            await client.send(tag.kind, 0, tag.body)
        with pytest.raises((PublishRefused, ConnectionError)):
            for _ in range(100):
                await client.send(VIDEO, 0, b"\x27\x01\0\0\0" + bytes(1 << 20))
        await client.close()
        await s.until(lambda: s.web.told("refused"))
        assert [each["code"] for each in s.web.told("refused")] == ["bitrate"]


async def test_when_web_is_away_the_host_is_asked_to_try_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "AUTH_S", 0.5)
    async with stage(tmp_path, KEY=7) as s:
        s.web.is_away = True
        refusal = await refusal_of(s, read_flv(clip()))
        assert refusal.code == "NetStream.Publish.BadName"
        assert refusal.sentence.startswith("The key could not be checked right now.")


async def test_notices_wait_for_web_and_arrive_in_order(tmp_path: Path) -> None:
    async with stage(tmp_path, KEY=7) as s:
        showing = asyncio.create_task(publish(Clip(read_flv(clip(seconds=1))), s.rtmp_url, "KEY", laps=1))
        await s.until(lambda: s.web.asked)
        s.web.is_away = True
        await showing
        await s.until(lambda: len(s.process.notices) == 2)
        s.web.is_away = False
        await s.until(lambda: len(s.web.notices) == 2)
        assert [name for name, _ in s.web.notices] == ["online", "offline"]


async def test_rubbish_closes_its_own_connection_only(tmp_path: Path) -> None:
    async with stage(tmp_path, KEY=7) as s:
        good = asyncio.create_task(publish(Clip(read_flv(clip())), s.rtmp_url, "KEY"))
        await s.until_segments(7, 1)
        rubbish = [
            b"GET / HTTP/1.1\r\n\r\n",
            b"\x03" + os.urandom(3072) + os.urandom(5000),
            b"\x03" + os.urandom(3072) + b"\x03" + bytes(3) + b"\xff\xff\xff\x14" + bytes(4),
            b"\x03" + os.urandom(3072) + b"\x03" + bytes(6) + b"\x14" + bytes(4),
        ]
        for raw in rubbish:
            reader, writer = await asyncio.open_connection("127.0.0.1", s.rtmp_port)
            writer.write(raw)
            writer.write_eof()
            async with asyncio.timeout(5):
                assert len(await reader.read()) <= 3073
            writer.close()
        before = (await s.playlist(7)).count("#EXTINF")
        await s.until_segments(7, before + 1)
        assert s.web.told("offline") == []
        good.cancel()
        await asyncio.gather(good, return_exceptions=True)


async def test_whoever_says_nothing_is_sent_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_module, "GREETING_S", 0.2)
    monkeypatch.setattr(session_module, "IDLE_S", 1.0)
    async with stage(tmp_path, KEY=7) as s:
        reader, writer = await asyncio.open_connection("127.0.0.1", s.rtmp_port)
        async with asyncio.timeout(5):
            assert await reader.read() == b""
        writer.close()
        client = PublishingClient()
        monkeypatch.setattr(session_module, "GREETING_S", 5)
        await client.open(s.rtmp_url, "KEY")
        await s.until(lambda: s.web.told("offline"))
        assert s.web.told("offline")[0]["reason"] == "silent"
        await client.close()


@pytest.mark.parametrize(("path", "sentence"), [("/stream", "The server address must end with /live"), ("/live", "")])
async def test_the_address_is_explained(tmp_path: Path, path: str, sentence: str) -> None:
    async with stage(tmp_path, KEY=7) as s:
        client = PublishingClient()
        with pytest.raises(PublishRefused) as refused:
            await client.open(f"rtmp://127.0.0.1:{s.rtmp_port}{path}", "" if path == "/live" else "KEY")
        assert refused.value.sentence.startswith(sentence or "This stream key opens no show.")
        await client.close()
        assert s.web.asked == []


def test_every_refusal_has_a_code_of_its_own_and_words_in_two_languages() -> None:
    kinds = StreamRefused.__subclasses__()
    assert len({kind.code for kind in kinds}) == len(kinds)
    assert {kind.code for kind in kinds} > STREAM_CODES
    assert all(kind.english.isascii() and kind.russian != StreamRefused.russian for kind in kinds)
