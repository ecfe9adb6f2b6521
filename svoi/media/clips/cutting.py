"""Cutting a clip: finding where its samples lie, and copying them behind new tables. For a thread, it blocks."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import takewhile
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from svoi.media.clips.movie import BRANDS, Chunk, Track, movie_head, shown_until_ms, tracks_of
from svoi.media.clips.samples import FragmentUnreadable, Placed, samples_in
from svoi.media.clips.stretch import NotOnAir, TooMany
from svoi.media.cmaf.init import AUDIO_TRACK, VIDEO_TRACK
from svoi.media.hls.timeline import Segment
from svoi.replays.rules.clips import CLIPS_OF_SHOW_MAX

COPY_BYTES = 1 << 20
FACTS_BYTES_MAX = 1 << 10


@dataclass(frozen=True, slots=True)
class Cut:
    """What a clip holds, in Unix milliseconds, and its size."""

    begin_ms: int
    end_ms: int
    size_bytes: int


def clip_path(folder: Path, reference: UUID) -> Path:
    """Where a show's clip lies; `folder` is that of its recording."""
    return folder / "clips" / f"{reference}.mp4"


def made_before(folder: Path, reference: UUID) -> Cut | None:
    """The clip if it is there: a file under its name is always whole."""
    path = clip_path(folder, reference)
    with suppress(FileNotFoundError), path.open("rb") as file:
        told = file.read(len(BRANDS) + FACTS_BYTES_MAX)[len(BRANDS) :]
        length = int.from_bytes(told[:4], "big")
        facts = json.loads(told[8:length])
        return Cut(facts["begin_ms"], facts["end_ms"], path.stat().st_size)
    return None


def cut_clip(
    folder: Path, reference: UUID, *, run_file: Path, init: bytes, segments: list[Segment], epoch_ms: int, end_ms: int
) -> Cut:
    """Write a clip under a name nobody reads, then rename it. Raises `TooMany`, `NotOnAir` or OSError."""
    if (known := made_before(folder, reference)) is not None:
        return known
    path = clip_path(folder, reference)
    path.parent.mkdir(exist_ok=True)
    if len(list(path.parent.glob("*.mp4"))) >= CLIPS_OF_SHOW_MAX:
        raise TooMany
    first = segments[0]
    until_ms = end_ms - epoch_ms + first.lead_ms  # the end on the timeline of the samples
    with run_file.open("rb") as source:
        try:
            tracks, origin_ms = _tracks(init, _runs(source.fileno(), segments), until_ms=until_ms)
        except (FragmentUnreadable, ValueError, KeyError) as fault:
            raise NotOnAir(str(fault)) from fault
        began_ms = epoch_ms + first.wall_ms
        held = Cut(began_ms, began_ms + round(shown_until_ms(*tracks[0]) - origin_ms), 0)
        head = movie_head(tracks, origin_ms=origin_ms, facts=json.dumps(asdict(held)).encode())
        size_bytes = _write(path, head, source.fileno(), tracks)
    return Cut(held.begin_ms, held.end_ms, size_bytes)


def _runs(source: int, segments: list[Segment]) -> list[list[Placed]]:
    runs: list[list[Placed]] = []
    for segment in segments:
        payload = os.pread(source, segment.length, segment.offset)
        if len(payload) != segment.length:
            raise NotOnAir
        runs += samples_in(payload, base=segment.offset)
    return runs


def _tracks(init: bytes, runs: list[list[Placed]], *, until_ms: int) -> tuple[list[tuple[Track, list[Chunk]]], float]:
    """The pictures shown before `until_ms` and the sound beside them, and where on their timeline the movie begins."""
    told = tracks_of(init)
    video, audio = told[VIDEO_TRACK], told[AUDIO_TRACK]
    pictures = _shown_before(_of(runs, video, lambda _: True), until_ms * video.timescale / 1000)
    if not pictures:
        raise NotOnAir
    first = pictures[0][0]
    origin_ms = (first.at + first.shift) * 1000 / video.timescale
    begins, ends = (ms * audio.timescale / 1000 for ms in (origin_ms, shown_until_ms(video, pictures)))
    sound = _of(runs, audio, lambda one: begins <= one.at < ends)
    return [(video, pictures), *([(audio, sound)] if sound else [])], origin_ms


def _shown_before(chunks: list[Chunk], until: float) -> list[Chunk]:
    """Up to the first picture that is shown too late. Pictures stand in the order of decoding, and none of them needs
    a later one, so what is left decodes whole; and every picture shown before one of them stands before it, too."""
    delay = chunks[0][0].shift if chunks else 0
    kept: list[Chunk] = []
    for chunk in chunks:
        early = list(takewhile(lambda one: one.at + one.shift - delay < until, chunk))
        kept += [early] if early else []
        if len(early) < len(chunk):
            break
    return kept


def _of(runs: list[list[Placed]], track: Track, is_wanted: Callable[[Placed], bool]) -> list[Chunk]:
    chunks = [[one for one in run if one.track == track.number and is_wanted(one)] for run in runs]
    return [chunk for chunk in chunks if chunk]


def _write(path: Path, head: bytes, source: int, tracks: list[tuple[Track, list[Chunk]]]) -> int:
    """The size of the file. What a crash left under the other name is written over."""
    unready = path.with_name(f".{path.stem}.part")
    chunks = sorted((chunk for _, own in tracks for chunk in own), key=lambda chunk: chunk[0].offset)
    with unready.open("wb") as file:
        file.write(head)
        for chunk in chunks:
            _copy(source, file, chunk[0].offset, sum(sample.size for sample in chunk))
        file.flush()
        os.fsync(file.fileno())
        size = file.tell()
    unready.rename(path)
    return size


def _copy(source: int, target: BinaryIO, offset: int, length: int) -> None:
    while length:
        piece = os.pread(source, min(length, COPY_BYTES), offset)
        if not piece:
            raise OSError("the recording ends before its journal says so")
        target.write(piece)
        offset, length = offset + len(piece), length - len(piece)
