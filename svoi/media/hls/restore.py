"""From the journal's entries back to the timeline, after a restart or for a replay.

Entries: `show` format, epoch · `run` number, init, bytes of init, session · `open` start, lead, offset, follows a
break · `part` duration, bytes · `segment` start, lead, offset, follows a break, duration, bytes, is stored · `end`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from svoi.media.hls.journal import Entry
from svoi.media.hls.timeline import Run, Segment, Timeline

FORMAT = 1


class RecordingUnreadable(ValueError):
    """The journal does not begin as ours do, or its entries do not fit together."""


def restore_timeline(
    entries: Iterable[Entry], *, stored_bytes: Callable[[int], int]
) -> tuple[Timeline, Segment | None]:
    """The timeline, and the segment a crash tore, closed after its last whole part. Raises RecordingUnreadable.

    `stored_bytes(run)` is the size of a run's file: what never reached the disk becomes a gap in the playlist.
    """
    try:
        replay = _Replay(entries)
        torn = replay.close_torn()
    except (TypeError, ValueError, IndexError, KeyError) as fault:
        raise RecordingUnreadable(str(fault)) from fault
    for segment in replay.timeline.segments:
        end = segment.offset + segment.length
        if end > replay.sizes.setdefault(segment.run.number, stored_bytes(segment.run.number)):
            segment.is_stored = False
    return replay.timeline, torn


class _Replay:
    """Applies entries one by one."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.sizes: dict[int, int] = {}
        self._torn: Segment | None = None
        rest = iter(entries)
        first = next(rest, [])
        if first[:2] != ["show", FORMAT]:
            raise ValueError(f"the journal begins with {first!r}")
        self.timeline = Timeline(int(first[2]))
        apply: dict[str, Callable[..., Any]] = {
            "run": self._run, "open": self._open, "part": self._part, "segment": self._segment, "end": self._end
        }  # fmt: skip
        for name, *fields in rest:
            apply[name](*fields)

    def _run(self, number: int, init: int, init_bytes: int, session: str) -> None:
        self.timeline.begin_run(Run(number, init, init_bytes, session))

    def _open(self, start_ms: int, lead_ms: int, offset: int, follows_break: int) -> None:
        self._torn = self._new(start_ms, lead_ms, offset, follows_break)

    def _part(self, duration_ms: int, length: int) -> None:
        if self._torn is not None:
            self._torn.duration_ms += duration_ms
            self._torn.length += length

    def _segment(self, start_ms: int, lead_ms: int, offset: int, follows_break: int, *rest: int) -> None:
        segment = self._new(start_ms, lead_ms, offset, follows_break)
        segment.duration_ms, segment.length, is_stored = rest
        segment.is_stored = bool(is_stored)
        self.timeline.restore(segment)
        self._torn = None

    def _end(self) -> None:
        self.timeline.end()

    def close_torn(self) -> Segment | None:
        if self._torn is None or not self._torn.length:
            return None
        self.timeline.restore(self._torn)
        return self._torn

    def _new(self, start_ms: int, lead_ms: int, offset: int, follows_break: int) -> Segment:
        timeline = self.timeline
        return Segment(len(timeline.segments), start_ms, lead_ms, timeline.runs[-1], bool(follows_break), offset)
