"""FLV tag bodies as RTMP carries them, legacy and enhanced (Veovera, "Enhancing RTMP, FLV", v2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from svoi.media.refusals import AudioCodecRefused, VideoCodecRefused

_LEGACY_AVC = 7
_LEGACY_AAC = 10
_LEGACY_EX_AUDIO = 9
_KEY_FRAME = 1
_COMMAND_FRAME = 5


class Kind(Enum):
    """What a packet carries."""

    CONFIG = "config"
    FRAME = "frame"
    OTHER = "other"


@dataclass(slots=True, frozen=True)
class VideoPacket:
    """One H.264 packet; `cts_ms` is how much later than its timestamp the frame is shown."""

    kind: Kind
    payload: bytes = b""
    is_key: bool = False
    cts_ms: int = 0


@dataclass(slots=True, frozen=True)
class AudioPacket:
    """One AAC packet."""

    kind: Kind
    payload: bytes = b""


def parse_video(body: bytes) -> VideoPacket:
    """What is in a video message. Raises VideoCodecRefused."""
    if len(body) < 5:
        return VideoPacket(Kind.OTHER)
    if body[0] & 0x80:
        return _enhanced_video(body)
    frame_type, codec = body[0] >> 4, body[0] & 15
    if frame_type == _COMMAND_FRAME:
        return VideoPacket(Kind.OTHER)
    if codec != _LEGACY_AVC:
        raise VideoCodecRefused(codec=str(codec))
    return _video(body[1], body[5:], is_key=frame_type == _KEY_FRAME, cts=body[2:5])


def parse_audio(body: bytes) -> AudioPacket:
    """What is in an audio message. Raises AudioCodecRefused."""
    if len(body) < 2:
        return AudioPacket(Kind.OTHER)
    codec, packet_type, payload = body[0] >> 4, body[1], body[2:]
    if codec == _LEGACY_EX_AUDIO:
        fourcc, packet_type, payload = body[1:5], body[0] & 15, body[5:]
        if fourcc != b"mp4a":
            raise AudioCodecRefused(codec=fourcc.decode("latin-1"))
    elif codec != _LEGACY_AAC:
        raise AudioCodecRefused(codec=str(codec))
    if packet_type == 0:
        return AudioPacket(Kind.CONFIG, payload)
    return AudioPacket(Kind.FRAME, payload) if packet_type == 1 and payload else AudioPacket(Kind.OTHER)


def avc_config(record: bytes) -> bytes:
    """The body that carries an AVCDecoderConfigurationRecord; these four serve publishers that speak no FLV."""
    return b"\x17\0\0\0\0" + record


def avc_frame(payload: bytes, *, is_key: bool) -> bytes:
    return (b"\x17\1\0\0\0" if is_key else b"\x27\1\0\0\0") + payload


def aac_config(record: bytes) -> bytes:
    return b"\xaf\0" + record


def aac_frame(payload: bytes) -> bytes:
    return b"\xaf\1" + payload


def _enhanced_video(body: bytes) -> VideoPacket:
    frame_type, packet_type, fourcc = (body[0] >> 4) & 7, body[0] & 15, body[1:5]
    if frame_type == _COMMAND_FRAME or packet_type > 3:
        return VideoPacket(Kind.OTHER)
    if fourcc != b"avc1":
        raise VideoCodecRefused(codec=fourcc.decode("latin-1"))
    is_key = frame_type == _KEY_FRAME
    if packet_type == 3:  # a coded frame whose composition offset is zero and left out
        return _video(1, body[5:], is_key=is_key, cts=b"\0\0\0")
    payload = body[8:] if packet_type == 1 else body[5:]
    return _video(packet_type, payload, is_key=is_key, cts=body[5:8] if packet_type == 1 else b"\0\0\0")


def _video(packet_type: int, payload: bytes, *, is_key: bool, cts: bytes) -> VideoPacket:
    if packet_type == 0:
        return VideoPacket(Kind.CONFIG, payload)
    if packet_type != 1 or not payload:
        return VideoPacket(Kind.OTHER)
    return VideoPacket(Kind.FRAME, payload, is_key, int.from_bytes(cts, signed=True))
