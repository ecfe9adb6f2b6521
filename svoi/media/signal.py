"""How well a publisher's signal comes in, over the last seconds, and what the host should be warned of."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, dataclass
from typing import Any

WINDOW_S = 4
KEY_INTERVAL_MS_ADVISED = 2500
FPS_LOW = 15
BITRATE_LOW_BPS = 300_000
LAG_MS_MAX = 3000
SILENCE_MS_MAX = 2000


@dataclass(slots=True)
class _Second:
    number: int
    octets: int = 0
    frames: int = 0
    sounds: int = 0


@dataclass(slots=True, frozen=True)
class Reading:
    """One look at the meter."""

    bitrate_bps: int
    fps: float
    key_interval_ms: int
    since_frame_ms: int
    since_sound_ms: int
    lag_ms: int
    dropped: int
    late: int

    def warnings(self) -> list[str]:
        """Codes; the console owns the words."""
        found = {
            "no_signal": self.since_frame_ms > SILENCE_MS_MAX,
            "no_sound": self.since_sound_ms > SILENCE_MS_MAX,
            "low_bitrate": 0 < self.bitrate_bps < BITRATE_LOW_BPS,
            "low_fps": 0 < self.fps < FPS_LOW,
            "long_key_interval": self.key_interval_ms > KEY_INTERVAL_MS_ADVISED,
            "lagging": self.lag_ms > LAG_MS_MAX,
        }
        return [code for code, holds in found.items() if holds]

    def facts(self) -> dict[str, Any]:
        return asdict(self)


class SignalMeter:
    """Counts by whole seconds of the monotonic clock; a few integers, whatever arrives."""

    def __init__(self, *, now_ms: int) -> None:
        self._seconds: deque[_Second] = deque(maxlen=WINDOW_S + 1)
        self._began_ms = now_ms
        self._frame_ms = self._sound_ms = now_ms
        self._key_at_ms: int | None = None
        self._ahead_ms_best: int | None = None
        self.key_interval_ms = 0
        self.lag_ms = 0
        self.dropped = 0
        self.late = 0

    def took(self, octets: int, *, now_ms: int) -> int:
        """Count bytes; the sum over the window and the running second."""
        self._second(now_ms).octets += octets
        return sum(second.octets for second in self._seconds)

    def frame(self, at_ms: int, *, is_key: bool, now_ms: int) -> None:
        self._second(now_ms).frames += 1
        self._frame_ms = now_ms
        if is_key:
            if self._key_at_ms is not None:
                self.key_interval_ms = at_ms - self._key_at_ms
            self._key_at_ms = at_ms

    def sound(self, *, now_ms: int) -> None:
        self._second(now_ms).sounds += 1
        self._sound_ms = now_ms

    def ahead(self, ahead_ms: int) -> None:
        """The lag is counted from the best moment of the run, because the first frame itself came with a delay."""
        self._ahead_ms_best = max(ahead_ms, self._ahead_ms_best if self._ahead_ms_best is not None else ahead_ms)
        lag_ms = self._ahead_ms_best - ahead_ms
        if lag_ms > LAG_MS_MAX >= self.lag_ms:
            self.late += 1
        self.lag_ms = lag_ms

    def read(self, *, now_ms: int) -> Reading:
        now, began = now_ms // 1000, self._began_ms // 1000
        length_s = max(1, min(WINDOW_S, now - began - 1))
        whole = [second for second in self._seconds if max(began + 1, now - length_s) <= second.number < now]
        return Reading(
            bitrate_bps=sum(second.octets for second in whole) * 8 // length_s,
            fps=round(sum(second.frames for second in whole) / length_s, 1),
            key_interval_ms=self.key_interval_ms,
            since_frame_ms=now_ms - self._frame_ms,
            since_sound_ms=now_ms - self._sound_ms,
            lag_ms=self.lag_ms,
            dropped=self.dropped,
            late=self.late,
        )

    def _second(self, now_ms: int) -> _Second:
        number = now_ms // 1000
        if not self._seconds or self._seconds[-1].number != number:
            self._seconds.append(_Second(number))
        return self._seconds[-1]
