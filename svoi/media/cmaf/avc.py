"""The H.264 configuration: size and profile out of the sequence parameter set (ISO 14496-10, section 7.3.2.1)."""

from __future__ import annotations

from dataclasses import dataclass

from svoi.media.cmaf.bits import BitReader
from svoi.media.refusals import StreamBroken, VideoProfileRefused

CONFIG_BYTES_MAX = 4096

# Profiles whose parameter set carries chroma format, bit depths and scaling lists.
_WITH_CHROMA = {44, 83, 86, 100, 110, 118, 122, 128, 244}
_PLAYABLE = {66, 77, 88, 100}


@dataclass(slots=True, frozen=True)
class VideoConfig:
    """What a decoder must know before the first frame; `record` is the AVCDecoderConfigurationRecord as it came."""

    record: bytes
    codec: str
    width: int
    height: int


def parse_avc(record: bytes) -> VideoConfig:
    """Raises StreamBroken for nonsense and VideoProfileRefused for what browsers do not play."""
    if not 11 <= len(record) <= CONFIG_BYTES_MAX or record[0] != 1 or record[5] & 31 == 0:
        raise StreamBroken(what="video configuration")
    length = int.from_bytes(record[6:8])
    parameters = record[8 : 8 + length]
    if len(parameters) < max(length, 4) or parameters[0] & 31 != 7:
        raise StreamBroken(what="video configuration")
    if record[1] not in _PLAYABLE:
        raise VideoProfileRefused(profile=record[1])
    try:
        width, height = _picture_size(BitReader(_without_guards(parameters[1:])))
    except ValueError:
        raise StreamBroken(what="video configuration") from None
    return VideoConfig(record, f"avc1.{record[1:4].hex()}", width, height)


def _without_guards(data: bytes) -> bytes:
    """Drop the emulation prevention bytes: 00 00 03 stands for 00 00."""
    return data.replace(b"\0\0\3", b"\0\0")


def _picture_size(bits: BitReader) -> tuple[int, int]:
    profile = bits.take(8)
    bits.take(16)  # constraint flags and level
    bits.golomb()  # the set's number
    chroma = _chroma(bits, profile)
    _skip_ordering(bits)
    width = (bits.golomb() + 1) * 16
    map_units = bits.golomb() + 1
    frames_only = bits.take(1)
    if not frames_only:
        bits.take(1)
    bits.take(1)
    height = (2 - frames_only) * map_units * 16
    left, right, top, bottom = [bits.golomb() for _ in range(4)] if bits.take(1) else [0, 0, 0, 0]
    step_x, step_y = (2 if chroma in (1, 2) else 1), (2 if chroma == 1 else 1) * (2 - frames_only)
    width, height = width - step_x * (left + right), height - step_y * (top + bottom)
    if not (16 <= width <= 8192 and 16 <= height <= 8192):
        raise ValueError("a picture of impossible size")
    return width, height


def _chroma(bits: BitReader, profile: int) -> int:
    if profile not in _WITH_CHROMA:
        return 1
    chroma = bits.golomb()
    if chroma == 3:
        bits.take(1)
    luma_depth, chroma_depth = bits.golomb() + 8, bits.golomb() + 8
    if (chroma, luma_depth, chroma_depth) != (1, 8, 8):
        raise VideoProfileRefused(profile=profile, chroma=chroma, depth=luma_depth)
    bits.take(1)
    if bits.take(1):
        for number in range(8):
            if bits.take(1):
                _skip_scaling(bits, 16 if number < 6 else 64)
    return chroma


def _skip_scaling(bits: BitReader, length: int) -> None:
    latest = following = 8
    for _ in range(length):
        if following:
            following = (latest + bits.signed_golomb()) % 256
        latest = following or latest


def _skip_ordering(bits: BitReader) -> None:
    bits.golomb()  # frame number bits
    kind = bits.golomb()
    if kind == 0:
        bits.golomb()
    elif kind == 1:
        bits.take(1)
        bits.skip_golomb(2)
        cycle = bits.golomb()
        if cycle > 255:
            raise ValueError("a cycle too long")
        bits.skip_golomb(cycle)
    bits.golomb()  # reference frames
    bits.take(1)
