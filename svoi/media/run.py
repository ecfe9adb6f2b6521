"""One run: frames of one publisher with one configuration, placed in time and cut into parts."""

from __future__ import annotations

from svoi.media.clock import RunClock, SoundClock
from svoi.media.cmaf.aac import AudioConfig
from svoi.media.cmaf.packager import Frame, Packager
from svoi.media.cmaf.silence import silent_frame
from svoi.media.flv import AudioPacket, VideoPacket
from svoi.media.refusals import AHEAD_MS_MAX, KEY_INTERVAL_MS_MAX, KeyFramesTooRare, RunsAhead
from svoi.media.show import Show
from svoi.media.signal import SignalMeter

GAP_MS_MAX = 2000
STEP_BACK_MS_MAX = 1000
FUTURE_MS_MAX = 500
SILENT_AFTER_MS = 1500
SILENCE_BEHIND_MS = 250
CTS_MS_MAX = 5000

# Encoders count frames, so a four-second interval may come a few frames late; it still rounds to the target.
KEY_SLACK_MS = 100


class TimeBroken(Exception):
    """The timestamps jumped, and a new run begins at the next key frame; or they drifted into the future, and the new
    run begins with this very frame, by the given clock.
    """

    def __init__(self, clock: RunClock | None = None) -> None:
        super().__init__()
        self.clock = clock


class LiveRun:
    """Feeds a show; begins with a key frame."""

    def __init__(self, show: Show, clock: RunClock, audio: AudioConfig, meter: SignalMeter) -> None:
        self._show = show
        self._clock = clock
        self._meter = meter
        self._sound = SoundClock(rate_hz=audio.rate_hz, frame_samples=audio.frame_samples, begin_ms=clock.base_ms)
        self._packager = Packager(audio_rate_hz=audio.rate_hz, audio_frame_samples=audio.frame_samples)
        self._silence = silent_frame(audio)
        self._is_silent = False
        self._at_ms = clock.base_ms - 1
        self._key_at_ms = clock.base_ms
        self._ahead_ms_most = 0

    def video(self, timestamp_ms: int, packet: VideoPacket, *, now_ms: int) -> None:
        """Raises TimeBroken, RunsAhead or KeyFramesTooRare."""
        told_ms = self._in_time(timestamp_ms, now_ms)
        if told_ms < self._at_ms - STEP_BACK_MS_MAX or told_ms > self._at_ms + GAP_MS_MAX:
            raise TimeBroken
        self._ahead_ms_most = max(self._ahead_ms_most, self._clock.ahead_ms(told_ms, now_ms))
        if packet.is_key and self._ahead_ms_most > FUTURE_MS_MAX:
            raise TimeBroken(self._clock.moved(timestamp_ms, self._ahead_ms_most))
        at_ms = max(told_ms, self._at_ms + 1)
        if at_ms - self._key_at_ms > KEY_INTERVAL_MS_MAX + KEY_SLACK_MS:
            raise KeyFramesTooRare(interval_ms=at_ms - self._key_at_ms)
        self._at_ms = at_ms
        if packet.is_key:
            self._key_at_ms = at_ms
        self._meter.frame(at_ms, is_key=packet.is_key, now_ms=now_ms)
        self._fill_silence(at_ms)
        cts_ms = max(-CTS_MS_MAX, min(CTS_MS_MAX, packet.cts_ms))
        cuts = self._packager.video(Frame(at_ms, cts_ms, packet.is_key, packet.payload))
        self._show.apply(cuts, lead_ms=self._clock.lead_ms)

    def audio(self, timestamp_ms: int, packet: AudioPacket, *, now_ms: int) -> None:
        """Raises RunsAhead. Sound from before the first picture is left out."""
        at_ms = self._in_time(timestamp_ms, now_ms)
        self._meter.sound(now_ms=now_ms)
        self._is_silent = False
        place = self._sound.place(at_ms) if at_ms >= self._clock.base_ms else None
        if place is None:
            self._meter.dropped += 1
        else:
            self._packager.audio(place, packet.payload)

    def finish(self) -> None:
        self._show.apply(self._packager.finish())
        self._show.close_segment()

    def _fill_silence(self, at_ms: int) -> None:
        """Sound that comes back still finds its place: the silence stays a little behind the picture."""
        self._is_silent = self._is_silent or self._sound.behind_ms(at_ms) > SILENT_AFTER_MS
        if self._is_silent and self._silence is not None:
            for place in self._sound.fill(at_ms - SILENCE_BEHIND_MS):
                self._packager.audio(place, self._silence)

    def _in_time(self, timestamp_ms: int, now_ms: int) -> int:
        at_ms = self._clock.place(timestamp_ms)
        ahead_ms = self._clock.ahead_ms(at_ms, now_ms)
        self._meter.ahead(ahead_ms)
        if ahead_ms > AHEAD_MS_MAX:
            raise RunsAhead(ahead_ms=ahead_ms)
        return at_ms
