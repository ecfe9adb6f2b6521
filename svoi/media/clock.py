"""Placing a publisher's timestamps on the show's timeline, which is the wall clock of this server."""

from __future__ import annotations

import time
from dataclasses import dataclass

_WRAP = 1 << 32
SOUND_DRIFT_MS_MAX = 60


def wall_ms() -> int:
    return time.time_ns() // 1_000_000


def mono_ms() -> int:
    """Time that no clock correction moves."""
    return time.monotonic_ns() // 1_000_000


def signed_gap_ms(later: int, earlier: int) -> int:
    """The distance of two 32-bit timestamps, which wrap after 49 days."""
    gap = (later - earlier) % _WRAP
    return gap - _WRAP if gap >= _WRAP // 2 else gap


@dataclass(slots=True)
class RunClock:
    """The run's first frame is at `base_ms` of the timeline and came when the monotonic clock said `arrived_ms`.

    `lead_ms` is how far the timeline is ahead of the wall clock, because the run before had to be let out first. It
    stays the same for the whole run: players place segments by the clock, and believe it to the millisecond.
    """

    timestamp_ms: int
    base_ms: int
    arrived_ms: int
    lead_ms: int = 0

    def moved(self, timestamp_ms: int, ahead_ms: int) -> RunClock:
        """The clock of a run that goes on at `timestamp_ms` after this one was found to be `ahead_ms` ahead."""
        base_ms = self.place(timestamp_ms)
        arrived_ms = self.arrived_ms + (base_ms - self.base_ms) - ahead_ms
        return RunClock(timestamp_ms, base_ms, arrived_ms, self.lead_ms + ahead_ms)

    def not_before(self, at_ms: int) -> RunClock:
        """The same clock, its timeline pushed on to `at_ms` where another run still lies."""
        push_ms = max(0, at_ms - self.base_ms)
        return RunClock(self.timestamp_ms, self.base_ms + push_ms, self.arrived_ms, self.lead_ms + push_ms)

    def place(self, timestamp_ms: int) -> int:
        return self.base_ms + signed_gap_ms(timestamp_ms, self.timestamp_ms)

    def ahead_ms(self, at_ms: int, now_ms: int) -> int:
        """How far `at_ms` of the timeline is ahead of real time; negative when the publisher lags."""
        return (at_ms - self.base_ms) - (now_ms - self.arrived_ms)


class SoundClock:
    """Counts AAC frames in samples, so that millisecond timestamps do not make the sound crackle."""

    def __init__(self, *, rate_hz: int, frame_samples: int, begin_ms: int) -> None:
        self._rate_hz = rate_hz
        self._frame_samples = frame_samples
        self._next = begin_ms * rate_hz // 1000
        self._has_begun = False

    def place(self, at_ms: int) -> int | None:
        """The frame's place in samples, or None when it would overlap what was played already."""
        told = at_ms * self._rate_hz // 1000
        if not self._has_begun:
            self._next, self._has_begun = max(told, self._next), True
        drift = told - self._next
        if abs(drift) * 1000 > SOUND_DRIFT_MS_MAX * self._rate_hz:
            if drift < 0:
                return None
            self._next = told
        place = self._next
        self._next += self._frame_samples
        return place

    def fill(self, until_ms: int) -> list[int]:
        """Places for silent frames from where the sound broke off up to `until_ms`."""
        places = list(
            range(self._next, until_ms * self._rate_hz // 1000 - self._frame_samples + 1, self._frame_samples)
        )
        if places:
            self._next, self._has_begun = places[-1] + self._frame_samples, True
        return places

    def behind_ms(self, at_ms: int) -> int:
        """How long there has been no sound at `at_ms`."""
        return at_ms - self._next * 1000 // self._rate_hz
