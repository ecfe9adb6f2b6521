"""A plain MP4 (ISO 14496-12) around samples that lie in another file: sample tables in front, so that it seeks."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from svoi.media.clips.samples import Placed
from svoi.media.cmaf.boxes import box, full_box, walk
from svoi.media.cmaf.init import VIDEO_TRACK

MOVIE_TIMESCALE = 1000
BRANDS = box(b"ftyp", b"isom", struct.pack(">I", 0x200), b"isomiso2avc1mp41")
_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)

Chunk = list[Placed]


@dataclass(frozen=True, slots=True)
class Track:
    """What the recording's initialisation segment says of a track; the bodies of its boxes."""

    number: int
    timescale: int
    header: bytes
    handler: bytes
    kind: bytes
    kind_header: bytes
    places: bytes
    codec: bytes


def tracks_of(init: bytes) -> dict[int, Track]:
    """By number. Raises ValueError or KeyError when it is no initialisation segment of ours."""
    found = [_track(body) for kind, body in walk(dict(walk(init))[b"moov"]) if kind == b"trak"]
    return {track.number: track for track in found}


def _track(trak: bytes) -> Track:
    boxes = dict(walk(trak))
    media = dict(walk(boxes[b"mdia"]))
    inner = dict(walk(media[b"minf"]))
    kind = b"vmhd" if b"vmhd" in inner else b"smhd"
    (number,) = struct.unpack_from(">I", boxes[b"tkhd"], 12)
    (timescale,) = struct.unpack_from(">I", media[b"mdhd"], 12)
    codec = dict(walk(inner[b"stbl"]))[b"stsd"]
    return Track(number, timescale, boxes[b"tkhd"], media[b"hdlr"], kind, inner[kind], inner[b"dinf"], codec)


def movie_head(tracks: Sequence[tuple[Track, list[Chunk]]], *, origin_ms: float, facts: bytes) -> bytes:
    """Everything before the samples, the head of their box included; they follow chunk by chunk, the tracks in turn.

    `origin_ms` is what becomes the beginning, on the timeline of the samples. `facts` are kept in a box players skip.
    """
    front = BRANDS + box(b"free", facts)
    chunks = sorted((chunk for _, own in tracks for chunk in own), key=lambda chunk: chunk[0].offset)
    payload = sum(sample.size for chunk in chunks for sample in chunk)
    # The tables have the same size whatever stands in them, so they are made twice: to measure, and to fill.
    at = len(front) + len(_moov(tracks, {}, origin_ms)) + 8
    offsets: dict[int, int] = {}
    for chunk in chunks:
        offsets[chunk[0].offset] = at
        at += sum(sample.size for sample in chunk)
    return front + _moov(tracks, offsets, origin_ms) + struct.pack(">I4s", payload + 8, b"mdat")


def _moov(tracks: Sequence[tuple[Track, list[Chunk]]], offsets: dict[int, int], origin_ms: float) -> bytes:
    lengths_ms = [_length_ms(track, chunks, origin_ms) for track, chunks in tracks]
    timing = struct.pack(">IIIIIH10x", 0, 0, MOVIE_TIMESCALE, max(lengths_ms), 0x10000, 0x100)
    header = full_box(b"mvhd", 0, 0, timing, _MATRIX, bytes(24), struct.pack(">I", len(tracks) + 1))
    return box(b"moov", header, *(_trak(track, chunks, offsets, origin_ms) for track, chunks in tracks))


def _trak(track: Track, chunks: list[Chunk], offsets: dict[int, int], origin_ms: float) -> bytes:
    samples = [sample for chunk in chunks for sample in chunk]
    durations = [later.at - sample.at for sample, later in pairwise(samples)] + [samples[-1].duration]
    places = [offsets.get(chunk[0].offset, 0) for chunk in chunks]
    length = struct.pack(">I", _length_ms(track, chunks, origin_ms))
    media = struct.pack(">IIIIHH", 0, 0, track.timescale, sum(durations), 0x55C4, 0)
    tables = box(
        b"stbl",
        box(b"stsd", track.codec),
        full_box(b"stts", 0, 0, _counted(durations, ">II")),
        *_shifts(samples),
        *([_key_frames(samples)] if track.number == VIDEO_TRACK else []),
        full_box(b"stsc", 0, 0, _chunk_sizes(chunks)),
        full_box(b"stsz", 0, 0, struct.pack(f">II{len(samples)}I", 0, len(samples), *(one.size for one in samples))),
        full_box(b"stco", 0, 0, struct.pack(f">I{len(chunks)}I", len(chunks), *places)),
    )
    return box(
        b"trak",
        box(b"tkhd", track.header[:20], length, track.header[24:]),
        box(b"edts", _edit(track, samples[0], origin_ms, _length_ms(track, chunks, origin_ms))),
        box(
            b"mdia",
            full_box(b"mdhd", 0, 0, media),
            box(b"hdlr", track.handler),
            box(b"minf", box(track.kind, track.kind_header), box(b"dinf", track.places), tables),
        ),
    )


def shown_until_ms(track: Track, chunks: list[Chunk]) -> float:
    """When the last of the samples has been shown; with B-frames that is not the one decoded last."""
    return max(one.at + one.shift + one.duration for chunk in chunks for one in chunk) * 1000 / track.timescale


def _length_ms(track: Track, chunks: list[Chunk], origin_ms: float) -> int:
    return round(shown_until_ms(track, chunks) - origin_ms)


def _edit(track: Track, first: Placed, origin_ms: float, length_ms: int) -> bytes:
    """Where in the movie the track begins: what comes late is waited for, what is shown later than decoded is not."""
    late_ms = max(0, round((first.at + first.shift) * 1000 / track.timescale - origin_ms))
    edits = [struct.pack(">IiHH", late_ms, -1, 1, 0)] if late_ms else []
    edits.append(struct.pack(">IiHH", length_ms - late_ms, first.shift, 1, 0))
    return full_box(b"elst", 0, 0, struct.pack(">I", len(edits)), *edits)


def _shifts(samples: list[Placed]) -> list[bytes]:
    shifts = [sample.shift for sample in samples]
    if not any(shifts):
        return []
    return [full_box(b"ctts", 1 if min(shifts) < 0 else 0, 0, _counted(shifts, ">Ii"))]


def _key_frames(samples: list[Placed]) -> bytes:
    keys = [number for number, sample in enumerate(samples, 1) if sample.is_sync]
    return full_box(b"stss", 0, 0, struct.pack(f">I{len(keys)}I", len(keys), *keys))


def _chunk_sizes(chunks: list[Chunk]) -> bytes:
    """Number of the first chunk, samples in each, for every stretch of chunks of one size."""
    entries, number = [], 1
    for size, same in groupby(chunks, key=len):
        entries.append(struct.pack(">III", number, size, 1))
        number += len(list(same))
    return struct.pack(">I", len(entries)) + b"".join(entries)


def _counted(values: list[int], layout: str) -> bytes:
    entries = [struct.pack(layout, len(list(same)), value) for value, same in groupby(values)]
    return struct.pack(">I", len(entries)) + b"".join(entries)
