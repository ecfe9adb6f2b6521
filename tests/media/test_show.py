"""A show from first frame to replay, over real sockets: publishers of our own and ffmpeg, its decoder as the judge."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from svoi.media.camera import Clip, publish
from svoi.media.flv_file import VIDEO, read_flv
from svoi.media.rtmp.client import PublishingClient, PublishRefused
from tests.media.pictures import FFMPEG, clip, decode_faults, frames_in, sound_s
from tests.media.stage import ORIGIN, Stage, stage

B_FRAMES = {"preset": "veryfast", "b_frames": 2, "key_every": 25}


@asynccontextmanager
async def publishing(stage: Stage, key: str, path: Path, *, laps: int | None = None):
    """Our own publisher at work; the task is cancelled at the end if it is still going."""
    task = asyncio.create_task(publish(Clip(read_flv(path)), stage.rtmp_url, key, laps=laps))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def send_live(client: PublishingClient, path: Path, begin_ms: int) -> None:
    """One lap of a clip in real time, its timestamps counted from `begin_ms`."""
    clock = asyncio.get_running_loop().time
    began = clock()
    for tag in read_flv(path):
        await asyncio.sleep(max(0, began + tag.timestamp_ms / 1000 - clock()))
        await client.send(tag.kind, begin_ms + tag.timestamp_ms, tag.body)


async def test_a_show_goes_on_air_is_watched_and_becomes_a_replay(tmp_path: Path) -> None:
    async with stage(tmp_path, KEY=7) as s:
        async with publishing(s, "KEY", clip(), laps=1) as done:
            live = await s.until_segments(7, 2)
            assert live.count("#EXT-X-MAP") == 1
            signal = json.loads((await s.control("GET", "7/signal"))[1])
            assert (signal["state"], signal["audio_ok"], signal["warnings"]) == ("online", True, [])
            assert signal["video"] == {"codec": "avc1.42c00c", "width": 160, "height": 284}
            await done
        await s.until(lambda: s.web.told("offline"))
        online, offline = s.web.told("online"), s.web.told("offline")
        assert [(each["show_id"], each["session"]) for each in online] == [(7, "session-1")]
        assert online[0]["audio"] == {"codec": "mp4a.40.2", "rate": 44100, "channels": 1}
        assert [(each["session"], each["reason"]) for each in offline] == [("session-1", "closed")]
        replay = await s.replay_url(7)
        assert (await s.playlist(7)).endswith("#EXT-X-ENDLIST\n")
        assert await decode_faults(replay) == ""
        assert await frames_in(replay) == 75
        assert await decode_faults(str(tmp_path / "media" / "7" / "run-0001.mp4")) == ""


async def test_ffmpeg_publishes_with_b_frames_and_nothing_is_lost(tmp_path: Path) -> None:
    async with stage(tmp_path, KEY=7) as s:
        source = clip(**B_FRAMES)
        publisher = await asyncio.create_subprocess_exec(
            FFMPEG, "-v", "error", "-re", "-i", str(source), "-c", "copy", "-f", "flv", f"{s.rtmp_url}/KEY"
        )
        assert await publisher.wait() == 0
        await s.until(lambda: s.web.told("offline"))
        assert await decode_faults(await s.replay_url(7)) == ""
        assert await frames_in(str(tmp_path / "media" / "7" / "run-0001.mp4")) == 75


async def test_a_wrong_key_is_refused_before_publishing(tmp_path: Path) -> None:
    async with stage(tmp_path, KEY=7) as s:
        with pytest.raises(PublishRefused) as refused:
            await publish(Clip(read_flv(clip())), s.rtmp_url, "GUESS")
        assert refused.value.code == "NetStream.Publish.BadName"
        assert refused.value.sentence == "This key opens nothing. — Этот ключ ничего не открывает."
        assert s.web.notices == []
        assert [path.name for path in (tmp_path / "media").iterdir()] == [".lock"]


async def test_two_shows_share_one_port(tmp_path: Path) -> None:
    async with stage(tmp_path, ONE=1, TWO=2) as s:
        async with publishing(s, "ONE", clip()), publishing(s, "TWO", clip(size="284x160")):
            await asyncio.gather(s.until_segments(1, 2), s.until_segments(2, 2))
        await s.until(lambda: len(s.web.told("offline")) == 2)
        sizes = {each["show_id"]: each["video"]["width"] for each in s.web.told("online")}
        assert sizes == {1: 160, 2: 284}
        assert await decode_faults(await s.replay_url(1), await s.replay_url(2)) == ""


async def test_a_publisher_who_drops_and_returns_with_other_settings_goes_on(tmp_path: Path) -> None:
    async with stage(tmp_path, KEY=7) as s:
        async with publishing(s, "KEY", clip()) as first:
            await s.until_segments(7, 2)
            first.cancel()
        await s.until(lambda: s.web.told("offline"))
        before = (await s.playlist(7)).count("#EXTINF")
        async with publishing(s, "KEY", clip(size="284x160")):
            text = await s.until_segments(7, before + 2)
        await s.until(lambda: len(s.web.told("offline")) == 2)
        assert [line for line in text.split("\n") if line.startswith(("#EXT-X-MAP", "#EXT-X-DISC"))] == [
            '#EXT-X-MAP:URI="init-1.mp4"', "#EXT-X-DISCONTINUITY", '#EXT-X-MAP:URI="init-2.mp4"'
        ]  # fmt: skip
        assert [each["session"] for each in s.web.told("online")] == ["session-1", "session-2"]
        moments = re.findall(r"DATE-TIME:(\S+)", text)
        assert moments == sorted(set(moments))
        assert await decode_faults(*(str(tmp_path / "media" / "7" / f"run-000{run}.mp4") for run in (1, 2))) == ""


async def test_when_the_microphone_falls_silent_the_picture_goes_on(tmp_path: Path) -> None:
    film = Clip(read_flv(clip(seconds=5)))
    film.lap = [tag for tag in film.lap if tag.kind == VIDEO or tag.timestamp_ms < 800]
    async with stage(tmp_path, KEY=7) as s:
        showing = asyncio.create_task(publish(film, s.rtmp_url, "KEY", laps=1))
        await s.until_segments(7, 4)
        assert json.loads((await s.control("GET", "7/signal"))[1])["warnings"] == ["no_sound"]
        await showing
        run = str(tmp_path / "media" / "7" / "run-0001.mp4")
        assert await decode_faults(run) == ""
        assert 4.5 < await sound_s(run) < 5.0


async def test_when_the_timestamps_jump_the_show_goes_on_after_a_break(tmp_path: Path) -> None:
    async with stage(tmp_path, KEY=7) as s:
        client = PublishingClient()
        await client.open(s.rtmp_url, "KEY")
        for begin_ms in (3_600_000, 0):
            await send_live(client, clip(seconds=2), begin_ms)
        await client.close()
        await s.until(lambda: s.web.told("offline"))
        replay = await s.replay_url(7)
        text = await s.playlist(7)
        assert text.count("#EXT-X-DISCONTINUITY\n") == text.count("#EXT-X-MAP") == 1
        assert await decode_faults(replay) == ""
        assert await frames_in(replay) == 100
        assert len(s.web.told("online")) == 1


async def test_the_newest_publisher_takes_over_at_once(tmp_path: Path) -> None:
    async with stage(tmp_path, KEY=7) as s:
        async with publishing(s, "KEY", clip()) as first:
            await s.until_segments(7, 1)
            async with publishing(s, "KEY", clip()):
                await asyncio.wait([first], timeout=10)
                refusal = first.exception()
                assert isinstance(refusal, PublishRefused)
                assert refusal.sentence.startswith("The show is now published from another place. — ")
                await s.until_segments(7, 3)
        await s.until(lambda: len(s.web.told("offline")) == 2)
        assert s.web.told("offline")[0]["reason"] == "replaced"
        assert await decode_faults(await s.replay_url(7)) == ""


async def test_the_producer_kicks_and_ends(tmp_path: Path) -> None:
    async with stage(tmp_path, KEY=7) as s:
        async with publishing(s, "KEY", clip()) as first:
            await s.until_segments(7, 1)
            assert await s.control("POST", "7/kick") == (204, b"")
            await asyncio.wait([first], timeout=10)
        async with publishing(s, "KEY", clip()) as second:
            await s.until(lambda: len(s.web.told("online")) == 2)
            assert await s.control("POST", "7/end") == (204, b"")
            assert (await s.playlist(7)).endswith("#EXT-X-ENDLIST\n")
            await asyncio.wait([second], timeout=10)
        with pytest.raises(PublishRefused) as refused:
            await publish(Clip(read_flv(clip())), s.rtmp_url, "KEY")
        assert refused.value.sentence.startswith("This show has ended.")
        await s.until(lambda: len(s.web.told("offline")) == 3)
        assert [each["reason"] for each in s.web.told("offline")] == ["kicked", "show_ended", "show_ended"]
        assert (await s.control("POST", "99/end"))[0] == 204
        assert await decode_faults(s.live_url(7)) == ""


async def test_blocking_reload_hints_and_deltas(tmp_path: Path) -> None:
    async with stage(tmp_path, KEY=7) as s, publishing(s, "KEY", clip()):
        await s.until_segments(7, 1)
        text = await s.playlist(7, _HLS_msn=2, _HLS_part=1, _HLS_skip="YES")
        assert 'URI="s2.1.m4s"' in text
        hinted = re.findall(r'PRELOAD-HINT:TYPE=PART,URI="(.+?)"', text)[0]
        status, payload = await s.get(s.live_url(7, hinted))
        assert (status, payload[4:8]) == (200, b"moof")
        assert (await s.get(s.live_url(7), params={"_HLS_msn": "900"}))[0] == 400
        assert (await s.get(s.live_url(7), params={"_HLS_msn": "x"}))[0] == 400
        whole = (await s.get(s.live_url(7, "s0.m4s")))[1]
        parts = [(await s.get(s.live_url(7, f"s0.{number}.m4s")))[1] for number in range(2)]
        assert whole.startswith(b"".join(parts))
        assert {(await s.get(s.live_url(7, name)))[0] for name in ("s999.m4s", "s0.99.m4s", "init-9.mp4", "x.mp4")} == {
            404
        }


async def test_only_the_right_token_opens_a_show(tmp_path: Path) -> None:
    async with stage(tmp_path, KEY=7) as s, publishing(s, "KEY", clip()):
        await s.until_segments(7, 1)
        base = f"http://127.0.0.1:{s.http_port}/live"
        wrong = [
            f"{base}/forged/7/index.m3u8",
            s.live_url(8).replace("/8/", "/7/"),
            s.live_url(8),
            s.live_url(7, "signal.json"),
        ]
        assert [(await s.get(url))[0] for url in wrong] == [404] * 4
        assert (await s.get(s.live_url(7, "signal.json", crew=True)))[0] == 200
        assert (await s.control("POST", "7/end", purpose="playback"))[0] == 401
        async with s.client.get(s.live_url(7), headers={"Origin": ORIGIN}) as answer:
            assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
        async with s.client.get(s.live_url(7), headers={"Origin": "http://elsewhere.example"}) as answer:
            assert "Access-Control-Allow-Origin" not in answer.headers
        status, body = await s.get(f"http://127.0.0.1:{s.http_port}/healthz")
        assert (status, json.loads(body)["ok"], json.loads(body)["shows"]) == (200, True, 1)


async def test_a_long_playlist_is_compressed_for_those_who_can(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        show = await s.process.shows.open(7)
        show.recording.begin_run(b"INIT", session="long")
        for second in range(300):
            show.recording.open_segment(second * 1000)
            show.recording.add_part(_part())
        show.recording.close_segment()
        async with s.client.get(s.live_url(7), auto_decompress=False, headers={"Accept-Encoding": "gzip"}) as answer:
            packed = await answer.read()
            assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed).decode() == await s.playlist(7)
        assert await s.get(s.live_url(7, "s3.m4s")) == (200, b"payload")
        assert await s.get(s.live_url(7, "s3.0.m4s")) == (404, b"404: Not Found")


def _part():
    from svoi.media.hls.timeline import Part

    return Part(1000, True, b"payload")
