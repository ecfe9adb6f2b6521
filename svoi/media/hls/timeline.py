"""A show's timeline: its runs, segments and parts, as values without clock or disk."""

from __future__ import annotations

from dataclasses import dataclass, field

# Segments whose bytes and parts stay in memory; older ones are read from the recording.
RECENT_SEGMENTS = 8


@dataclass(slots=True, frozen=True)
class Run:
    """One stretch with one initialisation segment. `init` is the run that first had the same one."""

    number: int
    init: int
    init_bytes: int
    session: str


@dataclass(slots=True, frozen=True)
class Part:
    """A piece of a segment, short enough to be sent at once."""

    duration_ms: int
    is_independent: bool
    payload: bytes


@dataclass(slots=True)
class Segment:
    """Starts with a key frame, `start_ms` into the show; its bytes lie at `offset` of its run's file.

    By the wall clock it began `lead_ms` earlier than the timeline says.
    """

    number: int
    start_ms: int
    lead_ms: int
    run: Run
    follows_break: bool
    offset: int
    duration_ms: int = 0
    length: int = 0
    parts: list[Part] = field(default_factory=list)
    is_complete: bool = False
    is_stored: bool = True
    payload: bytes | None = None

    @property
    def wall_ms(self) -> int:
        """When it began by the wall clock, counted from the show's epoch."""
        return self.start_ms - self.lead_ms

    @property
    def end_ms(self) -> int:
        return self.start_ms + self.duration_ms

    def add(self, part: Part) -> None:
        self.parts.append(part)
        self.duration_ms += part.duration_ms
        self.length += len(part.payload)


@dataclass
class Timeline:
    """Everything a playlist says. `version` grows with each change, so that a rendered playlist can be kept."""

    epoch_ms: int
    runs: list[Run] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    open: Segment | None = None
    is_ended: bool = False
    version: int = 0
    _breaks: bool = False

    @property
    def end_ms(self) -> int:
        latest = self.open or (self.segments[-1] if self.segments else None)
        return latest.end_ms if latest else 0

    def begin_run(self, run: Run) -> None:
        self.runs.append(run)
        self._breaks = bool(self.segments)

    def open_segment(self, start_ms: int, *, offset: int, lead_ms: int = 0) -> Segment:
        assert self.open is None
        self.open = Segment(len(self.segments), start_ms, lead_ms, self.runs[-1], self._breaks, offset)
        self._breaks = False
        return self.open

    def add_part(self, part: Part) -> None:
        assert self.open is not None
        self.open.add(part)
        self.version += 1

    def close_segment(self) -> Segment | None:
        """The finished segment, or None when nothing was open or it had no part yet."""
        segment, self.open = self.open, None
        if segment is None or not segment.parts:
            return None
        segment.payload = b"".join(part.payload for part in segment.parts)
        self.restore(segment)
        return segment

    def restore(self, segment: Segment) -> None:
        """Append a segment that is complete."""
        segment.is_complete = True
        self.segments.append(segment)
        if len(self.segments) > RECENT_SEGMENTS:
            forgotten = self.segments[-RECENT_SEGMENTS - 1]
            forgotten.payload, forgotten.parts = None, []
        self.version += 1

    def end(self) -> None:
        self.is_ended = True
        self.version += 1

    def segment(self, number: int) -> Segment | None:
        if 0 <= number < len(self.segments):
            return self.segments[number]
        return self.open if self.open and self.open.number == number else None

    def has(self, number: int, part: int | None) -> bool:
        """Whether the playlist already shows segment `number`, or its part `part`."""
        if number < len(self.segments):
            return True
        return part is not None and self.open is not None and self.open.number == number and len(self.open.parts) > part
