"""The AAC configuration (ISO 14496-3, section 1.6.2.1)."""

from __future__ import annotations

from dataclasses import dataclass

from svoi.media.cmaf.bits import BitReader
from svoi.media.refusals import AudioCodecRefused, StreamBroken

CONFIG_BYTES_MAX = 64
RATES_HZ = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)

# AAC LC, and the same with spectral band replication or parametric stereo: what browsers play.
_PLAYABLE = {2, 5, 29}


@dataclass(slots=True, frozen=True)
class AudioConfig:
    """What a decoder must know before the first frame; `record` is the AudioSpecificConfig as it came."""

    record: bytes
    codec: str
    rate_hz: int
    channels: int
    frame_samples: int


def parse_aac(record: bytes) -> AudioConfig:
    """Raises StreamBroken for nonsense and AudioCodecRefused for what browsers do not play."""
    if not 2 <= len(record) <= CONFIG_BYTES_MAX:
        raise StreamBroken(what="audio configuration")
    bits = BitReader(record)
    try:
        kind = _object_type(bits)
        rate_hz = _rate_hz(bits)
        channels = bits.take(4)
        if kind in (5, 29):
            _rate_hz(bits)  # the rate after band replication; the frames are still counted at the core rate
            _object_type(bits)
        is_short = bits.take(1)
    except (ValueError, IndexError):
        raise StreamBroken(what="audio configuration") from None
    if kind not in _PLAYABLE or not 1 <= channels <= 7:
        raise AudioCodecRefused(codec=f"mp4a.40.{kind}", channels=channels)
    return AudioConfig(record, f"mp4a.40.{kind}", rate_hz, 8 if channels == 7 else channels, 960 if is_short else 1024)


def _object_type(bits: BitReader) -> int:
    kind = bits.take(5)
    return 32 + bits.take(6) if kind == 31 else kind


def _rate_hz(bits: BitReader) -> int:
    index = bits.take(4)
    rate_hz = bits.take(24) if index == 15 else RATES_HZ[index]
    if not 7350 <= rate_hz <= 96000:
        raise ValueError("a sampling rate out of range")
    return rate_hz
