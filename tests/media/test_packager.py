"""Cutting frames into parts and segments, and placing timestamps in time."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.media.clock import RunClock, SoundClock, signed_gap_ms
from svoi.media.cmaf.boxes import walk
from svoi.media.cmaf.packager import PART_MS, Cut, Frame, Packager, PartCut, SegmentOpened


def cuts_of(moments: list[int], keys: set[int], *, sound: list[tuple[int, bytes]] = []) -> list[Cut]:  # noqa: B006
    packager = Packager(audio_rate_hz=48_000, audio_frame_samples=1024)
    found: list[Cut] = []
    waiting = list(sound)
    for at_ms in moments:
        while waiting and waiting[0][0] <= at_ms * 48:
            packager.audio(*waiting.pop(0))
        found += packager.video(Frame(at_ms, 0, at_ms in keys, b"frame"))
    for each in waiting:
        packager.audio(*each)
    return found + packager.finish()


def shape(cuts: list[Cut]) -> list[object]:
    return [cut.start_ms if isinstance(cut, SegmentOpened) else (cut.duration_ms, cut.is_independent) for cut in cuts]


def samples(part: PartCut, track: int) -> tuple[int, list[int]]:
    """Where the track's run begins, and how long each sample is."""
    for _, traf in [each for each in walk(dict(walk(part.payload))[b"moof"]) if each[0] == b"traf"]:
        boxes = dict(walk(traf))
        if struct.unpack_from(">I", boxes[b"tfhd"], 4) == (track,):
            (count,) = struct.unpack_from(">I", boxes[b"trun"], 4)
            lengths = [struct.unpack_from(">I", boxes[b"trun"], 12 + 16 * number)[0] for number in range(count)]
            return struct.unpack_from(">Q", boxes[b"tfdt"], 4)[0], lengths
    return 0, []


def test_a_second_of_25_frames_is_a_segment_of_five_parts() -> None:
    cuts = cuts_of(list(range(0, 2000, 40)), {0, 1000})
    second = [(240, True), (240, False), (240, False), (240, False), (40, False)]
    assert shape(cuts) == [0, *second, 1000, *second]


def test_a_long_interval_makes_a_long_segment_and_parts_keep_flowing() -> None:
    cuts = shape(cuts_of(list(range(0, 8000, 40)), {0, 4000}))
    assert [cut for cut in cuts if isinstance(cut, int)] == [0, 4000]
    assert all(cut[0] <= PART_MS for cut in cuts if isinstance(cut, tuple))


def test_key_frames_inside_a_segment_begin_an_independent_part() -> None:
    cuts = cuts_of(list(range(0, 1040, 40)), {0, 480, 960})
    assert shape(cuts) == [0, (240, True), (240, False), (240, True), (240, False), 960, (80, True)]


def test_a_late_frame_makes_no_part_longer_than_the_target() -> None:
    cuts = cuts_of([0, 40, 80, 120, 160, 330, 370], {0})
    assert shape(cuts) == [0, (160, True), (170, False), (80, False)]


@given(st.lists(st.integers(1, 240), min_size=1, max_size=60), st.integers(1, 9))
def test_nothing_is_lost_and_the_parts_follow_without_a_gap(steps: list[int], key_every: int) -> None:
    moments = [sum(steps[:number]) for number in range(len(steps) + 1)]
    cuts = cuts_of(moments, set(moments[::key_every]))
    parts = [cut for cut in cuts if isinstance(cut, PartCut)]
    assert all(part.duration_ms <= PART_MS for part in parts)
    at, lengths = 0, []
    for part in parts:
        begin, inside = samples(part, 1)
        assert begin == at * 90
        assert sum(inside) == part.duration_ms * 90
        at += part.duration_ms
        lengths += inside
    assert [length // 90 for length in lengths[:-1]] == steps
    assert at >= moments[-1]


def test_sound_goes_with_the_pictures_it_belongs_to() -> None:
    sound = [(number * 1024, b"aac") for number in range(24)]
    parts = [cut for cut in cuts_of(list(range(0, 480, 40)), {0}, sound=sound) if isinstance(cut, PartCut)]
    assert [samples(part, 2) for part in parts] == [(0, [1024] * 12), (12 * 1024, [1024] * 12)]


def test_a_hole_in_the_sound_is_bridged_inside_a_part() -> None:
    sound = [(0, b"aac"), (1024, b"aac"), (5000, b"aac")]
    part = next(cut for cut in cuts_of(list(range(0, 240, 40)), {0}, sound=sound) if isinstance(cut, PartCut))
    assert samples(part, 2) == (0, [1024, 3976, 1024])


@pytest.mark.parametrize(
    ("later", "earlier", "gap"), [(5, 0, 5), (0, 5, -5), (10, 0xFFFFFFF0, 26), (0xFFFFFFF0, 10, -26)]
)
def test_timestamps_wrap(later: int, earlier: int, gap: int) -> None:
    assert signed_gap_ms(later, earlier) == gap


def test_a_run_is_placed_and_its_lead_over_real_time_is_known() -> None:
    clock = RunClock(timestamp_ms=1000, base_ms=60_000, arrived_ms=5)
    assert clock.place(1500) == 60_500
    assert clock.ahead_ms(60_500, now_ms=105) == 400
    assert clock.ahead_ms(61_000, now_ms=1405) == -400


def test_a_run_must_wait_for_the_one_before_and_knows_its_lead() -> None:
    clock = RunClock(timestamp_ms=0, base_ms=60_000, arrived_ms=5)
    assert clock.not_before(60_250) == RunClock(timestamp_ms=0, base_ms=60_250, arrived_ms=5, lead_ms=250)
    assert clock.not_before(59_000) == clock


def test_a_run_found_to_be_in_the_future_goes_on_with_a_lead() -> None:
    clock = RunClock(timestamp_ms=1000, base_ms=60_000, arrived_ms=5)
    assert clock.ahead_ms(clock.place(3000), now_ms=1405) == 600
    moved = clock.moved(3000, 600)
    assert moved.place(3000) == clock.place(3000)
    assert (moved.ahead_ms(moved.place(3000), now_ms=1405), moved.lead_ms) == (0, 600)


def test_sound_is_counted_in_samples_and_put_right_when_it_drifts() -> None:
    clock = SoundClock(rate_hz=48_000, frame_samples=1024, begin_ms=0)
    assert [clock.place(at_ms) for at_ms in (0, 21, 43, 64)] == [0, 1024, 2048, 3072]
    assert clock.place(500) == 24_000
    assert clock.place(20) is None
    assert clock.place(521) == 25_024


def test_silence_fills_what_the_microphone_left_out() -> None:
    clock = SoundClock(rate_hz=48_000, frame_samples=1024, begin_ms=0)
    assert clock.place(0) == 0
    assert (clock.behind_ms(21), clock.behind_ms(1521)) == (0, 1500)
    places = clock.fill(1021)
    assert places == list(range(1024, 47_985 + 1, 1024))
    assert clock.fill(1021) == []
    assert clock.place(500) is None
    assert clock.place(1024) == places[-1] + 1024
