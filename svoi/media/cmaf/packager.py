"""From frames to parts and segments, without clock or disk: frames in, cuts out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from svoi.media.cmaf.fragment import Sample, TrackRun, fragment
from svoi.media.cmaf.init import AUDIO_TRACK, VIDEO_TIMESCALE, VIDEO_TRACK

PART_MS = 250
SEGMENT_MS = 1000

# Key frames of a 30-per-second camera come at 999 or 1001 ms; a segment may be a little short, never a frame long.
_SEGMENT_SLACK_MS = 60
_KEY_PART_MS_MIN = PART_MS // 2
_FRAME_MS_GUESS = 40
_TICKS_PER_MS = VIDEO_TIMESCALE // 1000
_AUDIO_FRAMES_MAX = 500


@dataclass(slots=True, frozen=True)
class Frame:
    """A coded picture at `at_ms` on the show's timeline, shown `cts_ms` later."""

    at_ms: int
    cts_ms: int
    is_key: bool
    payload: bytes


@dataclass(slots=True, frozen=True)
class SegmentOpened:
    """A new segment begins here; the one before is complete."""

    start_ms: int


@dataclass(slots=True, frozen=True)
class PartCut:
    """The next part of the open segment."""

    payload: bytes
    duration_ms: int
    is_independent: bool


Cut = SegmentOpened | PartCut


class Packager:
    """Cuts one run of frames. A frame's length is known when the next one comes, so the newest frame always waits."""

    def __init__(self, *, audio_rate_hz: int, audio_frame_samples: int) -> None:
        self._rate_hz = audio_rate_hz
        self._frame_samples = audio_frame_samples
        self._pending: list[Frame] = []
        self._audio: list[tuple[int, bytes]] = []
        self._segment_at_ms: int | None = None
        self._frame_ms = _FRAME_MS_GUESS
        self._fragments = 0

    def video(self, frame: Frame) -> list[Cut]:
        """Frames come in decode order, each later than the one before; the first one is a key frame."""
        cuts: list[Cut] = []
        if self._pending:
            self._frame_ms = frame.at_ms - self._pending[-1].at_ms
            cuts = self._cuts_before(frame)
        if self._begins_segment(frame):
            self._segment_at_ms = frame.at_ms
            cuts.append(SegmentOpened(frame.at_ms))
        self._pending.append(frame)
        return cuts

    def audio(self, at_samples: int, payload: bytes) -> None:
        """One AAC frame that begins `at_samples` into the show."""
        if len(self._audio) < _AUDIO_FRAMES_MAX:
            self._audio.append((at_samples, payload))

    def finish(self) -> list[Cut]:
        """The run is over: what is pending becomes the last part."""
        if not self._pending:
            return []
        end_ms = self._pending[-1].at_ms + min(self._frame_ms, PART_MS)
        return [self._part(self._pending, end_ms, with_all_audio=True)]

    def _cuts_before(self, frame: Frame) -> list[Cut]:
        pending, length_ms = self._pending, frame.at_ms - self._pending[0].at_ms
        is_full = length_ms + self._frame_ms > PART_MS or (frame.is_key and length_ms >= _KEY_PART_MS_MIN)
        if not is_full and not self._begins_segment(frame):
            return []
        cuts: list[Cut] = []
        if length_ms > PART_MS and len(pending) > 1:
            # The last frame turned out longer than expected: on its own, so that no part exceeds the target.
            cuts.append(self._part(pending[:-1], pending[-1].at_ms))
            pending = pending[-1:]
        cuts.append(self._part(pending, frame.at_ms))
        self._pending = []
        return cuts

    def _begins_segment(self, frame: Frame) -> bool:
        if self._segment_at_ms is None:
            return True
        return frame.is_key and frame.at_ms - self._segment_at_ms >= SEGMENT_MS - _SEGMENT_SLACK_MS

    def _part(self, frames: list[Frame], end_ms: int, *, with_all_audio: bool = False) -> PartCut:
        self._fragments += 1
        ends_ms = [frame.at_ms for frame in frames[1:]] + [end_ms]
        samples = [
            Sample((until - frame.at_ms) * _TICKS_PER_MS, frame.is_key, frame.cts_ms * _TICKS_PER_MS, frame.payload)
            for frame, until in zip(frames, ends_ms, strict=True)
        ]
        runs = [TrackRun(VIDEO_TRACK, frames[0].at_ms * _TICKS_PER_MS, samples)]
        runs += self._audio_run(None if with_all_audio else end_ms * self._rate_hz // 1000)
        payload = fragment(self._fragments, runs)
        return PartCut(payload, end_ms - frames[0].at_ms, frames[0].is_key)

    def _audio_run(self, until_samples: int | None) -> list[TrackRun]:
        """Sound up to the end of the part; the rest belongs to the next one, which may be another segment."""
        ready = [frame for frame in self._audio if until_samples is None or frame[0] < until_samples]
        self._audio = self._audio[len(ready) :]
        if not ready:
            return []
        lengths = [later[0] - earlier[0] for earlier, later in pairwise(ready)] + [self._frame_samples]
        samples = [
            Sample(length, is_sync=True, offset=0, payload=payload)
            for length, (_, payload) in zip(lengths, ready, strict=True)
        ]
        return [TrackRun(AUDIO_TRACK, ready[0][0], samples)]
