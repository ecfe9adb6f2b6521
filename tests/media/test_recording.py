"""The recording: what a crash at any byte leaves is what viewers had seen."""

from __future__ import annotations

import asyncio
import errno
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svoi.media.hls import recording as recording_module
from svoi.media.hls.journal import Journal, read_journal
from svoi.media.hls.playlist import PlaylistWriter
from svoi.media.hls.reader import SegmentReader
from svoi.media.hls.recording import Recording, run_path
from svoi.media.hls.restore import RecordingUnreadable, restore_timeline
from svoi.media.hls.timeline import Part, Timeline
from svoi.media.shows import Shows

EPOCH_MS = 1_700_000_000_000


def record(folder: Path, *, segments: int, torn_parts: int = 0) -> Recording:
    recording = Recording.create(folder, epoch_ms=EPOCH_MS)
    recording.begin_run(b"INIT", session="first")
    for second in range(segments):
        recording.open_segment(second * 1000)
        for number in range(4):
            recording.add_part(Part(250, number == 0, b"%d.%d;" % (second, number)))
    recording.close_segment()
    if torn_parts:
        recording.open_segment(segments * 1000)
        for number in range(torn_parts):
            recording.add_part(Part(250, number == 0, b"torn;"))
    return recording


def facts(timeline: Timeline) -> list[tuple[int, ...]]:
    return [(each.number, each.start_ms, each.offset, each.length, each.duration_ms) for each in timeline.segments]


def test_the_run_file_is_the_init_and_all_parts_in_order(tmp_path: Path) -> None:
    record(tmp_path, segments=2).close()
    assert run_path(tmp_path, 1).read_bytes() == b"INIT0.0;0.1;0.2;0.3;1.0;1.1;1.2;1.3;"


def test_after_a_crash_everything_shown_is_there(tmp_path: Path) -> None:
    before = record(tmp_path, segments=2, torn_parts=3)
    after = Recording.load(tmp_path)
    assert facts(after.timeline) == [*facts(before.timeline), (2, 2000, 36, 15, 750)]
    assert after.inits == {1: b"INIT"}
    assert (after.timeline.epoch_ms, after.timeline.runs) == (EPOCH_MS, before.timeline.runs)


def test_the_next_run_follows_with_a_break_and_survives_another_crash(tmp_path: Path) -> None:
    record(tmp_path, segments=1, torn_parts=1)
    second = Recording.load(tmp_path)
    assert second.begin_run(b"INIT", session="second").init == 1
    second.open_segment(9000)
    second.add_part(Part(250, True, b"later;"))
    second.close_segment()
    third = Recording.load(tmp_path)
    assert facts(third.timeline) == facts(second.timeline)
    assert [each.follows_break for each in third.timeline.segments] == [False, False, True]
    assert PlaylistWriter(third.timeline).render(may_skip=False).count("#EXT-X-MAP") == 1


def test_other_settings_get_their_own_init(tmp_path: Path) -> None:
    recording = record(tmp_path, segments=1)
    assert recording.begin_run(b"OTHER", session="second").init == 2
    recording.close()
    assert Recording.load(tmp_path).inits == {1: b"INIT", 2: b"OTHER"}


def test_an_ended_recording_is_a_replay(tmp_path: Path) -> None:
    recording = record(tmp_path, segments=2, torn_parts=2)
    recording.end()
    recording.end()
    recording.close()
    replay = Recording.load(tmp_path)
    assert replay.timeline.is_ended
    assert facts(replay.timeline) == facts(recording.timeline)


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0), st.binary(max_size=30))
def test_a_journal_torn_anywhere_gives_back_its_whole_lines(tmp_path_factory, cut: int, garbage: bytes) -> None:
    folder = tmp_path_factory.mktemp("torn")
    record(folder, segments=3, torn_parts=2).close()
    path = folder / "journal.jsonl"
    raw = path.read_bytes()
    kept = raw[: cut % (len(raw) + 1)]
    path.write_bytes(kept + garbage.replace(b"\n", b""))
    whole = kept.count(b"\n")
    entries, length = read_journal(path)
    assert entries == read_journal_of(raw, folder)[:whole]
    if whole == 0:
        with pytest.raises(RecordingUnreadable):
            Recording.load(folder)
        return
    again = Recording.load(folder)
    again.begin_run(b"INIT", session="second")
    again.close()
    assert read_journal(path)[1] == path.stat().st_size
    assert length <= path.stat().st_size


def read_journal_of(raw: bytes, folder: Path) -> list[list[object]]:
    (folder / "whole.jsonl").write_bytes(raw)
    return read_journal(folder / "whole.jsonl")[0]


def test_bytes_that_never_reached_the_disk_become_a_gap(tmp_path: Path) -> None:
    record(tmp_path, segments=3).close()
    os.truncate(run_path(tmp_path, 1), 30)
    assert [each.is_stored for each in Recording.load(tmp_path).timeline.segments] == [True, False, False]


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [["show", 2, 0]],
        [["run", 1, 1, 4, "s"]],
        [["show", 1, 0], ["dance"]],
        [["show", 1, 0], ["open", 0, 4, 0], ["part", 1, 1]],
        [["show", 1, 0], ["run", 1]],
        [["show", 1, 0], ["run", 1, 1, 4, "s"], ["segment", 0, 4, 0, 1000]],
    ],
)
def test_entries_that_make_no_sense_are_refused(entries: list[list[object]]) -> None:
    with pytest.raises(RecordingUnreadable):
        restore_timeline(entries, stored_bytes=lambda _: 0)


def test_a_full_disk_makes_gaps_and_the_show_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recording = record(tmp_path, segments=1)
    real = os.pwrite

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(recording_module.os, "pwrite", full)
    recording.open_segment(1000)
    recording.add_part(Part(250, True, b"lost;"))
    recording.close_segment()
    assert recording.is_failing
    monkeypatch.setattr(recording_module.os, "pwrite", real)
    recording.open_segment(2000)
    recording.add_part(Part(250, True, b"kept;"))
    recording.close_segment()
    assert not recording.is_failing
    again = Recording.load(tmp_path).timeline
    assert [(each.is_stored, each.start_ms) for each in again.segments] == [(True, 0), (False, 1000), (True, 2000)]
    assert run_path(tmp_path, 1).read_bytes().endswith(b"0.3;kept;")


def test_a_show_does_not_begin_on_a_disk_that_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recording = Recording.create(tmp_path, epoch_ms=EPOCH_MS)
    monkeypatch.setattr(recording_module.os, "pwrite", lambda *_: 0)
    with pytest.raises(OSError):
        recording.begin_run(b"INIT", session="first")
    assert recording.timeline.runs == []


def test_a_line_written_in_part_is_written_again_in_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(tmp_path / "journal.jsonl", length=0)
    journal.append("one")
    real = os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda file, raw, at: real(file, raw[:3], at))
    with pytest.raises(OSError):
        journal.append("two")
    monkeypatch.setattr(os, "pwrite", real)
    journal.append("three")
    journal.close()
    assert read_journal(tmp_path / "journal.jsonl")[0] == [["one"], ["three"]]


async def test_the_reader_serves_many_from_one_read(tmp_path: Path) -> None:
    path = tmp_path / "run.mp4"
    path.write_bytes(b"0123456789")
    reader = SegmentReader()
    found = await asyncio.gather(*(reader.read(path, 2, 5) for _ in range(50)))
    assert found == [b"23456"] * 50
    path.unlink()
    assert await reader.read(path, 2, 5) == b"23456"
    with pytest.raises(OSError):
        await reader.read(tmp_path / "absent.mp4", 0, 5)
    with pytest.raises(OSError):
        await reader.read(tmp_path / "journal.jsonl", 0, 5)
    reader.close()


async def test_a_recording_nobody_can_read_is_set_aside_and_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "5").mkdir()
    (tmp_path / "5" / "journal.jsonl").write_text("a letter\n")
    shows = Shows(tmp_path)
    assert await shows.find(5) is None
    show = await shows.open(5)
    assert show.timeline.segments == []
    kept = sorted(tmp_path.glob("5.unreadable-*"))  # noqa: ASYNC240 - the test has nothing else to do
    assert [(path / "journal.jsonl").read_text() for path in kept] == ["a letter\n"]
    shows.close()
