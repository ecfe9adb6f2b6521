"""Which segments of a recording a clip is cut from. Nothing is decoded, so a clip begins with a key frame."""

from __future__ import annotations

from itertools import pairwise
from typing import ClassVar

from svoi.media.hls.timeline import Segment, Timeline
from svoi.media.refusals import KEY_INTERVAL_MS_MAX
from svoi.replays.rules.clips import CLIP_S_MAX

SLACK_MS = 100  # between two segments, and at the end of the stretch


class ClipRefused(Exception):
    """The recording does not give this clip, however often it is asked."""

    code: ClassVar[str] = "clip_refused"


class LengthUnfit(ClipRefused):
    """Shorter than nothing, or longer than a clip may be."""

    code: ClassVar[str] = "clip_length_unfit"


class NotOnAir(ClipRefused):
    """There are no pictures on record for the whole of the stretch."""

    code: ClassVar[str] = "clip_not_on_air"


class BrokenOff(ClipRefused):
    """The publisher came back within the stretch: two streams do not make one file."""

    code: ClassVar[str] = "clip_broken_off"


class TooMany(ClipRefused):
    """The show has given as many clips as it may."""

    code: ClassVar[str] = "clip_too_many"


def segments_of(timeline: Timeline, begin_ms: int, end_ms: int) -> list[Segment]:
    """The segments from the first key frame at or after `begin_ms` up to `end_ms` (Unix milliseconds).

    A clip never holds what was before its beginning; it may begin later, by no more than one key-frame interval.
    Raises `LengthUnfit`, `NotOnAir`, `BrokenOff`.
    """
    if not 0 < end_ms - begin_ms <= CLIP_S_MAX * 1000:
        raise LengthUnfit
    begin_ms, end_ms = begin_ms - timeline.epoch_ms, end_ms - timeline.epoch_ms
    touched = [one for one in timeline.segments if one.wall_ms < end_ms and _wall_end_ms(one) > begin_ms]
    if len({one.run.number for one in touched}) > 1:
        raise BrokenOff
    chosen = [one for one in touched if one.wall_ms >= begin_ms]
    if not chosen or not all(one.is_stored for one in touched):
        raise NotOnAir
    begins_late = chosen[0].wall_ms - begin_ms > KEY_INTERVAL_MS_MAX or touched[0].wall_ms > begin_ms + SLACK_MS
    if begins_late or _wall_end_ms(chosen[-1]) < end_ms - SLACK_MS or _has_hole(touched):
        raise NotOnAir
    return chosen


def _has_hole(segments: list[Segment]) -> bool:
    return any(later.start_ms - earlier.end_ms > SLACK_MS for earlier, later in pairwise(segments))


def _wall_end_ms(segment: Segment) -> int:
    return segment.wall_ms + segment.duration_ms
