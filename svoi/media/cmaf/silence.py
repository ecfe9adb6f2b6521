"""Silent AAC LC frames, for a microphone that falls silent in the middle of a show.

Both tracks travel in one stream, and a player shows only what it has of both: without these frames the picture would
stop as well.
"""

from __future__ import annotations

from svoi.media.cmaf.aac import AudioConfig

_FRAMES = {1: bytes.fromhex("00c800802380"), 2: bytes.fromhex("210049900219002380")}


def silent_frame(audio: AudioConfig) -> bytes | None:
    """One frame of silence, or None for the rarer kinds of AAC."""
    if audio.codec != "mp4a.40.2" or audio.frame_samples != 1024:
        return None
    return _FRAMES.get(audio.channels)
