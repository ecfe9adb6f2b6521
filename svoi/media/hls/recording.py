"""A show's recording: one playable MP4 file a run and the journal; what viewers have seen is on disk.

Bytes are handed to the operating system part by part, so SIGKILL loses no part that was shown. `fdatasync` runs every
`SYNC_EVERY_S` in a thread: that much a power cut may take. When the disk is full the show goes on from memory, and
the segments that could not be written become gaps.
"""

from __future__ import annotations

import os
from collections import deque
from pathlib import Path

from svoi.media.hls.journal import Entry, Journal, read_journal
from svoi.media.hls.restore import FORMAT, restore_timeline
from svoi.media.hls.timeline import Part, Run, Segment, Timeline

SYNC_EVERY_S = 5.0
BACKLOG_ENTRIES_MAX = 10_000
_JOURNAL = "journal.jsonl"


def run_path(folder: Path, number: int) -> Path:
    return folder / f"run-{number:04d}.mp4"


def has_recording(folder: Path) -> bool:
    return (folder / _JOURNAL).exists()


class Recording:
    """Drives the timeline and keeps the disk in step with it."""

    def __init__(self, folder: Path, timeline: Timeline, journal: Journal | None) -> None:
        self.folder = folder
        self.timeline = timeline
        self.inits: dict[int, bytes] = {}
        self._disk_refuses = False
        self._journal = journal
        self._backlog: deque[Entry] = deque(maxlen=BACKLOG_ENTRIES_MAX)
        self._file = -1
        self._offset = 0

    @property
    def is_failing(self) -> bool:
        return self._disk_refuses or bool(self._backlog)

    @classmethod
    def create(cls, folder: Path, *, epoch_ms: int) -> Recording:
        """Raises OSError when nothing can be written there."""
        folder.mkdir(parents=True, exist_ok=True)
        journal = Journal(folder / _JOURNAL, length=0)
        journal.append("show", FORMAT, epoch_ms)
        return cls(folder, Timeline(epoch_ms), journal)

    @classmethod
    def load(cls, folder: Path) -> Recording:
        """What a restart or a replay needs. Raises RecordingUnreadable or OSError."""
        entries, length = read_journal(folder / _JOURNAL)
        timeline, torn = restore_timeline(entries, stored_bytes=lambda run: _size(run_path(folder, run)))
        journal = None if timeline.is_ended else Journal(folder / _JOURNAL, length=length)
        recording = cls(folder, timeline, journal)
        for run in timeline.runs:
            if run.number == run.init:
                recording.inits[run.number] = _head(run_path(folder, run.number), run.init_bytes)
        if torn is not None:
            recording._write(_segment_entry(torn))
        return recording

    def begin_run(self, init: bytes, *, session: str) -> Run:
        """Raises OSError when the run's file cannot be made: a show does not start on a full disk."""
        number = len(self.timeline.runs) + 1
        same = next((earlier for earlier, known in self.inits.items() if known == init), number)
        self._close_file()
        self._file = os.open(run_path(self.folder, number), os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o640)
        if os.pwrite(self._file, init, 0) != len(init):
            raise OSError("the initialisation segment was written in part only")
        self._offset = len(init)
        run = Run(number, same, len(init), session)
        self.inits.setdefault(same, init)
        self.timeline.begin_run(run)
        self._write(["run", number, same, len(init), session])
        return run

    def open_segment(self, start_ms: int, *, lead_ms: int = 0) -> None:
        self.close_segment()
        segment = self.timeline.open_segment(start_ms, offset=self._offset, lead_ms=lead_ms)
        self._write(["open", start_ms, segment.lead_ms, segment.offset, int(segment.follows_break)])

    def add_part(self, part: Part) -> None:
        segment = self.timeline.open
        assert segment is not None
        if segment.is_stored:
            segment.is_stored = self._store(part.payload, segment.offset + segment.length)
        self.timeline.add_part(part)
        if segment.is_stored and not self._backlog:
            self._write(["part", part.duration_ms, len(part.payload)])

    def close_segment(self) -> None:
        segment = self.timeline.close_segment()
        if segment is None:
            return
        if segment.is_stored:
            self._offset = segment.offset + segment.length
        self._write(_segment_entry(segment))

    def end(self) -> None:
        """The show is over: no run can follow."""
        if self.timeline.is_ended:
            return
        self.close_segment()
        self.timeline.end()
        self._write(["end"])

    def duplicates(self) -> list[int]:
        """Descriptors for a thread to sync and close: the pictures first, then the journal that speaks of them."""
        files = [os.dup(self._file)] if self._file >= 0 else []
        return [*files, self._journal.duplicate()] if self._journal else files

    def close(self) -> None:
        self._close_file()
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def _store(self, payload: bytes, offset: int) -> bool:
        try:
            written = os.pwrite(self._file, payload, offset)
        except OSError:
            written = 0
        self._disk_refuses = written != len(payload)
        return not self._disk_refuses

    def _write(self, entry: Entry) -> None:
        """Entries that a full disk did not take wait in order, so that segment numbers stay what viewers saw."""
        self._backlog.append(entry)
        try:
            while self._backlog and self._journal is not None:
                self._journal.append(*self._backlog[0])
                self._backlog.popleft()
        except OSError:
            self._disk_refuses = True

    def _close_file(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def sync_and_close(files: list[int]) -> None:
    """For a thread: `duplicates()` to the disk."""
    for file in files:
        try:
            os.fdatasync(file)
        finally:
            os.close(file)


def _segment_entry(segment: Segment) -> Entry:
    return [
        "segment", segment.start_ms, segment.lead_ms, segment.offset, int(segment.follows_break),
        segment.duration_ms, segment.length, int(segment.is_stored),
    ]  # fmt: skip


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _head(path: Path, length: int) -> bytes:
    if not path.exists():
        return b""
    with path.open("rb") as file:
        return file.read(length)
