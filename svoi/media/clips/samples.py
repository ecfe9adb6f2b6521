"""Reading back the fragments we wrote (`svoi.media.cmaf.fragment`): which sample lies where, and when it is due."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from svoi.media.cmaf.boxes import walk
from svoi.media.cmaf.fragment import SYNC_SAMPLE


class FragmentUnreadable(ValueError):
    """The bytes are not what this process writes."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A coded sample in a file: `at` and `duration` in its track's timescale, shown `shift` after `at`."""

    track: int
    at: int
    duration: int
    shift: int
    is_sync: bool
    offset: int
    size: int


def samples_in(payload: bytes, *, base: int) -> Iterator[list[Placed]]:
    """The track runs of all fragments in `payload`, which lies at `base` in its file; each run lies in one piece.

    Raises FragmentUnreadable.
    """
    place, moof_at = base, base
    try:
        for kind, body in walk(payload):
            if kind == b"moof":
                moof_at = place
                for inner, fields in walk(body):
                    if inner == b"traf":
                        yield list(_run(fields, moof_at=moof_at))
            elif kind != b"mdat":
                raise FragmentUnreadable(f"box {kind!r} between fragments")
            place += 8 + len(body)
    except (struct.error, KeyError, ValueError) as fault:
        raise FragmentUnreadable(str(fault)) from fault


def _run(traf: bytes, *, moof_at: int) -> Iterator[Placed]:
    boxes = dict(walk(traf))
    (track,) = struct.unpack_from(">I", boxes[b"tfhd"], 4)
    (at,) = struct.unpack_from(">Q", boxes[b"tfdt"], 4)
    count, offset = struct.unpack_from(">Ii", boxes[b"trun"], 4)
    offset += moof_at
    for number in range(count):
        duration, size, flags, shift = struct.unpack_from(">IIIi", boxes[b"trun"], 12 + 16 * number)
        yield Placed(track, at, duration, shift, flags == SYNC_SAMPLE, offset, size)
        at += duration
        offset += size
