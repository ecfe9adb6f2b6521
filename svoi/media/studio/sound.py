"""The sound of a page: AAC as it comes, Opus by way of a converter, or silence where there is no microphone."""

from __future__ import annotations

from collections.abc import Callable

from svoi.media.cmaf.aac import parse_aac
from svoi.media.cmaf.silence import silent_frame
from svoi.media.flv import aac_config, aac_frame
from svoi.media.refusals import SoundUnconverted, StreamBroken, StreamRefused
from svoi.media.rtmp.session import Sink
from svoi.media.studio.converter import Converter
from svoi.media.studio.framing import Frame, Kind

# AAC LC, 48 kHz, one channel. Silence and converted Opus share it, so a microphone that comes later breaks nothing.
PLAIN_AAC = bytes.fromhex("1188")
# A converter starts within half a second; what it brings later than that finds its place taken by silence.
LATE_MS_MAX, FILL_MS_MAX = 500, 1500
_RATE_HZ, _FRAME_SAMPLES = 48_000, 1024


class SoundIntake:
    """Hands on what a page sends as AAC, whatever it sends."""

    def __init__(self, sink: Sink, *, converts: bool, dismiss: Callable[[StreamRefused], None]) -> None:
        self._sink = sink
        self._converts = converts
        self._dismiss = dismiss
        self._kind: Kind | None = None
        self._converter: Converter | None = None
        self._silence = silent_frame(parse_aac(PLAIN_AAC)) or b""
        self._heard_samples = 0

    @property
    def restarts(self) -> int:
        """How often the converter had to be started anew."""
        return self._converter.restarts if self._converter else 0

    def take(self, frame: Frame) -> None:
        """Raises StreamRefused."""
        if frame.kind in (Kind.AAC_CONFIG, Kind.OPUS_CONFIG, Kind.NO_SOUND):
            self._begin(frame)
        elif frame.kind is Kind.AAC and self._kind is Kind.AAC_CONFIG:
            self._sink.audio(frame.timestamp_ms, aac_frame(frame.payload))
        elif frame.kind is Kind.OPUS and self._converter is not None:
            self._converter.feed(frame.timestamp_ms, frame.payload)
        else:
            raise StreamBroken(what="sound without its configuration")

    def picture_at(self, timestamp_ms: int) -> None:
        """Silence keeps up with the picture where there is no microphone, and where its sound is late by too much."""
        if self._kind is Kind.NO_SOUND:
            self._fill(timestamp_ms)
        elif self._converter is not None and timestamp_ms - self._heard_ms > LATE_MS_MAX:
            self._fill(timestamp_ms - LATE_MS_MAX // 2)

    def close(self) -> None:
        if self._converter is not None:
            self._converter.close()
            self._converter = None

    def _begin(self, frame: Frame) -> None:
        self.close()
        self._kind = frame.kind
        self._heard_samples = frame.timestamp_ms * _RATE_HZ // 1000
        if frame.kind is Kind.AAC_CONFIG:
            self._sink.audio(frame.timestamp_ms, aac_config(frame.payload))
            return
        if frame.kind is Kind.OPUS_CONFIG:
            if not self._converts:
                raise SoundUnconverted
            self._converter = Converter(frame.payload, self._converted)
        self._sink.audio(frame.timestamp_ms, aac_config(PLAIN_AAC))

    def _converted(self, timestamp_ms: int, payload: bytes) -> None:
        """From the converter's own task, where nobody would hear a refusal."""
        try:
            self._sink.audio(timestamp_ms, aac_frame(payload))
        except StreamRefused as refusal:
            self._dismiss(refusal)
        self._heard_samples = max(self._heard_samples, timestamp_ms * _RATE_HZ // 1000 + _FRAME_SAMPLES)

    @property
    def _heard_ms(self) -> int:
        return self._heard_samples * 1000 // _RATE_HZ

    def _fill(self, until_ms: int) -> None:
        self._heard_samples = max(self._heard_samples, (until_ms - FILL_MS_MAX) * _RATE_HZ // 1000)
        while self._heard_ms < until_ms:
            self._sink.audio(self._heard_ms, aac_frame(self._silence))
            self._heard_samples += _FRAME_SAMPLES
