"""The first seconds of a publisher, held back until it is sure that the stream is one we can show.

Viewers and the console learn of a stream only when its second key frame has come in time: an encoder left on a
key-frame interval of ten seconds never flickers on air.
"""

from __future__ import annotations

from dataclasses import dataclass

from svoi.media.clock import RunClock, signed_gap_ms
from svoi.media.flv import AudioPacket, VideoPacket
from svoi.media.refusals import (
    AHEAD_MS_MAX,
    KEY_INTERVAL_MS_MAX,
    AudioMissing,
    KeyFramesTooRare,
    RunsAhead,
    StreamBroken,
    VideoMissing,
)
from svoi.media.run import GAP_MS_MAX, KEY_SLACK_MS

WAIT_MS = 5000
BACKLOG_MS_MAX = 3000
STEADY_MS, GAIN_MS = 400, 40
HELD_PACKETS_MAX = 4000


@dataclass(slots=True, frozen=True)
class Held:
    """A packet that waits, and when it came by the monotonic clock."""

    timestamp_ms: int
    packet: VideoPacket | AudioPacket
    came_ms: int


class Probation:
    """Holds packets from the first key frame on. `is_trusted` publishers start at once."""

    def __init__(self, *, now_ms: int, is_trusted: bool = False) -> None:
        self.held: list[Held] = []
        self.dropped = 0
        self._is_trusted = is_trusted
        self._began_ms = now_ms
        self._has_frames = False
        self._key_at_ms = self._frame_at_ms = 0
        self._keys = 0
        self._delay_ms = self._gained_ms = 0

    def video(self, timestamp_ms: int, packet: VideoPacket, *, now_ms: int) -> bool:
        """Hold a frame; whether the stream has now proven itself. Raises KeyFramesTooRare."""
        self._has_frames = True
        if self.held and not 0 <= signed_gap_ms(timestamp_ms, self._frame_at_ms) <= GAP_MS_MAX:
            self._start_over()
        if not self.held and not packet.is_key:
            self.dropped += 1
            return False
        self._frame_at_ms = timestamp_ms
        if self.held and signed_gap_ms(timestamp_ms, self._key_at_ms) > KEY_INTERVAL_MS_MAX + KEY_SLACK_MS:
            raise KeyFramesTooRare
        if packet.is_key:
            self._keys, self._key_at_ms = self._keys + 1, timestamp_ms
        delay_ms = now_ms - timestamp_ms
        if not self.held or delay_ms < self._delay_ms - GAIN_MS:
            self._delay_ms, self._gained_ms = delay_ms, now_ms
        self._hold(Held(timestamp_ms, packet, now_ms))
        return self._keys > (0 if self._is_trusted else 1) and self._is_steady(now_ms)

    def audio(self, timestamp_ms: int, packet: AudioPacket, *, now_ms: int) -> None:
        if self.held:
            self._hold(Held(timestamp_ms, packet, now_ms))

    def tick(self, *, now_ms: int, has_audio_config: bool) -> None:
        """Raises what is missing when the waiting time is over."""
        if now_ms - self._began_ms <= WAIT_MS:
            return
        if not self._has_frames:
            raise VideoMissing
        if not has_audio_config:
            raise AudioMissing
        if not self.held:
            raise KeyFramesTooRare

    def clock(self, *, now_ms: int, wall_ms: int) -> RunClock:
        """Where the first held frame lies on the timeline: by the frame that came with the least delay."""
        first_ms = self.held[0].timestamp_ms
        frames = [held for held in self.held if isinstance(held.packet, VideoPacket)]
        arrived_ms = min(held.came_ms - signed_gap_ms(held.timestamp_ms, first_ms) for held in frames)
        return RunClock(first_ms, wall_ms - (now_ms - arrived_ms), arrived_ms)

    def _is_steady(self, now_ms: int) -> bool:
        """A backlog is sent faster than it was filmed; the clock is set when an encoder has caught up."""
        if self._is_trusted or now_ms - self.held[0].came_ms > BACKLOG_MS_MAX:
            return True
        return now_ms - self._gained_ms >= STEADY_MS

    def _hold(self, held: Held) -> None:
        if self.held:
            first = self.held[0]
            ahead_ms = signed_gap_ms(held.timestamp_ms, first.timestamp_ms) - (held.came_ms - first.came_ms)
            if ahead_ms > AHEAD_MS_MAX:
                raise RunsAhead(ahead_ms=ahead_ms)
        if len(self.held) >= HELD_PACKETS_MAX:
            raise StreamBroken(what="too many packets")
        self.held.append(held)

    def _start_over(self) -> None:
        self.dropped += len(self.held)
        self.held.clear()
        self._keys = 0
