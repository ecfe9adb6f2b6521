"""The initialisation segment: an empty movie that names the two tracks."""

from __future__ import annotations

import struct

from svoi.media.cmaf.aac import AudioConfig
from svoi.media.cmaf.avc import VideoConfig
from svoi.media.cmaf.boxes import box, full_box

VIDEO_TRACK, AUDIO_TRACK = 1, 2
VIDEO_TIMESCALE = 90_000

_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_UNDETERMINED = 0x55C4  # the language code "und"


def init_segment(video: VideoConfig, audio: AudioConfig) -> bytes:
    timing = struct.pack(">IIIIIH10x", 0, 0, 1000, 0, 0x10000, 0x100)
    movie = full_box(b"mvhd", 0, 0, timing, _MATRIX, bytes(24), struct.pack(">I", 3))
    defaults = [full_box(b"trex", 0, 0, struct.pack(">5I", track, 1, 0, 0, 0)) for track in (VIDEO_TRACK, AUDIO_TRACK)]
    return box(b"ftyp", b"iso6", struct.pack(">I", 1), b"iso6cmfcmp41") + box(
        b"moov", movie, _video_track(video), _audio_track(audio), box(b"mvex", *defaults)
    )


def _video_track(video: VideoConfig) -> bytes:
    size = struct.pack(">HH", video.width, video.height)
    resolution = struct.pack(">III", 0x480000, 0x480000, 0)
    entry = box(
        b"avc1",
        *(bytes(6), b"\0\1", bytes(16), size, resolution, b"\0\1", bytes(32), struct.pack(">Hh", 24, -1)),
        box(b"avcC", video.record),
    )
    header = _track_header(VIDEO_TRACK, volume=0, width=video.width, height=video.height)
    media = _media(VIDEO_TIMESCALE, b"vide", full_box(b"vmhd", 0, 1, bytes(8)), entry)
    return box(b"trak", header, media)


def _audio_track(audio: AudioConfig) -> bytes:
    layout = struct.pack(">HHHHI", audio.channels, 16, 0, 0, audio.rate_hz << 16 if audio.rate_hz < 0x10000 else 0)
    entry = box(b"mp4a", bytes(6), b"\0\1", bytes(8), layout, full_box(b"esds", 0, 0, _descriptors(audio.record)))
    header = _track_header(AUDIO_TRACK, volume=0x100, width=0, height=0)
    return box(b"trak", header, _media(audio.rate_hz, b"soun", full_box(b"smhd", 0, 0, bytes(4)), entry))


def _descriptors(record: bytes) -> bytes:
    """The chain of elementary stream descriptors (ISO 14496-1, section 7.2.6); all are shorter than 128 bytes."""
    specific = bytes([0x05, len(record)]) + record
    decoder = b"\x40\x15" + bytes(3) + bytes(8) + specific
    stream = b"\0\0\0" + bytes([0x04, len(decoder)]) + decoder + b"\x06\x01\x02"
    return bytes([0x03, len(stream)]) + stream


def _track_header(track: int, *, volume: int, width: int, height: int) -> bytes:
    return full_box(
        b"tkhd",
        0,
        7,
        struct.pack(">IIIII8xHHHH", 0, 0, track, 0, 0, 0, 0, volume, 0),
        _MATRIX,
        struct.pack(">II", width << 16, height << 16),
    )


def _media(timescale: int, kind: bytes, header: bytes, entry: bytes) -> bytes:
    tables = [
        full_box(b"stsd", 0, 0, struct.pack(">I", 1), entry),
        full_box(b"stts", 0, 0, bytes(4)),
        full_box(b"stsc", 0, 0, bytes(4)),
        full_box(b"stsz", 0, 0, bytes(8)),
        full_box(b"stco", 0, 0, bytes(4)),
    ]
    place = box(b"dinf", full_box(b"dref", 0, 0, struct.pack(">I", 1), full_box(b"url ", 0, 1)))
    return box(
        b"mdia",
        full_box(b"mdhd", 0, 0, struct.pack(">IIIIHH", 0, 0, timescale, 0, _UNDETERMINED, 0)),
        full_box(b"hdlr", 0, 0, struct.pack(">I4s12x", 0, kind), b"Svoi\0"),
        box(b"minf", header, place, box(b"stbl", *tables)),
    )
