"""Clips cut from a recording: real frames in, a plain MP4 out, ffmpeg as the judge."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.media.clips.cutting import clip_path, made_before
from svoi.media.clips.samples import FragmentUnreadable, samples_in
from svoi.media.clips.stretch import BrokenOff, LengthUnfit, NotOnAir, segments_of
from svoi.media.hls.recording import Recording
from svoi.media.hls.timeline import Run, Segment, Timeline
from tests.media.pictures import FFMPEG, clip, decode_faults, frames_in, sound_s
from tests.media.stage import Stage, stage

FFPROBE = shutil.which("ffprobe") or ""
SECONDS = 9
EPOCH_MS = 1_700_000_000_000


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show of nine seconds with B-frames and a key frame every second, recorded once for all tests here."""
    folder = tmp_path_factory.mktemp("recorded")

    async def record() -> None:
        async with stage(folder, KEY=7) as s:
            source = clip(seconds=SECONDS, preset="veryfast", b_frames=2, key_every=25)
            publisher = await asyncio.create_subprocess_exec(
                FFMPEG, "-v", "error", "-re", "-i", str(source), "-c", "copy", "-f", "flv", f"{s.rtmp_url}/KEY"
            )
            assert await publisher.wait() == 0
            await s.until(lambda: s.web.told("offline"))
            await s.replay_url(7)

    asyncio.run(record())
    return folder


@pytest.fixture
def folder(recorded: Path, tmp_path: Path) -> Path:
    """A copy of it, so that clips of one test are not there in the next."""
    shutil.copytree(recorded / "media", tmp_path / "media")
    return tmp_path


def began_ms(folder: Path) -> int:
    timeline = Recording.load(folder / "media" / "7").timeline
    return timeline.epoch_ms + timeline.segments[0].wall_ms


async def ask(s: Stage, begin_ms: float, end_ms: float, *, show: int = 7, name: Any = None) -> tuple[int, Any]:
    wanted = {"begin_ms": round(begin_ms), "end_ms": round(end_ms)}
    status, body = await s.control("PUT", f"{show}/clips/{name or uuid4()}", json=wanted)
    return status, json.loads(body) if body.startswith(b"{") else body


async def probed(path: Path) -> dict[str, Any]:
    probe = await asyncio.create_subprocess_exec(
        FFPROBE,
        "-v",
        "error",
        "-show_format",
        "-show_streams",
        "-of",
        "json",
        str(path),
        stdout=asyncio.subprocess.PIPE,
    )
    told: dict[str, Any] = json.loads((await probe.communicate())[0])
    return told


async def test_a_clip_is_a_plain_movie_that_decodes_without_a_fault(folder: Path) -> None:
    begin, name = began_ms(folder), uuid4()
    async with stage(folder) as s:
        status, told = await ask(s, begin + 1500, begin + 6500, name=name)
    path = clip_path(folder / "media" / "7", name)
    assert status == 200
    # It begins with the first key frame within the stretch, and ends where it was asked to.
    assert (told["begin_ms"], told["end_ms"]) == (begin + 2000, begin + 6520)
    assert told["size_bytes"] == path.stat().st_size
    assert await decode_faults(str(path)) == ""
    assert await frames_in(str(path)) == 113
    assert 4.4 < await sound_s(str(path)) < 4.6
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.skipif(not FFPROBE, reason="ffprobe is not installed")
async def test_picture_and_sound_begin_together_and_its_length_is_known(folder: Path) -> None:
    begin, name = began_ms(folder), uuid4()
    async with stage(folder) as s:
        await ask(s, begin + 1000, begin + 6000, name=name)
    told = await probed(clip_path(folder / "media" / "7", name))
    video, audio = told["streams"]
    assert (video["codec_name"], audio["codec_name"], video["nb_frames"]) == ("h264", "aac", "125")
    assert 4.95 < float(told["format"]["duration"]) < 5.1
    assert float(video["start_time"]) == 0
    assert 0 <= float(audio["start_time"]) < 0.03


async def test_a_player_can_begin_anywhere_in_it(folder: Path) -> None:
    begin, name = began_ms(folder), uuid4()
    async with stage(folder) as s:
        await ask(s, begin, begin + 8000, name=name)
    decoder = await asyncio.create_subprocess_exec(
        FFMPEG, "-v", "error", "-ss", "5", "-i", str(clip_path(folder / "media" / "7", name)),
        "-frames:v", "1", "-f", "framemd5", "-", stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    told, faults = await decoder.communicate()
    assert faults == b""
    assert len(re.findall(rb"^0,", told, re.MULTILINE)) == 1


async def test_asked_again_by_its_name_it_is_the_same_file(folder: Path) -> None:
    begin, name = began_ms(folder), uuid4()
    async with stage(folder) as s:
        first = await ask(s, begin, begin + 5000, name=name)
        path = clip_path(folder / "media" / "7", name)
        made = path.stat().st_mtime_ns
        assert await ask(s, begin, begin + 5000, name=name) == first
        both = await asyncio.gather(*(ask(s, begin, begin + 5000, name=UUID(int=1)) for _ in range(2)))
    assert path.stat().st_mtime_ns == made
    assert both[0] == both[1] == first
    assert len(list(path.parent.iterdir())) == 2


async def test_what_a_crash_left_half_written_is_no_clip(folder: Path) -> None:
    begin, name = began_ms(folder), uuid4()
    path = clip_path(folder / "media" / "7", name)
    path.parent.mkdir()
    path.with_name(f".{name}.part").write_bytes(b"half" * 1_000_000)
    assert made_before(folder / "media" / "7", name) is None
    async with stage(folder) as s:
        assert (await ask(s, begin, begin + 5000, name=name))[0] == 200
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert await decode_faults(str(path)) == ""


async def test_what_the_recording_does_not_hold_is_refused(folder: Path) -> None:
    begin = began_ms(folder)
    async with stage(folder) as s:
        for since, until, code in (
            (-3_000, 2_000, "clip_not_on_air"),
            (5_000, 15_000, "clip_not_on_air"),
            (60_000, 70_000, "clip_not_on_air"),
            (2_000, 1_000, "clip_length_unfit"),
            (0, 91_000, "clip_length_unfit"),
        ):
            assert await ask(s, begin + since, begin + until) == (422, {"code": code})
        assert (await ask(s, begin, begin + 5000, show=8))[0] == 404
        for body in (b"no", b"[]", b'{"begin_ms": "x", "end_ms": 1}'):
            assert (await s.control("PUT", f"7/clips/{uuid4()}", data=body))[0] == 400
        assert (await s.control("PUT", f"7/clips/{uuid4()}", purpose="playback", json={}))[0] == 401
        assert (await s.control("PUT", "7/clips/../../../etc/passwd", json={}))[0] == 404
    assert not (folder / "media" / "7" / "clips").exists()


async def test_a_show_gives_twenty_files_and_no_more(folder: Path) -> None:
    begin, clips = began_ms(folder), folder / "media" / "7" / "clips"
    clips.mkdir()
    for number in range(20):
        (clips / f"{UUID(int=number)}.mp4").touch()
    async with stage(folder) as s:
        assert await ask(s, begin, begin + 5000) == (422, {"code": "clip_too_many"})
    assert len(list(clips.iterdir())) == 20


async def test_only_the_crew_watches_a_clip_and_can_seek_in_it(folder: Path) -> None:
    begin, name = began_ms(folder), uuid4()
    async with stage(folder) as s:
        await ask(s, begin, begin + 5000, name=name)
        whole = clip_path(folder / "media" / "7", name).read_bytes()
        crew = s.live_url(7, f"clips/{name}.mp4", crew=True)
        async with s.client.get(crew, headers={"Range": "bytes=100-199"}) as answer:
            told = (answer.status, answer.content_type, await answer.read())
        assert told == (206, "video/mp4", whole[100:200])
        assert await s.get(crew) == (200, whole)
        assert (await s.get(s.live_url(7, f"clips/{name}.mp4")))[0] == 404
        assert (await s.get(s.live_url(7, f"clips/{uuid4()}.mp4", crew=True)))[0] == 404
        assert (await s.get(crew.replace("/7/clips", "/8/clips")))[0] == 404


async def test_five_seconds_are_cut_at_once(folder: Path) -> None:
    begin = began_ms(folder)
    async with stage(folder) as s:
        at = time.perf_counter()
        assert (await ask(s, begin, begin + 5000))[0] == 200
        assert time.perf_counter() - at < 1


# The stretch, as values


def timeline(*pieces: tuple[int, int, int]) -> Timeline:
    """Segments as (run, start, duration) in milliseconds."""
    made = Timeline(EPOCH_MS)
    for number, (run, start, duration) in enumerate(pieces):
        made.segments.append(Segment(number, start, 0, Run(run, run, 4, ""), False, 0, duration, 1, [], True))
    return made


def starts(made: Timeline, begin: int, end: int) -> list[int]:
    return [one.start_ms for one in segments_of(made, EPOCH_MS + begin, EPOCH_MS + end)]


def test_a_stretch_begins_with_the_first_key_frame_within_it() -> None:
    made = timeline(*((1, 1000 * n, 1000) for n in range(20)))
    assert starts(made, 2000, 7000) == [2000, 3000, 4000, 5000, 6000]
    assert starts(made, 2001, 7001) == [3000, 4000, 5000, 6000, 7000]


def test_a_reconnect_within_a_stretch_is_refused_and_beside_it_is_not() -> None:
    made = timeline((1, 0, 4000), (1, 4000, 4000), (2, 8000, 4000), (2, 12_000, 4000))
    assert starts(made, 0, 8000) == [0, 4000]
    assert starts(made, 8000, 16_000) == [8000, 12_000]
    with pytest.raises(BrokenOff):
        starts(made, 4000, 9000)


def test_a_hole_a_gap_on_the_disk_and_a_far_key_frame_are_not_on_air() -> None:
    with pytest.raises(NotOnAir):
        starts(timeline((1, 0, 4000), (1, 6000, 4000)), 0, 10_000)
    lost = timeline((1, 0, 4000), (1, 4000, 4000))
    lost.segments[1].is_stored = False
    with pytest.raises(NotOnAir):
        starts(lost, 0, 8000)
    with pytest.raises(NotOnAir):
        starts(timeline((1, 0, 8000)), 1000, 6000)
    with pytest.raises(LengthUnfit):
        starts(lost, 5, 5)


@given(st.integers(0, 120_000), st.integers(1, 90_000))
def test_a_stretch_never_holds_what_was_before_it(begin: int, length: int) -> None:
    made = timeline(*((1, 2000 * n, 2000) for n in range(50)))
    try:
        found = starts(made, begin, begin + length)
    except NotOnAir:
        return
    assert found[0] >= begin
    assert found == list(range(found[0], found[-1] + 1, 2000))
    assert found[-1] < begin + length <= found[-1] + 2100


@given(st.binary(max_size=200))
def test_hostile_bytes_are_no_fragments(payload: bytes) -> None:
    try:
        assert list(samples_in(payload, base=0)) == []
    except FragmentUnreadable:
        return
