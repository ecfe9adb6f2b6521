"""Boxes, configurations and fragments, taken apart again by hand."""

from __future__ import annotations

import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.media.cmaf.aac import AudioConfig, parse_aac
from svoi.media.cmaf.avc import VideoConfig, parse_avc
from svoi.media.cmaf.boxes import box, walk
from svoi.media.cmaf.fragment import Sample, TrackRun, fragment
from svoi.media.cmaf.init import init_segment
from svoi.media.flv import Kind, parse_audio, parse_video
from svoi.media.flv_file import Tag, read_flv, write_flv
from svoi.media.refusals import AudioCodecRefused, StreamBroken, StreamRefused, VideoCodecRefused, VideoProfileRefused
from tests.media.pictures import clip


def record_of(size: str, pixels: str = "yuv420p", preset: str = "ultrafast") -> bytes:
    tags = read_flv(clip(seconds=1, size=size, pixels=pixels, preset=preset))
    return next(tag.body[5:] for tag in tags if tag.kind == 9 and tag.is_config)


def inside(data: bytes, *path: bytes) -> bytes:
    for kind in path:
        data = dict(walk(data))[kind]
    return data


@pytest.mark.parametrize(
    ("size", "width", "height"), [("160x284", 160, 284), ("1280x720", 1280, 720), ("1920x1080", 1920, 1080)]
)
def test_the_picture_size_is_read_from_the_parameter_set(size: str, width: int, height: int) -> None:
    record = record_of(size)
    assert parse_avc(record) == VideoConfig(record, f"avc1.{record[1:4].hex()}", width, height)


def test_high_profile_is_read_and_what_browsers_cannot_play_is_refused() -> None:
    high = parse_avc(record_of("720x1280", preset="veryfast"))
    assert (high.codec[:7], high.width, high.height) == ("avc1.64", 720, 1280)
    with pytest.raises(VideoProfileRefused):
        parse_avc(record_of("160x284", pixels="yuv444p"))
    with pytest.raises(VideoProfileRefused):
        parse_avc(record_of("160x284", pixels="yuv420p10le"))


@given(st.binary(max_size=80))
def test_a_nonsense_configuration_is_refused(garbage: bytes) -> None:
    for parse in (parse_avc, parse_aac):
        with contextlib.suppress(StreamRefused):
            assert parse(garbage) is not None


@pytest.mark.parametrize(
    ("record", "config"),
    [
        ("1190", ("mp4a.40.2", 48000, 2, 1024)),
        ("1208", ("mp4a.40.2", 44100, 1, 1024)),
        ("1194", ("mp4a.40.2", 48000, 2, 960)),
        ("2b118800", ("mp4a.40.5", 24000, 2, 1024)),
        ("13b8", ("mp4a.40.2", 22050, 8, 1024)),
    ],
)
def test_the_audio_configuration_is_read(record: str, config: tuple[str, int, int, int]) -> None:
    raw = bytes.fromhex(record)
    assert parse_aac(raw) == AudioConfig(raw, *config)


def test_other_audio_is_refused() -> None:
    with pytest.raises(AudioCodecRefused):
        parse_aac(bytes.fromhex("0990"))
    with pytest.raises(AudioCodecRefused):
        parse_aac(bytes.fromhex("1180"))
    with pytest.raises(StreamBroken):
        parse_aac(b"\x17")


def test_the_initialisation_segment_names_both_tracks() -> None:
    record = record_of("160x284")
    init = init_segment(parse_avc(record), parse_aac(bytes.fromhex("1208")))
    assert [kind for kind, _ in walk(init)] == [b"ftyp", b"moov"]
    movie = list(walk(inside(init, b"moov")))
    assert [kind for kind, _ in movie] == [b"mvhd", b"trak", b"trak", b"mvex"]
    assert len(movie[0][1]) == 100
    tables = [inside(trak, b"mdia", b"minf", b"stbl", b"stsd")[8:] for kind, trak in movie if kind == b"trak"]
    assert [next(walk(table))[0] for table in tables] == [b"avc1", b"mp4a"]
    assert dict(walk(next(walk(tables[0]))[1][78:])) == {b"avcC": record}
    assert struct.unpack_from(">HH", next(walk(tables[0]))[1], 24) == (160, 284)


def test_a_fragment_points_at_its_bytes() -> None:
    video = TrackRun(1, 90_000, [Sample(3600, True, 7200, b"key"), Sample(3600, False, -3600, b"delta")])
    audio = TrackRun(2, 48_000, [Sample(1024, True, 0, b"aac")])
    raw = fragment(3, [video, audio])
    moof, mdat = list(walk(raw))
    assert mdat == (b"mdat", b"keydeltaaac")
    trafs = [traf for kind, traf in walk(moof[1]) if kind == b"traf"]
    runs = [inside(traf, b"trun") for traf in trafs]
    assert struct.unpack(">IIi IIIi IIIi", runs[0]) == (
        0x01000F01, 2, raw.index(b"key"), 3600, 3, 0x02000000, 7200, 3600, 5, 0x01010000, -3600,
    )  # fmt: skip
    assert struct.unpack(">IIi IIIi", runs[1]) == (0x01000F01, 1, raw.index(b"aac"), 1024, 3, 0x02000000, 0)
    assert [struct.unpack(">IQ", inside(traf, b"tfdt")) for traf in trafs] == [(1 << 24, 90_000), (1 << 24, 48_000)]


@pytest.mark.parametrize("bad", [b"\0\0\0\x09free", b"\0\0\0\x04free", b"\0\0"])
def test_boxes_that_do_not_add_up_are_noticed(bad: bytes) -> None:
    with pytest.raises(ValueError):
        list(walk(box(b"skip") + bad))


def test_legacy_and_enhanced_packets_are_the_same() -> None:
    legacy = parse_video(b"\x17\x01\x00\x00\x28frame")
    assert (legacy.kind, legacy.is_key, legacy.cts_ms, legacy.payload) == (Kind.FRAME, True, 40, b"frame")
    assert parse_video(b"\x91avc1\x00\x00\x28frame") == legacy
    assert parse_video(b"\xa3avc1frame") == parse_video(b"\x27\x01\x00\x00\x00frame")
    assert parse_video(b"\x90avc1record") == parse_video(b"\x17\x00\x00\x00\x00record")
    assert parse_video(b"\x27\x01\xff\xff\xd8frame").cts_ms == -40
    assert parse_audio(b"\x90mp4a\x12\x08") == parse_audio(b"\xaf\x00\x12\x08")
    assert parse_audio(b"\x91mp4aaac") == parse_audio(b"\xaf\x01aac")


@pytest.mark.parametrize(
    "body", [b"\x1c\x01\0\0\0x", b"\x1d\x00\0\0\0x", b"\x12\x00\0\0\0x", b"\x90hvc1x", b"\x90av01x", b"\x91vp09xxxx"]
)
def test_other_video_is_refused(body: bytes) -> None:
    with pytest.raises(VideoCodecRefused):
        parse_video(body)


@pytest.mark.parametrize("body", [b"\x2f\xff\xfb", b"\x90Opusx", b"\xb2speex"])
def test_other_sound_is_refused(body: bytes) -> None:
    with pytest.raises(AudioCodecRefused):
        parse_audio(body)


@given(st.binary(max_size=40))
def test_any_packet_is_read_or_refused(body: bytes) -> None:
    for parse in (parse_video, parse_audio):
        with contextlib.suppress(StreamRefused):
            parse(body)


def test_flv_files_are_written_as_they_are_read(tmp_path) -> None:
    tags = [Tag(9, 0, b"\x17\0config"), Tag(8, 0x1000010, b"\xaf\x01sound"), Tag(9, 40, b"\x27\x01frame")]
    write_flv(tmp_path / "clip.flv", tags)
    assert read_flv(tmp_path / "clip.flv") == tags
