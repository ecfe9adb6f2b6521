"""Holding a publisher back until it is sure what it is, and when exactly it began."""

from __future__ import annotations

import pytest

from svoi.media.clock import RunClock
from svoi.media.flv import AudioPacket, Kind, VideoPacket
from svoi.media.probation import BACKLOG_MS_MAX, WAIT_MS, Probation
from svoi.media.refusals import AudioMissing, KeyFramesTooRare, RunsAhead, VideoMissing

KEY, DELTA = VideoPacket(Kind.FRAME, b"key", is_key=True), VideoPacket(Kind.FRAME, b"delta")
SOUND = AudioPacket(Kind.FRAME, b"aac")


def proven_at(
    probation: Probation, *, every_ms: int = 40, key_every: int = 25, count: int = 60, delay_ms: int = 30
) -> int | None:
    """Feed frames in real time; the timestamp at which the stream had proven itself."""
    for number in range(count):
        at_ms = number * every_ms
        if probation.video(at_ms, DELTA if number % key_every else KEY, now_ms=at_ms + delay_ms):
            return at_ms
    return None


def test_the_second_key_frame_proves_a_stream() -> None:
    probation = Probation(now_ms=0)
    assert proven_at(probation) == 1000
    assert len(probation.held) == 26


def test_whoever_was_shown_before_needs_one_key_frame() -> None:
    assert proven_at(Probation(now_ms=0, is_trusted=True)) == 0


def test_frames_before_the_first_key_frame_are_dropped() -> None:
    probation = Probation(now_ms=0)
    assert not probation.video(0, DELTA, now_ms=0)
    probation.audio(0, SOUND, now_ms=0)
    probation.video(40, KEY, now_ms=40)
    probation.audio(40, SOUND, now_ms=41)
    assert (probation.dropped, [held.timestamp_ms for held in probation.held]) == (1, [40, 40])


def test_a_jump_of_the_timestamps_begins_anew() -> None:
    probation = Probation(now_ms=0)
    probation.video(0, KEY, now_ms=0)
    probation.video(90_000, DELTA, now_ms=40)
    probation.video(90_040, KEY, now_ms=80)
    assert [held.timestamp_ms for held in probation.held] == [90_040]


def test_rare_key_frames_are_noticed() -> None:
    with pytest.raises(KeyFramesTooRare):
        proven_at(Probation(now_ms=0), key_every=250, count=250)


@pytest.mark.parametrize(
    ("has_frames", "has_audio_config", "missing"),
    [
        (False, True, VideoMissing),
        (False, False, VideoMissing),
        (True, False, AudioMissing),
        (True, True, KeyFramesTooRare),
    ],
)
def test_after_the_waiting_time_it_is_said_what_is_missing(
    has_frames: bool, has_audio_config: bool, missing: type[Exception]
) -> None:
    probation = Probation(now_ms=0)
    if has_frames:
        probation.video(0, DELTA, now_ms=0)
    probation.tick(now_ms=WAIT_MS, has_audio_config=has_audio_config)
    with pytest.raises(missing):
        probation.tick(now_ms=WAIT_MS + 1, has_audio_config=has_audio_config)


def test_a_backlog_is_let_in_before_the_clock_is_set() -> None:
    """1.5 seconds filmed before the connection stood come within 200 ms; from then on frames come in real time."""
    probation = Probation(now_ms=0)
    for number in range(100):
        at_ms = number * 40
        if probation.video(at_ms, DELTA if number % 25 else KEY, now_ms=max(at_ms + 20, 1500 + number * 5)):
            break
    assert 1900 <= at_ms <= 2200
    clock = probation.clock(now_ms=at_ms + 20, wall_ms=50_000 + at_ms + 20)
    assert (clock.base_ms, clock.lead_ms) == (50_020, 0)


def test_a_backlog_is_not_waited_for_without_end() -> None:
    """A stream that always gains on the clock is taken when the limit is over."""
    probation = Probation(now_ms=0)
    for number in range(1000):
        now_ms = number * 30
        if probation.video(number * 40, DELTA if number % 25 else KEY, now_ms=now_ms):
            break
    assert BACKLOG_MS_MAX < now_ms < BACKLOG_MS_MAX + 100


def test_a_stream_far_ahead_is_refused_before_it_is_shown() -> None:
    probation = Probation(now_ms=0)
    with pytest.raises(RunsAhead):
        for number in range(1000):
            probation.video(number * 40, DELTA if number % 25 else KEY, now_ms=number)


def test_the_clock_is_set_by_pictures_only() -> None:
    probation = Probation(now_ms=0)
    probation.video(700, KEY, now_ms=10)
    probation.audio(1700, SOUND, now_ms=12)
    assert probation.clock(now_ms=60, wall_ms=5000) == RunClock(timestamp_ms=700, base_ms=4950, arrived_ms=10)
