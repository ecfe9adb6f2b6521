"""A movie fragment: one part of a segment, both tracks (ISO 14496-12, section 8.8)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from svoi.media.cmaf.boxes import box, full_box

SYNC_SAMPLE = 0x02000000
DEPENDENT_SAMPLE = 0x01010000

_BASE_IS_MOOF = 0x020000
_RUN_FIELDS = 0x000F01  # data offset; duration, size, flags and composition offset of each sample


@dataclass(slots=True)
class Sample:
    """One coded frame in units of its track's timescale."""

    duration: int
    is_sync: bool
    offset: int
    payload: bytes


@dataclass(slots=True)
class TrackRun:
    """Consecutive samples of one track; `start` is the decode time of the first."""

    track: int
    start: int
    samples: Sequence[Sample]


def fragment(number: int, runs: Sequence[TrackRun]) -> bytes:
    """The boxes moof and mdat; `number` counts fragments from 1."""
    payloads = [b"".join(sample.payload for sample in run.samples) for run in runs]
    head = len(_moof(number, runs, [0] * len(runs))) + 8
    offsets = [head + sum(len(payload) for payload in payloads[:before]) for before in range(len(runs))]
    return _moof(number, runs, offsets) + box(b"mdat", *payloads)


def _moof(number: int, runs: Sequence[TrackRun], offsets: Sequence[int]) -> bytes:
    tracks = [_traf(run, offset) for run, offset in zip(runs, offsets, strict=True)]
    return box(b"moof", full_box(b"mfhd", 0, 0, struct.pack(">I", number)), *tracks)


def _traf(run: TrackRun, offset: int) -> bytes:
    entries = [
        struct.pack(
            ">IIIi",
            sample.duration,
            len(sample.payload),
            SYNC_SAMPLE if sample.is_sync else DEPENDENT_SAMPLE,
            sample.offset,
        )
        for sample in run.samples
    ]
    return box(
        b"traf",
        full_box(b"tfhd", 0, _BASE_IS_MOOF, struct.pack(">I", run.track)),
        full_box(b"tfdt", 1, 0, struct.pack(">Q", run.start)),
        full_box(b"trun", 1, _RUN_FIELDS, struct.pack(">Ii", len(entries), offset), *entries),
    )
