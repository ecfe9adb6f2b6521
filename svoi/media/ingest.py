"""What an admitted publisher sends, turned into runs of a show; the RTMP session's sink."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from svoi.media.clock import RunClock, mono_ms, wall_ms
from svoi.media.cmaf.aac import AudioConfig, parse_aac
from svoi.media.cmaf.avc import VideoConfig, parse_avc
from svoi.media.cmaf.init import init_segment
from svoi.media.flv import Kind, VideoPacket, parse_audio, parse_video
from svoi.media.notices import Notices
from svoi.media.probation import Probation
from svoi.media.refusals import (
    BITRATE_BPS_MAX,
    STREAM_CODES,
    BitrateTooHigh,
    RunsAhead,
    StorageFull,
    StreamBroken,
    StreamRefused,
    VideoMissing,
)
from svoi.media.run import LiveRun, TimeBroken
from svoi.media.show import Show
from svoi.media.signal import WINDOW_S, SignalMeter

RUNS_MAX = 50
RUNS_WITHIN_MS = 10 * 60_000
PICTURE_WAIT_MS = 10_000
_WINDOW_OCTETS_MAX = BITRATE_BPS_MAX // 8 * (WINDOW_S + 1)


class Ingest:
    """One publisher of one show, from admission to departure."""

    def __init__(self, show: Show, session: str, *, dismiss: Callable[[StreamRefused], None], notices: Notices) -> None:
        self.meter = SignalMeter(now_ms=mono_ms())
        self._show = show
        self._session = session
        self._notices = notices
        self._dismiss = dismiss
        self._is_retired = False
        self._video_config: VideoConfig | None = None
        self._audio_config: AudioConfig | None = None
        self._announced: tuple[VideoConfig, AudioConfig] | None = None
        self._probation = Probation(now_ms=mono_ms())
        self._run: LiveRun | None = None
        self._run_starts: deque[int] = deque(maxlen=RUNS_MAX)
        self._encoder = ""

    def video(self, timestamp_ms: int, body: bytes) -> None:
        """Raises StreamRefused."""
        if self._is_retired:
            return
        self._count(body)
        packet = parse_video(body)
        if packet.kind is Kind.CONFIG:
            self._configure(parse_avc(packet.payload), self._audio_config)
        elif packet.kind is Kind.FRAME:
            self._frame(timestamp_ms, packet)

    def audio(self, timestamp_ms: int, body: bytes) -> None:
        """Raises StreamRefused."""
        if self._is_retired:
            return
        self._count(body)
        packet = parse_audio(body)
        if packet.kind is Kind.CONFIG:
            self._configure(self._video_config, parse_aac(packet.payload))
        elif packet.kind is Kind.FRAME and self._run is not None:
            self._run.audio(timestamp_ms, packet, now_ms=mono_ms())
        elif packet.kind is Kind.FRAME:
            self._probation.audio(timestamp_ms, packet, now_ms=mono_ms())

    def metadata(self, values: list[Any]) -> None:
        told = next((value for value in values if isinstance(value, dict)), {})
        self._encoder = str(told.get("encoder", ""))[:80]

    def tick(self) -> None:
        """Raises StreamRefused for what has been missing too long."""
        if self._run is None:
            self._probation.tick(now_ms=mono_ms(), has_audio_config=self._audio_config is not None)
        elif self.meter.read(now_ms=mono_ms()).since_frame_ms > PICTURE_WAIT_MS:
            raise VideoMissing

    def dismiss(self, refusal: StreamRefused) -> None:
        """From this moment the show takes nothing more from here, though the connection lives on for a moment."""
        self._stop_run()
        self._is_retired = True
        self._dismiss(refusal)

    def close(self, reason: str) -> None:
        self._stop_run()
        self._show.leave(self)
        self._show.refused_code = reason if reason in STREAM_CODES else ""
        self._notices.left(self._show.show_id, self._session, reason=reason, at_ms=wall_ms())

    def signal(self) -> dict[str, Any]:
        reading = self.meter.read(now_ms=mono_ms())
        return {
            **reading.facts(),
            "video": _video_facts(self._video_config),
            "audio": _audio_facts(self._audio_config),
            "audio_ok": self._audio_config is not None and "no_sound" not in reading.warnings(),
            "encoder": self._encoder,
            "is_shown": self._run is not None,
            "warnings": reading.warnings(),
        }

    def _frame(self, timestamp_ms: int, packet: VideoPacket) -> None:
        clock = None
        if self._run is not None:
            try:
                self._run.video(timestamp_ms, packet, now_ms=mono_ms())
            except TimeBroken as broken:
                clock = broken.clock
                self._stop_run()
            else:
                return
        if self._video_config is None:
            raise StreamBroken(what="video configuration")
        is_proven = self._probation.video(timestamp_ms, packet, now_ms=mono_ms())
        if is_proven and self._audio_config is not None:
            self._start_run(self._video_config, self._audio_config, clock)

    def _configure(self, video: VideoConfig | None, audio: AudioConfig | None) -> None:
        if (video, audio) != (self._video_config, self._audio_config):
            self._stop_run()
            self._video_config, self._audio_config = video, audio

    def _start_run(self, video: VideoConfig, audio: AudioConfig, clock: RunClock | None) -> None:
        now_ms, timeline, probation = mono_ms(), self._show.timeline, self._probation
        if len(self._run_starts) == RUNS_MAX and now_ms - self._run_starts[0] < RUNS_WITHIN_MS:
            # A clock that comes with the run was moved because the publisher outran the one before.
            raise RunsAhead(ahead_ms=clock.lead_ms) if clock else StreamBroken(what="too many changes")
        self._run_starts.append(now_ms)
        try:
            self._show.recording.begin_run(init_segment(video, audio), session=self._session)
        except OSError as fault:
            raise StorageFull(fault=str(fault)) from fault
        clock = clock or probation.clock(now_ms=now_ms, wall_ms=wall_ms() - timeline.epoch_ms)
        self.meter.dropped += probation.dropped
        self._run = LiveRun(self._show, clock.not_before(timeline.end_ms), audio, self.meter)
        for held in probation.held:
            feed = self._run.video if isinstance(held.packet, VideoPacket) else self._run.audio
            feed(held.timestamp_ms, held.packet, now_ms=held.came_ms)  # type: ignore[arg-type]
        probation.held.clear()
        self._announce(video, audio)

    def _stop_run(self) -> None:
        """Whoever has been shown once starts again at the next key frame, without probation."""
        run, self._run = self._run, None
        if run is not None:
            run.finish()
            self._probation = Probation(now_ms=mono_ms(), is_trusted=True)

    def _announce(self, video: VideoConfig, audio: AudioConfig) -> None:
        if self._announced != (video, audio):
            self._announced = (video, audio)
            self._show.refused_code = ""
            facts = {"video": _video_facts(video), "audio": _audio_facts(audio)}
            self._notices.came(self._show.show_id, self._session, at_ms=wall_ms(), facts=facts)

    def _count(self, body: bytes) -> None:
        if self.meter.took(len(body), now_ms=mono_ms()) > _WINDOW_OCTETS_MAX:
            raise BitrateTooHigh


def _video_facts(video: VideoConfig | None) -> dict[str, Any] | None:
    return {"codec": video.codec, "width": video.width, "height": video.height} if video else None


def _audio_facts(audio: AudioConfig | None) -> dict[str, Any] | None:
    return {"codec": audio.codec, "rate": audio.rate_hz, "channels": audio.channels} if audio else None
