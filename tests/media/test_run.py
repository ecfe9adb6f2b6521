"""A run fed by hand: what the timeline, the wall clock and the recording make of a publisher's timestamps."""

from __future__ import annotations

from pathlib import Path

import pytest

from svoi.media.clock import RunClock
from svoi.media.cmaf.aac import AudioConfig
from svoi.media.flv import AudioPacket, Kind, VideoPacket
from svoi.media.hls.recording import Recording
from svoi.media.refusals import KeyFramesTooRare, RunsAhead
from svoi.media.run import LiveRun, TimeBroken
from svoi.media.show import Show
from svoi.media.signal import SignalMeter

KEY, DELTA = VideoPacket(Kind.FRAME, b"key", is_key=True), VideoPacket(Kind.FRAME, b"delta")
AUDIO = AudioConfig(b"\x11\x90", "mp4a.40.2", 48_000, 2, 1024)
SOUND = AudioPacket(Kind.FRAME, b"aac")


@pytest.fixture
async def show(tmp_path: Path) -> Show:
    recording = Recording.create(tmp_path / "1", epoch_ms=0)
    recording.begin_run(b"INIT", session="s")
    return Show(1, recording)


def run_of(show: Show, *, base_ms: int = 0, lead_ms: int = 0) -> LiveRun:
    clock = RunClock(timestamp_ms=0, base_ms=base_ms, arrived_ms=0, lead_ms=lead_ms)
    return LiveRun(show, clock, AUDIO, SignalMeter(now_ms=0))


def feed(run: LiveRun, *, count: int, delay_ms: int = 30, key_every: int = 25) -> None:
    for number in range(count):
        at_ms = number * 40
        run.video(at_ms, DELTA if number % key_every else KEY, now_ms=at_ms + delay_ms)


async def test_a_run_is_placed_at_its_base_and_tells_the_wall_clock(show: Show) -> None:
    run = run_of(show, base_ms=5000, lead_ms=700)
    feed(run, count=50)
    run.finish()
    assert [(each.start_ms, each.wall_ms, each.duration_ms) for each in show.timeline.segments] == [
        (5000, 4300, 1000), (6000, 5300, 1000),
    ]  # fmt: skip


async def test_timestamps_that_stand_still_are_moved_on_by_a_millisecond(show: Show) -> None:
    run = run_of(show)
    for now_ms in range(0, 100, 10):
        run.video(0, KEY if now_ms == 0 else DELTA, now_ms=now_ms)
    run.finish()
    assert show.timeline.end_ms == 10


@pytest.mark.parametrize("jump_ms", [2041, -1100])
async def test_a_jump_breaks_the_run(show: Show, jump_ms: int) -> None:
    run = run_of(show)
    feed(run, count=50)
    with pytest.raises(TimeBroken) as broken:
        run.video(49 * 40 + jump_ms, DELTA, now_ms=2000)
    assert broken.value.clock is None


async def test_drifting_into_the_future_breaks_the_run_at_a_key_frame(show: Show) -> None:
    run = run_of(show)
    feed(run, count=24)
    run.video(960, DELTA, now_ms=360)
    with pytest.raises(TimeBroken) as broken:
        run.video(1000, KEY, now_ms=400)
    assert broken.value.clock == RunClock(timestamp_ms=1000, base_ms=1000, arrived_ms=400, lead_ms=600)


async def test_sound_that_leads_does_not_break_a_run(show: Show) -> None:
    run = run_of(show)
    for number in range(50):
        run.audio(number * 40 + 900, SOUND, now_ms=number * 40)
        run.video(number * 40, DELTA if number % 25 else KEY, now_ms=number * 40)
    run.finish()
    assert show.timeline.end_ms == 2000


async def test_far_ahead_or_without_key_frames_a_publisher_is_cut(show: Show) -> None:
    run = run_of(show)
    feed(run, count=1)
    with pytest.raises(RunsAhead):
        run.audio(5001, SOUND, now_ms=0)
    with pytest.raises(KeyFramesTooRare):
        feed(run_of(show), count=200, key_every=200)
